import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { ownerPolicy, ownRow } from '#database/policies.ts'
import { Organisation } from '#modules/organisation/organisation.entity.ts'
import { Problem } from '#modules/problem/problem.entity.ts'

/** “Wir auch”: an organisation has the same problem. Others see how many there are, not which. */
export const SameHere = defineEntity({
  name: 'SameHere',
  tableName: 'same_here',
  rowLevelSecurity: 'force',
  policies: [
    ownerPolicy,
    { name: 'read_own', command: 'select', using: ownRow },
    {
      name: 'insert_own',
      command: 'insert',
      check: `${ownRow} and exists (select from problem where problem.id = problem_id)`,
    },
    { name: 'delete_own', command: 'delete', using: ownRow },
  ],
  properties: {
    problemId: () => p.manyToOne(Problem).mapToPk().fieldName('problem_id').primary(),
    organisationId: () =>
      p.manyToOne(Organisation).mapToPk().fieldName('organisation_id').primary(),
  },
})

export type SameHere = InferEntity<typeof SameHere>
