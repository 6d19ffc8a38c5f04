import { testRule } from './tester.ts'
import { webDirection } from './web-direction.ts'

testRule('web-direction', webDirection, {
  valid: [
    ['packages/web/src/lib/ui/Badge.svelte.ts', "import { getLocale } from '#lib/i18n.ts'"],
    ['packages/web/src/lib/problem/list.ts', "import { Badge } from '#lib/ui/badge.ts'"],
    [
      'packages/web/src/routes/probleme/+page.server.ts',
      "import { title } from '#lib/problem/title.ts'",
    ],
  ],
  invalid: [
    ['packages/web/src/lib/ui/badge.ts', "import { title } from '#lib/problem/title.ts'"],
    ['packages/web/src/lib/ui/badge.ts', "import { title } from '../solution/title.ts'"],
    [
      'packages/web/src/lib/problem/list.ts',
      "import { load } from '../../routes/probleme/load.ts'",
    ],
  ],
})
