import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { ownerPolicy } from '#database/policies.ts'
import { Organisation } from '#modules/organisation/organisation.entity.ts'

/** What a token allows; reading is what every token can do. */
export const scopes = ['READ', 'WRITE'] as const

export type Scope = (typeof scopes)[number]

/** Credential of a member system: it acts as its organisation, never as a person. */
export const ApiToken = defineEntity({
  name: 'ApiToken',
  tableName: 'api_token',
  rowLevelSecurity: 'force',
  policies: [ownerPolicy],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    organisationId: () => p.manyToOne(Organisation).mapToPk().fieldName('organisation_id'),
    name: p.string().columnType('text'),
    /** SHA-256 of the token. */
    tokenHash: p.blob().unique(),
    scopes: p.array().columnType('text[]'),
    expiresAt: p.datetime().columnType('timestamptz'),
  },
})

export type ApiToken = InferEntity<typeof ApiToken>
