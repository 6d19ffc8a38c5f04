import type { SqlEntityManager } from '@mikro-orm/postgresql'
import type { Viewer } from '#modules/identity/viewer.ts'

/** Everything that logs speak of; the pages have a sentence for each. Only append. */
export const auditActions = [
  'PASSWORD_CHANGED',
  'PASSKEY_REGISTERED',
  'PASSKEY_REMOVED',
  'SIGN_ON_LINKED',
  'SIGN_ON_UNLINKED',
  'SIGN_ON_CONFIGURED',
  'CARD_ISSUED',
  'CARD_REDEEMED',
  'DEVICE_FORGOTTEN',
  'PIN_LOCKED',
  'ACCESS_RESET',
  'ACCESS_REVOKED',
  'MEMBER_ADDED',
  'MEMBER_INVITED',
  'MEMBER_REMOVED',
  'JOINED_WITH_CARD',
  'ROLE_CHANGED',
  'ORGANISATION_LEFT',
  'SELF_DESCRIPTION_CHANGED',
  'CLAIM_CONFIRMED',
  'CLAIM_REFUSED',
  'MEMBERSHIP_REQUESTED',
  'MEMBERSHIP_CONFIRMED',
  'MEMBERSHIP_REFUSED',
  'MEMBERSHIP_ENDED',
  'MANDATE_GRANTED',
  'MANDATE_REVOKED',
  'ACTED_BY_MANDATE',
  'ANONYMITY_LIFTED',
  'MEDIATOR_NAMED',
  'MEDIATOR_REMOVED',
  'NOTICE_DECIDED',
  'ENTRY_HIDDEN',
  'DECISION_OBJECTED',
  'SYNONYMS_ADDED',
  'SYNONYMS_REMOVED',
  'INVITED_TO_PUBLISH',
  'SEARCH_INVITATION_CLOSED',
  'MISSED_SEARCH_DISMISSED',
] as const

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
