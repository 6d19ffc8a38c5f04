import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { ownerPolicy } from '#database/policies.ts'

/**
 * What is left of a number of attempts, such as of passwords for one user name. Only the functions
 * `take_attempt` and `give_attempt_back` touch it.
 */
export const AttemptBudget = defineEntity({
  name: 'AttemptBudget',
  tableName: 'attempt_budget',
  rowLevelSecurity: 'force',
  policies: [ownerPolicy],
  properties: {
    /** Keyed hash of what is limited: neither a user name nor an address can be read from it. */
    hash: p.blob().primary(),
    /** When the attempts that still count were made, oldest first. */
    takenAt: p.array().columnType('timestamptz[]'),
    /** From then on the row says nothing any more and is removed. */
    expiresAt: p.datetime().columnType('timestamptz').index(),
  },
})

export type AttemptBudget = InferEntity<typeof AttemptBudget>
