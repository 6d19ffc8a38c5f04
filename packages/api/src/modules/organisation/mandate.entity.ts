import type { Page } from '#lib/page.ts'
import { defineEntity, p } from '@mikro-orm/core'
import { managedRow, ownerPolicy } from '#database/policies.ts'
import { Organisation } from '#modules/organisation/organisation.entity.ts'

const own = 'any((select viewer_organisation_ids())::uuid[])'

/**
 * That an organisation lets an association, to which it belongs, post and edit for it until a day.
 * The view `holding_mandate` says which of them hold now.
 */
export const Mandate = defineEntity({
  name: 'Mandate',
  tableName: 'mandate',
  rowLevelSecurity: 'force',
  policies: [
    ownerPolicy,
    {
      name: 'read_both_sides',
      command: 'select',
      using: `organisation_id = ${own} or association_id = ${own}`,
    },
    {
      name: 'insert_managed',
      command: 'insert',
      check: `revoked_on is null and ${managedRow} and exists (select from current_membership where current_membership.organisation_id = mandate.organisation_id and current_membership.association_id = mandate.association_id)`,
    },
    {
      name: 'revoke_managed',
      command: 'update',
      using: managedRow,
      check: `${managedRow} and revoked_on is not null`,
    },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    organisationId: () =>
      p
        .manyToOne(Organisation)
        .mapToPk()
        .fieldName('organisation_id')
        .deleteRule('cascade')
        .index(),
    associationId: () =>
      p.manyToOne(Organisation).mapToPk().fieldName('association_id').deleteRule('cascade').index(),
    grantedOn: p.date().defaultRaw('current_date'),
    /** The last day on which it holds. */
    lastDay: p.date(),
    /** It ends at once on that day. */
    revokedOn: p.date().nullable(),
  },
  checks: [
    {
      name: 'mandate_days',
      expression: 'last_day >= granted_on and last_day <= granted_on + 366',
    },
  ],
})

/** A mandate as lists read it. */
export interface MandateRow {
  id: string
  organisationId: string
  associationId: string
  /** ISO day. */
  grantedOn: string
  /** ISO day. */
  lastDay: string
  /** ISO day. */
  revokedOn: string | null
  isHolding: boolean
}

/** A page of a list of them. */
export type MandatePage = Page<MandateRow>
