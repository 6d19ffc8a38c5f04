import type { SqlEntityManager } from '@mikro-orm/postgresql'
import { audit, type AuditAction } from '#modules/identity/audit.ts'
import type { Viewer } from '#modules/identity/viewer.ts'

/** A member and its association. */
export interface Pair {
  organisationId: string
  associationId: string
}

/** Writes what was done between two organisations to the logs of both. */
export async function auditBoth(
  em: SqlEntityManager,
  viewer: Pick<Viewer, 'actorId'>,
  { organisationId, associationId }: Pair,
  act: { action: AuditAction; subject: string; details?: Record<string, string> },
): Promise<void> {
  const details = { organisation: organisationId, association: associationId, ...act.details }
  // Always in the same order: writing locks the log of an organisation.
  for (const id of [organisationId, associationId].sort())
    await audit(em, viewer, { ...act, organisationId: id, details })
}
