import { defineEntity, p } from '@mikro-orm/core'
import { ownerPolicy } from '#database/policies.ts'

const own = 'actor_id = (select viewer_actor_id())'

/** That a call with this key was carried out, and what it made. */
export const IdempotencyRecord = defineEntity({
  name: 'IdempotencyRecord',
  tableName: 'idempotency_record',
  rowLevelSecurity: 'force',
  policies: [ownerPolicy, { name: 'own', using: own, check: own }],
  properties: {
    /** The account or token that made the call. */
    actorId: p.uuid().primary(),
    /** SHA-256 of the key. */
    key: p.string().columnType('text').primary(),
    /** SHA-256 of operation and input. */
    requestHash: p.blob(),
    /** The object that the call made, under a mask that the key gives. */
    resultId: p.uuid(),
    createdAt: p.datetime().columnType('timestamptz').defaultRaw('now()'),
  },
})
