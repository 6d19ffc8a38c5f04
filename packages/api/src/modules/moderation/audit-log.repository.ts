import sql from 'sql-template-tag'
import type { AuditFilter } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { read, type ReadContext } from '#database/read.ts'
import { type Ordering, type Page, type PageArguments, readPage } from '#lib/page.ts'

/** An entry of the log as it is stored. */
export interface StoredAuditEntry {
  position: number
  occurredOn: string
  action: string
  actorId: string | null
  subject: string | null
  details: Record<string, string | number | boolean | null> | null
  fingerprint: string
}

/** What walking a log gave. */
export interface AuditLogCheckRow {
  entries: number
  brokenAt: number | null
  fingerprint: string
}

const newest: Ordering = {
  columns: [{ sql: 'audit_entry.position', type: 'int' }],
  direction: 'desc',
}

/** A page of the log of an organisation. */
export function readAuditEntries(
  context: Context,
  organisationId: string,
  filter: AuditFilter | null | undefined,
  page: PageArguments,
): Promise<Page<StoredAuditEntry>> {
  const conditions = [sql`audit_entry.organisation_id = ${organisationId}::uuid`]
  if (filter?.action) conditions.push(sql`audit_entry.action = ${filter.action}`)
  if (filter?.since) conditions.push(sql`audit_entry.occurred_on >= ${filter.since}::date`)
  if (filter?.until) conditions.push(sql`audit_entry.occurred_on <= ${filter.until}::date`)
  return readPage(context, page, {
    columns: sql`audit_entry.position, audit_entry.occurred_on::text as "occurredOn",
      audit_entry.action, audit_entry.actor_id as "actorId", audit_entry.subject,
      audit_entry.details, encode(audit_entry.hash, 'hex') as fingerprint`,
    from: sql`audit_entry`,
    conditions,
    ordering: newest,
  })
}

/** Names of actors in a log that the viewer manages, as far as they belong to the organisation. */
export async function findAuditActors(
  context: ReadContext,
  organisationId: string,
  actorIds: string[],
): Promise<{ actorId: string; name: string }[]> {
  if (actorIds.length === 0) return []
  return read(
    context,
    sql`select actor_id as "actorId", name
      from find_audit_actors(${organisationId}::uuid, ${actorIds}::uuid[])`,
  )
}

/** Walks the log of an organisation; null for those who do not manage it. */
export async function verifyAuditLog(
  context: ReadContext,
  organisationId: string,
): Promise<AuditLogCheckRow | null> {
  const [checked] = await read<AuditLogCheckRow>(
    context,
    sql`select entries, broken_at as "brokenAt", encode(head_hash, 'hex') as fingerprint
      from verify_audit_log(${organisationId}::uuid)`,
  )
  return checked ?? null
}
