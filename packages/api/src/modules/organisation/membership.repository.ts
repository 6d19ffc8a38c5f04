import sql, { raw, type Sql } from 'sql-template-tag'
import { read, type ReadContext } from '#database/read.ts'
import type { Cursors } from '#lib/cursor.ts'
import { uuidOf } from '#lib/global-id.ts'
import { type Page, type PageArguments, readPage } from '#lib/page.ts'
import type {
  MandateFilter,
  MembershipFilter,
  MembershipRequestFilter,
} from '#api/__generated__/resolvers.ts'
import type { MandateRow } from '#modules/organisation/mandate.entity.ts'
import type { MembershipRow } from '#modules/organisation/membership.entity.ts'
import type { MembershipRequestRow } from '#modules/organisation/membership-request.entity.ts'

type PageContext = ReadContext & { cursors: Cursors }

/** Conditions on the two sides; an id that stands for no organisation matches nothing. */
function sides(
  table: string,
  filter: { association?: string | null; organisation?: string | null } | null | undefined,
): Sql[] {
  const side = (column: string, id: string | null | undefined) =>
    id ? [sql`${raw(`${table}.${column}`)} = ${uuidOf('Organisation', id)}::uuid`] : []
  return [
    ...side('association_id', filter?.association),
    ...side('organisation_id', filter?.organisation),
  ]
}

/** A page of memberships of today and later, by the name of the organisation. */
export function readMemberships(
  context: PageContext,
  filter: MembershipFilter | null | undefined,
  page: PageArguments,
): Promise<Page<MembershipRow>> {
  const conditions = [
    sql`(membership.valid_until is null or membership.valid_until > current_date)`,
    ...sides('membership', filter),
  ]
  if (filter?.query?.trim())
    conditions.push(sql`position(lower(${filter.query.trim()}) in lower(organisation.name)) > 0`)
  if (filter?.kinds?.length) conditions.push(sql`organisation.kind = any(${filter.kinds})`)
  return readPage(context, page, {
    columns: raw(`membership.organisation_id as "organisationId",
      membership.association_id as "associationId", membership.valid_from::text as "validFrom",
      membership.valid_until::text as "validUntil"`),
    from: sql`membership join organisation on organisation.id = membership.organisation_id`,
    conditions,
    ordering: {
      columns: [
        { sql: 'organisation.name', type: 'text', collate: 'de-x-icu' },
        { sql: 'membership.id', type: 'uuid' },
      ],
      direction: 'asc',
    },
  })
}

const requestColumns = raw(`membership_request.id,
  membership_request.organisation_id as "organisationId",
  membership_request.association_id as "associationId", membership_request.state,
  membership_request.reason, membership_request.requested_on::text as "requestedOn"`)

/** A page of requests for membership, the newest first. */
export function readMembershipRequests(
  context: PageContext,
  filter: MembershipRequestFilter | null | undefined,
  page: PageArguments,
): Promise<Page<MembershipRequestRow>> {
  const conditions = sides('membership_request', filter)
  if (filter?.states?.length)
    conditions.push(sql`membership_request.state = any(${filter.states}::text[])`)
  return readPage(context, page, {
    columns: requestColumns,
    from: sql`membership_request`,
    conditions,
    ordering: {
      columns: [
        { sql: 'membership_request.requested_on', type: 'date' },
        { sql: 'membership_request.id', type: 'uuid' },
      ],
      direction: 'desc',
    },
  })
}

/** The request with this UUID. */
export async function readMembershipRequest(
  context: ReadContext,
  id: string,
): Promise<MembershipRequestRow | null> {
  const [request] = await read<MembershipRequestRow>(
    context,
    sql`select ${requestColumns} from membership_request where id = ${id}::uuid`,
  )
  return request ?? null
}

const mandateColumns = raw(`mandate.id, mandate.organisation_id as "organisationId",
  mandate.association_id as "associationId", mandate.granted_on::text as "grantedOn",
  mandate.last_day::text as "lastDay", mandate.revoked_on::text as "revokedOn",
  (holding_mandate.id is not null) as "isHolding"`)
const mandates = sql`mandate left join holding_mandate on holding_mandate.id = mandate.id`

/** A page of mandates, the newest first. */
export function readMandates(
  context: PageContext,
  filter: MandateFilter | null | undefined,
  page: PageArguments,
): Promise<Page<MandateRow>> {
  const conditions = sides('mandate', filter)
  if (filter?.isHolding != null)
    conditions.push(sql`(holding_mandate.id is not null) = ${filter.isHolding}`)
  return readPage(context, page, {
    columns: mandateColumns,
    from: mandates,
    conditions,
    ordering: {
      columns: [
        { sql: 'mandate.granted_on', type: 'date' },
        { sql: 'mandate.id', type: 'uuid' },
      ],
      direction: 'desc',
    },
  })
}

/** The mandate with this UUID. */
export async function readMandate(context: ReadContext, id: string): Promise<MandateRow | null> {
  const [mandate] = await read<MandateRow>(
    context,
    sql`select ${mandateColumns} from ${mandates} where mandate.id = ${id}::uuid`,
  )
  return mandate ?? null
}

/** Mandates that these associations hold now, by the name of who gave them. */
export function readHoldingMandates(
  context: ReadContext,
  associationIds: string[],
): Promise<MandateRow[]> {
  return read(
    context,
    sql`select ${mandateColumns} from mandate
      join holding_mandate on holding_mandate.id = mandate.id
      join organisation on organisation.id = mandate.organisation_id
      where mandate.association_id = any(${associationIds}::uuid[])
      order by organisation.name collate "de-x-icu", mandate.id`,
  )
}
