import { packageDirection } from './package-direction.ts'
import { testRule } from './tester.ts'

const importing = (name: string) => `import '@netzwerkdiakonie/${name}'`

testRule('package-direction', packageDirection, {
  valid: [
    ['packages/api/src/server.ts', importing('schema')],
    ['packages/server/src/main.ts', importing('console')],
    ['packages/api/test/setup.ts', importing('postgres')],
    ['packages/api/src/modules/problem/problem.test.ts', importing('postgres')],
    ['packages/web/src/lib/limits.ts', importing('schema/limits')],
    ['packages/server/src/main.ts', importing('api')],
    ['packages/server/src/main.ts', importing('web/handler')],
    ['packages/schema/src/print.ts', "import 'graphql'"],
    ['e2e/story.test.ts', importing('server')],
  ],
  invalid: [
    ['packages/schema/src/index.ts', importing('api')],
    ['packages/api/src/server.ts', importing('web')],
    ['packages/api/src/server.ts', importing('console')],
    ['packages/api/src/server.ts', importing('postgres')],
    ['packages/api/src/server.ts', importing('server')],
    ['packages/web/src/lib/a.ts', importing('api')],
    ['packages/web/src/lib/a.ts', "import type { A } from '@netzwerkdiakonie/api'"],
    ['packages/web/src/lib/a.ts', "export * from '../../../api/src/errors.ts'"],
    ['packages/web/src/lib/a.ts', "await import('@netzwerkdiakonie/postgres')"],
    ['packages/postgres/src/start.ts', importing('api')],
  ],
})
