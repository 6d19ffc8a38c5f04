import sql, { raw } from 'sql-template-tag'
import { read, type ReadContext } from '#database/read.ts'
import type { Cursors } from '#lib/cursor.ts'
import { fromGlobalId, uuidOf } from '#lib/global-id.ts'
import { type Ordering, type Page, type PageArguments, readPage } from '#lib/page.ts'
import type { OrganisationFilter } from '#api/__generated__/resolvers.ts'
import { withNarrower } from '#modules/vocabulary/vocabulary.service.ts'
import type { OrganisationRow } from '#modules/organisation/organisation.entity.ts'

const columns = raw(`organisation.id, organisation.code, organisation.name, organisation.kind,
  organisation.umbrella, organisation.size_class as "sizeClass", organisation.seat,
  organisation.states, organisation.description, organisation.website,
  organisation.fields_of_work as "fieldsOfWork", organisation.version, organisation.claimed,
  organisation.is_pseudonym as "isPseudonym",
  case when organisation.merged_on <= current_date then organisation.merged_into_id end as "mergedIntoId"`)

const byName: Ordering = {
  columns: [
    { sql: 'organisation.name', type: 'text', collate: 'de-x-icu' },
    { sql: 'organisation.id', type: 'uuid' },
  ],
  direction: 'asc',
}

/** Column of an organisation that a filter value names: its code, or the UUID inside an opaque id. */
export function matchesOrganisation(table: string, codeOrId: string) {
  const node = fromGlobalId(codeOrId)
  return node?.type === 'Organisation'
    ? sql`${raw(table)}.id = ${node.uuid}::uuid`
    : sql`${raw(table)}.code = ${codeOrId}`
}

/** A page of organisations by name. */
export function readOrganisations(
  context: ReadContext & { cursors: Cursors },
  filter: OrganisationFilter | null | undefined,
  page: PageArguments,
): Promise<Page<OrganisationRow>> {
  const conditions = [
    sql`not organisation.is_pseudonym`,
    sql`(organisation.merged_on is null or organisation.merged_on > current_date)`,
  ]
  if (filter?.query?.trim())
    conditions.push(sql`position(lower(${filter.query.trim()}) in lower(organisation.name)) > 0`)
  if (filter?.kinds?.length) conditions.push(sql`organisation.kind = any(${filter.kinds})`)
  if (filter?.umbrellas?.length)
    conditions.push(sql`organisation.umbrella = any(${filter.umbrellas})`)
  if (filter?.sizeClasses?.length)
    conditions.push(sql`organisation.size_class = any(${filter.sizeClasses})`)
  if (filter?.fieldsOfWork?.length)
    conditions.push(
      sql`organisation.fields_of_work && ${withNarrower('fieldsOfWork', filter.fieldsOfWork)}::text[]`,
    )
  if (filter?.association)
    conditions.push(sql`organisation.id in (
      select current_membership.organisation_id from current_membership
      join organisation association on association.id = current_membership.association_id
      where ${matchesOrganisation('association', filter.association)})`)
  return readPage(context, page, {
    columns,
    from: sql`organisation`,
    conditions,
    ordering: byName,
  })
}

/** Organisations with these UUIDs. */
export function readOrganisationsById(
  context: ReadContext,
  ids: string[],
): Promise<OrganisationRow[]> {
  return read(context, sql`select ${columns} from organisation where id = any(${ids}::uuid[])`)
}

/** The UUID behind each of these ids or codes; null where there is no such organisation. */
export async function readOrganisationIds(
  context: ReadContext,
  codesOrIds: readonly string[],
): Promise<Map<string, string | null>> {
  const uuids = codesOrIds.map((value) => uuidOf('Organisation', value))
  const rows = await read<{ id: string; code: string | null }>(
    context,
    sql`select id, code from organisation where not is_pseudonym
      and (id = any(${uuids.filter((uuid) => uuid !== null)}::uuid[])
        or code = any(${codesOrIds}::text[]))`,
  )
  const found = (value: string, uuid: string | null) =>
    rows.find(({ id, code }) => id === uuid || code === value)?.id ?? null
  return new Map(codesOrIds.map((value, at) => [value, found(value, uuids[at] ?? null)]))
}

/** All associations that have not merged into another, by name. */
export function readAssociations(context: ReadContext): Promise<OrganisationRow[]> {
  return read(
    context,
    sql`select ${columns} from organisation
      where kind like '%-association' and (merged_on is null or merged_on > current_date)
      order by name collate "de-x-icu"`,
  )
}

/** Associations of today for each of these organisations, by name. */
export function readAssociationsOf(
  context: ReadContext,
  organisationIds: string[],
): Promise<(OrganisationRow & { memberId: string })[]> {
  return read(
    context,
    sql`select current_membership.organisation_id as "memberId", ${columns}
      from current_membership
      join organisation on organisation.id = current_membership.association_id
      where current_membership.organisation_id = any(${organisationIds}::uuid[])
      order by organisation.name collate "de-x-icu"`,
  )
}

/** How many organisations belong to each of these associations today. */
export function readMemberCounts(
  context: ReadContext,
  associationIds: string[],
): Promise<{ associationId: string; count: number }[]> {
  return read(
    context,
    sql`select association_id as "associationId", count(*)::int as count
      from current_membership where association_id = any(${associationIds}::uuid[])
      group by association_id`,
  )
}
