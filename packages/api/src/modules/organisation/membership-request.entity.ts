import type { Page } from '#lib/page.ts'
import { defineEntity, p } from '@mikro-orm/core'
import { ownerPolicy } from '#database/policies.ts'
import { Organisation } from '#modules/organisation/organisation.entity.ts'
import {
  type DecisionState,
  decisionStates,
} from '#modules/organisation/organisation-claim.entity.ts'

const managed = 'any((select viewer_managed_organisation_ids())::uuid[])'

/** That an organisation wants to belong to an association; the association decides. */
export const MembershipRequest = defineEntity({
  name: 'MembershipRequest',
  tableName: 'membership_request',
  rowLevelSecurity: 'force',
  policies: [
    ownerPolicy,
    {
      name: 'read_both_sides',
      command: 'select',
      using: `organisation_id = ${managed} or association_id = ${managed}`,
    },
    {
      name: 'insert_member',
      command: 'insert',
      check: `state = 'OPEN' and organisation_id = ${managed}`,
    },
    {
      name: 'refuse_association',
      command: 'update',
      using: `state = 'OPEN' and association_id = ${managed}`,
      check: `state = 'REFUSED'`,
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
      p.manyToOne(Organisation).mapToPk().fieldName('association_id').deleteRule('cascade'),
    state: p.enum(decisionStates).columnType('text').default('OPEN'),
    /** Why it was refused, in the words of the association. */
    reason: p.string().columnType('text').nullable(),
    requestedOn: p.date().defaultRaw('current_date'),
  },
  indexes: [{ properties: ['associationId', 'state'] }],
})

/** A request as lists read it. */
export interface MembershipRequestRow {
  id: string
  organisationId: string
  associationId: string
  state: DecisionState
  reason: string | null
  /** ISO day. */
  requestedOn: string
}

/** A page of a list of them. */
export type MembershipRequestPage = Page<MembershipRequestRow>
