import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { ownerPolicy } from '#database/policies.ts'
import { Account } from '#modules/identity/account.entity.ts'

const own = 'account_id = (select viewer_actor_id())'

/**
 * The public half of a passkey. Neither the maker nor the model of the authenticator is stored, nor
 * when it was last used.
 */
export const Passkey = defineEntity({
  name: 'Passkey',
  tableName: 'passkey',
  rowLevelSecurity: 'force',
  policies: [ownerPolicy, { name: 'own', using: own, check: own }],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    accountId: () =>
      p.manyToOne(Account).mapToPk().fieldName('account_id').deleteRule('cascade').index(),
    /** Random bytes that the authenticator chose. */
    credentialId: p.blob().unique(),
    /** COSE key. */
    publicKey: p.blob(),
    /** Of the authenticator; 0 for ever where it does not count. Going backwards, it was copied. */
    signCount: p.bigint('number').defaultRaw('0'),
    /** How browsers reach the authenticator, so that they need not ask for what cannot be. */
    transports: p.array().columnType('text[]'),
    /** Whether the passkey can be on several devices of the person. */
    canSync: p.boolean(),
    /** Whether it is, so that a lost device does not lock the person out. */
    isSynced: p.boolean(),
    /** Host for which it was made: it counts nowhere else. */
    relyingPartyId: p.string().columnType('text'),
    /** What the person calls it. */
    name: p.string().columnType('text'),
    createdOn: p.date().defaultRaw('current_date'),
  },
})

export type Passkey = InferEntity<typeof Passkey>
