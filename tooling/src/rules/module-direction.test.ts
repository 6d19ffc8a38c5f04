import { moduleDirection } from './module-direction.ts'
import { testRule } from './tester.ts'

const problem = (kind: string) => `packages/api/src/modules/problem/problem.${kind}.ts`

testRule('module-direction', moduleDirection, {
  valid: [
    [problem('resolvers'), "import { postProblem } from './problem.service.ts'"],
    [problem('resolvers'), "import { canUpdate } from './problem.policy.ts'"],
    [problem('resolvers'), "import { entryResolvers } from '#modules/entry/entry.resolvers.ts'"],
    [problem('service'), "import { listProblems } from './problem.repository.ts'"],
    [
      problem('service'),
      "import { findOrganisation } from '#modules/organisation/organisation.service.ts'",
    ],
    [
      problem('entity'),
      "import { Organisation } from '#modules/organisation/organisation.entity.ts'",
    ],
    [problem('policy'), "import { canContribute } from '#modules/identity/viewer.ts'"],
    [problem('service'), "import { authorize } from '#modules/identity/authorize.ts'"],
    [
      problem('repository'),
      "import { withNarrower } from '#modules/vocabulary/vocabulary.service.ts'",
    ],
    [problem('policy'), "import type { Problem } from './problem.entity.ts'"],
    [problem('policy'), "import type { Viewer } from '#api/context.ts'"],
    [problem('policy'), "import { canWithdraw } from '#modules/entry/entry.policy.ts'"],
    [problem('policy'), "import { AppError } from '#api/errors.ts'"],
    [problem('test'), "import { rows } from '#modules/solution/solution.repository.ts'"],
    [
      'packages/api/src/schema.ts',
      "import { resolvers } from '#modules/problem/problem.resolvers.ts'",
    ],
  ],
  invalid: [
    [problem('resolvers'), "import { rows } from './problem.repository.ts'"],
    [problem('resolvers'), "import { rows } from '#modules/entry/entry.repository.ts'"],
    [problem('resolvers'), "import { other } from '#modules/solution/solution.resolvers.ts'"],
    [problem('service'), "import { rows } from '#modules/solution/solution.repository.ts'"],
    [problem('service'), "import { rows } from '../solution/solution.repository.ts'"],
    [problem('service'), "import { canUpdate } from '#modules/solution/solution.policy.ts'"],
    [problem('service'), "import { resolvers } from './problem.resolvers.ts'"],
    [problem('repository'), "import { postProblem } from './problem.service.ts'"],
    [problem('service'), "import { demoPassword } from '#modules/identity/demo-accounts.ts'"],
    [problem('entity'), "import { canUpdate } from './problem.policy.ts'"],
    [problem('policy'), "import { Problem } from './problem.entity.ts'"],
    [problem('policy'), "import { read } from '#database/read.ts'"],
    [problem('policy'), "import type { Row } from './problem.repository.ts'"],
    [
      'packages/api/src/lib/cursor.ts',
      "import { Problem } from '#modules/problem/problem.entity.ts'",
    ],
  ],
})
