import { missedSearchThreshold } from '@netzwerkdiakonie/schema'
import sql, { raw } from 'sql-template-tag'
import type { MissedSearchFilter, MissedSearchOrder } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { managedAssociations } from '#database/policies.ts'
import { read, type ReadContext } from '#database/read.ts'
import { type Ordering, type Page, type PageArguments, readPage } from '#lib/page.ts'
import { mondayOf } from '#lib/today.ts'
import { isOnList, type MissedSearchRow } from '#modules/thesaurus/missed-search.entity.ts'
import type { SearchInvitationRow } from '#modules/thesaurus/search-invitation.entity.ts'
import type { SynonymGroupRow } from '#modules/thesaurus/synonym-group.entity.ts'

/** Associations that the viewer manages, by UUID. */
export async function readManagedAssociationIds(context: ReadContext): Promise<string[]> {
  const rows = await read<{ id: string }>(context, sql`${raw(managedAssociations)} order by id`)
  return rows.map(({ id }) => id)
}

const hasNoHit = `missed_search.no_hit_count >= ${missedSearchThreshold}`
const reason = `case when ${hasNoHit} then 'NO_HIT' else 'NOT_OPENED' end`

const missedSearchColumns = raw(`missed_search.id, missed_search.query,
  missed_search.week::text as week, missed_search.search_count as "searchCount",
  missed_search.no_hit_count as "noHitCount", missed_search.opened_count as "openedCount",
  ${reason} as reason`)

const missedSearchOrders: Record<MissedSearchOrder, Ordering> = {
  MOST_MISSED: {
    columns: [
      {
        sql: `(case when ${hasNoHit} then missed_search.no_hit_count else missed_search.search_count end)`,
        type: 'int',
      },
      { sql: 'missed_search.week', type: 'date' },
      { sql: 'missed_search.id', type: 'uuid' },
    ],
    direction: 'desc',
  },
  ALPHABETICAL: {
    columns: [
      { sql: 'missed_search.query', type: 'text', collate: 'de-x-icu' },
      { sql: 'missed_search.week', type: 'date' },
      { sql: 'missed_search.id', type: 'uuid' },
    ],
    direction: 'asc',
  },
}

/** A page of the missed searches on the list; row security keeps back what happened too seldom. */
export function readMissedSearches(
  context: Context,
  filter: MissedSearchFilter | null | undefined,
  order: MissedSearchOrder,
  page: PageArguments,
): Promise<Page<MissedSearchRow>> {
  const conditions = [raw(isOnList)]
  if (filter?.week) conditions.push(sql`missed_search.week = ${mondayOf(filter.week)}::date`)
  if (filter?.reasons?.length) conditions.push(sql`${raw(reason)} = any(${filter.reasons}::text[])`)
  return readPage(context, page, {
    columns: missedSearchColumns,
    from: sql`missed_search`,
    conditions,
    ordering: missedSearchOrders[order],
  })
}

/** Missed searches on the list with these UUIDs. */
export function readMissedSearchesById(
  context: ReadContext,
  ids: string[],
): Promise<MissedSearchRow[]> {
  return read(
    context,
    sql`select ${missedSearchColumns} from missed_search
      where id = any(${ids}::uuid[]) and ${raw(isOnList)}`,
  )
}

const synonymGroupColumns = raw(`synonym_group.id, synonym_group.terms,
  synonym_group.association_id as "associationId", synonym_group.added_on::text as "addedOn"`)

const newest = (table: string, day: string): Ordering => ({
  columns: [
    { sql: `${table}.${day}`, type: 'date' },
    { sql: `${table}.id`, type: 'uuid' },
  ],
  direction: 'desc',
})

/** The words of all groups, always in the same order: what each search looks at. */
export function readSynonymGroups(context: ReadContext): Promise<{ terms: string[] }[]> {
  return read(context, sql`select terms from synonym_group order by id`)
}

/** A page of groups, the newest first. */
export function readSynonymGroupPage(
  context: Context,
  query: string | null | undefined,
  page: PageArguments,
): Promise<Page<SynonymGroupRow>> {
  const part = query?.trim()
  return readPage(context, page, {
    columns: synonymGroupColumns,
    from: sql`synonym_group`,
    conditions: part
      ? [
          sql`exists (select from unnest(synonym_group.terms) term
            where position(lower(${part}) in lower(term)) > 0)`,
        ]
      : [],
    ordering: newest('synonym_group', 'added_on'),
  })
}

/** Groups with these UUIDs. */
export function readSynonymGroupsById(
  context: ReadContext,
  ids: string[],
): Promise<SynonymGroupRow[]> {
  return read(
    context,
    sql`select ${synonymGroupColumns} from synonym_group where id = any(${ids}::uuid[])`,
  )
}

const invitationColumns =
  raw(`search_invitation.id, search_invitation.topic, search_invitation.note,
  search_invitation.association_id as "associationId",
  search_invitation.invited_on::text as "invitedOn"`)

/** A page of invitations, the newest first. */
export function readSearchInvitations(
  context: Context,
  page: PageArguments,
): Promise<Page<SearchInvitationRow>> {
  return readPage(context, page, {
    columns: invitationColumns,
    from: sql`search_invitation`,
    conditions: [],
    ordering: newest('search_invitation', 'invited_on'),
  })
}

/** Invitations with these UUIDs. */
export function readSearchInvitationsById(
  context: ReadContext,
  ids: string[],
): Promise<SearchInvitationRow[]> {
  return read(
    context,
    sql`select ${invitationColumns} from search_invitation where id = any(${ids}::uuid[])`,
  )
}
