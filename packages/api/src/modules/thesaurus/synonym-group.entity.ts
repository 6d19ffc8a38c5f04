import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { anyViewer, managedAssociations, ownerPolicy } from '#database/policies.ts'
import type { Page } from '#lib/page.ts'
import { Organisation } from '#modules/organisation/organisation.entity.ts'
import { MissedSearch } from '#modules/thesaurus/missed-search.entity.ts'

/** Words that mean the same in everybody's searches, because an association said so. */
export const SynonymGroup = defineEntity({
  name: 'SynonymGroup',
  tableName: 'synonym_group',
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
    /** As people write them; no two differ in case alone. */
    terms: p.array().columnType('text[]'),
    associationId: () =>
      p.manyToOne(Organisation).mapToPk().fieldName('association_id').deleteRule('cascade').index(),
    addedOn: p.date().defaultRaw('current_date'),
    /** What it answers: that is off the list as long as these words mean the same. */
    missedSearchId: () =>
      p
        .manyToOne(MissedSearch)
        .mapToPk()
        .fieldName('missed_search_id')
        .deleteRule('set null')
        .nullable()
        .index(),
  },
  checks: [
    {
      name: 'synonym_group_terms',
      expression: 'cardinality(terms) >= 2 and cardinality(terms) <= 8',
    },
  ],
})

export type SynonymGroup = InferEntity<typeof SynonymGroup>

/** A group as lists read it. */
export interface SynonymGroupRow {
  id: string
  terms: string[]
  associationId: string
  /** ISO day. */
  addedOn: string
}

/** A page of a list of them. */
export type SynonymGroupPage = Page<SynonymGroupRow>
