import type { AuditFilter } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { emptyPage, type Page, type PageArguments } from '#lib/page.ts'
import { isUuid } from '#lib/uuid.ts'
import {
  type AuditLogCheckRow,
  findAuditActors,
  readAuditEntries,
  type StoredAuditEntry,
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
  /** Name of the person or organisation that it was done to, as far as it may be known here. */
  subjectName: string | null
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
  const nodes = entries.edges.map(({ node }) => node)
  const named = new Set(nodes.flatMap((node) => idsIn(node)))
  const names = await namesOf(context, organisationId, [...named])
  const edges = entries.edges.map(({ cursor, node }) => ({
    cursor,
    node: {
      ...node,
      actorName: names.get(node.actorId ?? '') ?? null,
      subjectName: names.get(node.subject ?? '') ?? null,
      details: Object.fromEntries(
        Object.entries(node.details ?? {}).map(([name, value]) => [
          name,
          names.get(String(value)) ?? value,
        ]),
      ),
    },
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

/** What in an entry could have a name. */
function idsIn({ actorId, subject, details }: StoredAuditEntry): string[] {
  return [actorId, subject, ...Object.values(details ?? {})].map(String).filter(isUuid)
}

/** Names of organisations, and of people and tokens as far as they belong to the organisation. */
async function namesOf(
  context: Context,
  organisationId: string,
  ids: string[],
): Promise<Map<string, string>> {
  const actors = await findAuditActors(context, organisationId, ids)
  const organisations = await context.loaders.organisation.loadMany(ids)
  return new Map([
    ...actors.map(({ actorId, name }): [string, string] => [actorId, name]),
    ...organisations.flatMap((row): [string, string][] =>
      row && !(row instanceof Error) ? [[row.id, row.name]] : [],
    ),
  ])
}
