import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { Page } from '#lib/page.ts'
import { anyViewer, ownerPolicy } from '#database/policies.ts'
import { Organisation } from '#modules/organisation/organisation.entity.ts'

/** That an organisation belongs to an association, from a day and perhaps until one. Many to many. */
export const Membership = defineEntity({
  name: 'Membership',
  tableName: 'membership',
  rowLevelSecurity: 'force',
  policies: [ownerPolicy, { name: 'read_directory', command: 'select', using: anyViewer }],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    organisationId: () => p.manyToOne(Organisation).mapToPk().fieldName('organisation_id'),
    associationId: () => p.manyToOne(Organisation).mapToPk().fieldName('association_id'),
    /** First day of the membership. */
    validFrom: p.date(),
    /** First day on which it no longer holds; open where null. */
    validUntil: p.date().nullable(),
  },
  indexes: [{ properties: ['associationId', 'organisationId'] }],
  uniques: [{ properties: ['organisationId', 'associationId', 'validFrom'] }],
  checks: [
    { name: 'membership_days', expression: 'valid_until is null or valid_until > valid_from' },
  ],
})

export type Membership = InferEntity<typeof Membership>

/** A membership as lists read it. */
export interface MembershipRow {
  organisationId: string
  associationId: string
  /** ISO day. */
  validFrom: string
  /** ISO day. */
  validUntil: string | null
}

/** A page of a list of them. */
export type MembershipPage = Page<MembershipRow>
