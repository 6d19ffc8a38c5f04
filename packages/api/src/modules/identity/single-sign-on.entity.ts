import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { ownerPolicy } from '#database/policies.ts'
import { Account } from '#modules/identity/account.entity.ts'
import type { ClaimMapping } from '#modules/identity/single-sign-on.mapping.ts'
import { Organisation } from '#modules/organisation/organisation.entity.ts'

/** The OpenID provider of an organisation, or of an association for its members. */
export const SingleSignOn = defineEntity({
  name: 'SingleSignOn',
  tableName: 'single_sign_on',
  rowLevelSecurity: 'force',
  policies: [ownerPolicy],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    /** Whose it is: it gives roles there and, if that is an association, at its members. */
    organisationId: () => p.manyToOne(Organisation).mapToPk().fieldName('organisation_id'),
    /** Never changed: people are known by it. */
    issuer: p.string().columnType('text').unique(),
    clientId: p.string().columnType('text'),
    /** Encrypted with a key derived from the secret of the instance. */
    sealedClientSecret: p.string().columnType('text'),
    /** Domains by which people find it. */
    domains: p.array().columnType('text[]'),
    mapping: p.json<ClaimMapping>().columnType('jsonb'),
    isEnabled: p.boolean().default(true),
    createdOn: p.date().defaultRaw('current_date'),
  },
})

export type SingleSignOn = InferEntity<typeof SingleSignOn>

/** Whom a provider means. */
export const FederatedIdentity = defineEntity({
  name: 'FederatedIdentity',
  tableName: 'federated_identity',
  rowLevelSecurity: 'force',
  policies: [
    ownerPolicy,
    { name: 'read_own', command: 'select', using: 'account_id = (select viewer_actor_id())' },
  ],
  properties: {
    singleSignOnId: () =>
      p
        .manyToOne(SingleSignOn)
        .mapToPk()
        .fieldName('single_sign_on_id')
        .deleteRule('cascade')
        .primary(),
    /** What the provider calls the person: unique there, and never given to another. */
    subject: p.string().columnType('text').primary(),
    accountId: () =>
      p.manyToOne(Account).mapToPk().fieldName('account_id').deleteRule('cascade').index(),
  },
})

export type FederatedIdentity = InferEntity<typeof FederatedIdentity>
