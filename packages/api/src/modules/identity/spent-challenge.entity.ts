import { defineEntity, p } from '@mikro-orm/core'
import { ownerPolicy } from '#database/policies.ts'

/** That a challenge was answered, so that nobody answers it again. It tells of no person. */
export const SpentChallenge = defineEntity({
  name: 'SpentChallenge',
  tableName: 'spent_challenge',
  rowLevelSecurity: 'force',
  policies: [ownerPolicy],
  properties: {
    /** SHA-256 of the sealed state that the challenge came with. */
    hash: p.blob().primary(),
    /** The challenge counts for nobody any more from then on. */
    expiresAt: p.datetime().columnType('timestamptz'),
  },
})
