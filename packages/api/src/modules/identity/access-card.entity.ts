import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { managedRow, ownerPolicy } from '#database/policies.ts'
import { Account } from '#modules/identity/account.entity.ts'
import { Organisation } from '#modules/organisation/organisation.entity.ts'

/** A printed card with which a person without a user name comes in, once. */
export const AccessCard = defineEntity({
  name: 'AccessCard',
  tableName: 'access_card',
  rowLevelSecurity: 'force',
  policies: [
    ownerPolicy,
    { name: 'read_managed', command: 'select', using: managedRow },
    { name: 'read_own', command: 'select', using: 'account_id = (select viewer_actor_id())' },
    {
      name: 'insert_managed',
      command: 'insert',
      check: 'viewer_may_issue_card(account_id, organisation_id)',
    },
    { name: 'update_managed', command: 'update', using: managedRow, check: managedRow },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    accountId: () => p.manyToOne(Account).mapToPk().fieldName('account_id').deleteRule('cascade'),
    /** Whose manager issued it. */
    organisationId: () => p.manyToOne(Organisation).mapToPk().fieldName('organisation_id'),
    /** Slow keyed hash of the code; the code itself is only on the card. */
    codeHash: p.blob().unique(),
    issuedOn: p.date().defaultRaw('current_date'),
    /** Last day on which it can be redeemed. */
    expiresOn: p.date(),
    redeemedOn: p.date().nullable(),
    /** Voided by its issuer, or by a newer card. */
    revokedOn: p.date().nullable(),
  },
  indexes: [{ properties: ['organisationId', 'accountId'] }],
})

export type AccessCard = InferEntity<typeof AccessCard>
