import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { missedSearchThreshold } from '@netzwerkdiakonie/schema'
import { managedAssociations, ownerPolicy } from '#database/policies.ts'
import type { Page } from '#lib/page.ts'
import type { MissedSearchReason } from '#api/__generated__/resolvers.ts'

/** What happened less often could tell of somebody: it shows to nobody, whatever a query says. */
const readable = `(no_hit_count >= ${missedSearchThreshold} or (search_count >= ${missedSearchThreshold} and opened_count = 0)) and exists (${managedAssociations})`

/**
 * How often something was searched for in a week, and with what success. There is no person, session
 * or address, and no time finer than the week.
 */
export const MissedSearch = defineEntity({
  name: 'MissedSearch',
  tableName: 'missed_search',
  rowLevelSecurity: 'force',
  policies: [
    ownerPolicy,
    { name: 'read_missed', command: 'select', using: readable },
    { name: 'dismiss_missed', command: 'update', using: readable, check: 'dismissed' },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    /** As `query-text.ts` normalises it. */
    query: p.string().columnType('text'),
    /** A Monday. */
    week: p.date(),
    searchCount: p.integer().default(0),
    noHitCount: p.integer().default(0),
    openedCount: p.integer().default(0),
    /** An editor took it off the list, or invited the network to publish about it. */
    dismissed: p.boolean().default(false),
  },
  uniques: [{ properties: ['query', 'week'] }],
  checks: [
    { name: 'missed_search_query', expression: 'length(query) >= 3 and length(query) <= 100' },
    {
      name: 'missed_search_counts',
      expression:
        'no_hit_count >= 0 and no_hit_count <= search_count and opened_count >= 0 and opened_count <= search_count',
    },
  ],
})

export type MissedSearch = InferEntity<typeof MissedSearch>

/** SQL: nobody has dismissed it, and no synonyms answer it. */
export const isOnList = `not missed_search.dismissed and not exists (
  select from synonym_group where synonym_group.missed_search_id = missed_search.id)`

/** A missed search as lists read it. */
export interface MissedSearchRow {
  id: string
  query: string
  /** ISO day, a Monday. */
  week: string
  searchCount: number
  noHitCount: number
  openedCount: number
  reason: MissedSearchReason
}

/** A page of a list of them. */
export type MissedSearchPage = Page<MissedSearchRow>
