import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { anyViewer, managedAssociations, ownerPolicy } from '#database/policies.ts'
import type { Page } from '#lib/page.ts'
import { Organisation } from '#modules/organisation/organisation.entity.ts'

/** What the network looks for and nobody has published yet; an association invites everybody to. */
export const SearchInvitation = defineEntity({
  name: 'SearchInvitation',
  tableName: 'search_invitation',
  rowLevelSecurity: 'force',
  policies: [
    ownerPolicy,
    { name: 'read_all', command: 'select', using: anyViewer },
    {
      name: 'insert_managed',
      command: 'insert',
      check: `association_id in (${managedAssociations})`,
    },
    {
      name: 'delete_managed',
      command: 'delete',
      using: 'association_id = any((select viewer_managed_organisation_ids())::uuid[])',
    },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    topic: p.string().columnType('text'),
    note: p.string().columnType('text').default(''),
    associationId: () =>
      p.manyToOne(Organisation).mapToPk().fieldName('association_id').deleteRule('cascade').index(),
    invitedOn: p.date().defaultRaw('current_date'),
  },
})

export type SearchInvitation = InferEntity<typeof SearchInvitation>

/** An invitation as lists read it. */
export interface SearchInvitationRow {
  id: string
  topic: string
  note: string
  associationId: string
  /** ISO day. */
  invitedOn: string
}

/** A page of a list of them. */
export type SearchInvitationPage = Page<SearchInvitationRow>
