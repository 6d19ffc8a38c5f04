import { resolversOnlyTranslate } from './resolvers-only-translate.ts'
import { testRule } from './tester.ts'

const resolvers = 'packages/api/src/modules/problem/problem.resolvers.ts'

testRule('resolvers-only-translate', resolversOnlyTranslate, {
  valid: [
    [resolvers, 'context.loaders.problem.load(id)'],
    [resolvers, 'rows.find((row) => row.id === id)'],
    ['packages/api/src/modules/problem/problem.service.ts', 'em.findOne(Problem, id)'],
  ],
  invalid: [
    [resolvers, 'em.find(Problem, {})'],
    [resolvers, 'context.em.findOneOrFail(Problem, id)'],
    [resolvers, 'await context.em.flush()'],
    [resolvers, 'context.em.fork().find(Problem, {})'],
    [resolvers, "import { sql } from '#database/read.ts'"],
    [resolvers, 'read(context, query)'],
  ],
})
