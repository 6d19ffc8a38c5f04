import type { SqlEntityManager } from '@mikro-orm/postgresql'
import type { Viewer } from '#modules/identity/viewer.ts'

/** Everything that logs speak of; the pages have a sentence for each. Only append. */
export const auditActions = ['NOTICE_DECIDED', 'ENTRY_HIDDEN', 'DECISION_OBJECTED'] as const

export type AuditAction = (typeof auditActions)[number]

/** Something that changes who may do or see what. */
export interface AuditedAct {
  /** Whose log it belongs to. */
  organisationId: string
  action: AuditAction
  /** What it was done to: an opaque id. Never a text of an entry, a PIN or another secret. */
  subject?: string | null
  /** Short facts that make it plain, such as a role before and after. */
  details?: Record<string, string | number | boolean | null>
}

/** Writes to the log of an organisation, in the transaction of the change itself. */
export async function audit(
  em: SqlEntityManager,
  viewer: Pick<Viewer, 'actorId'>,
  { organisationId, action, subject = null, details }: AuditedAct,
): Promise<void> {
  await em.execute(
    `insert into audit_entry (organisation_id, actor_id, action, subject, details)
     values (?, ?, ?, ?, ?)`,
    [organisationId, viewer.actorId, action, subject, details ? JSON.stringify(details) : null],
  )
}
