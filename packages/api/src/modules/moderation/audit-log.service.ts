import type { AuditFilter } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { emptyPage, type Page, type PageArguments } from '#lib/page.ts'
import {
  type AuditLogCheckRow,
  findAuditActors,
  readAuditEntries,
  verifyAuditLog,
} from '#modules/moderation/audit-log.repository.ts'

/** An entry of the log as it is shown. */
export interface AuditEntryRow {
  position: number
  /** ISO day. */
  occurredOn: string
  action: string
  actorId: string | null
  /** Name of the actor, as far as they belong to the organisation. */
  actorName: string | null
  subject: string | null
  details: Record<string, string | number | boolean | null> | null
  fingerprint: string
}

/** A page of a list of them. */
export type AuditEntryPage = Page<AuditEntryRow>

/** A page of the log of an organisation. The names on it are read in one statement. */
// public: row security shows the log to those alone who manage the organisation
export async function listAuditEntries(
  context: Context,
  organisationId: string | null,
  filter: AuditFilter | null | undefined,
  page: PageArguments,
): Promise<AuditEntryPage> {
  if (!organisationId || !context.viewer.managedOrganisationIds.includes(organisationId))
    return emptyPage
  const entries = await readAuditEntries(context, organisationId, filter, page)
  const actorIds = entries.edges.map(({ node }) => node.actorId).filter((id) => id !== null)
  const actors = await findAuditActors(context, organisationId, [...new Set(actorIds)])
  const names = new Map(actors.map(({ actorId, name }) => [actorId, name]))
  const edges = entries.edges.map(({ cursor, node }) => ({
    cursor,
    node: { ...node, actorName: names.get(node.actorId ?? '') ?? null },
  }))
  return { ...entries, edges }
}

/** Whether the log of an organisation is still what was written; null for those who do not manage it. */
// public: the function of the database answers to those alone who manage the organisation
export async function checkAuditLog(
  context: Context,
  organisationId: string | null,
): Promise<AuditLogCheckRow | null> {
  return organisationId ? verifyAuditLog(context, organisationId) : null
}
