import { noVagueFileNames } from './no-vague-file-names.ts'
import { testRule } from './tester.ts'

const code = 'export {}'

testRule('no-vague-file-names', noVagueFileNames, {
  valid: [
    ['packages/api/src/modules/problem/problem.entity.ts', code],
    ['packages/api/src/lib/types.ts', code],
    ['packages/web/src/lib/problem/status.ts', code],
  ],
  invalid: [
    ['packages/api/src/modules/problem/types.ts', code],
    ['packages/api/src/modules/problem/utils/date.ts', code],
    ['packages/api/src/modules/problem/common.ts', code],
    ['packages/web/src/lib/problem/helpers.ts', code],
  ],
})
