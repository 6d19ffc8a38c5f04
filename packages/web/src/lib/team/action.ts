import { m } from '#lib/i18n.ts'

const labels: Record<string, () => string> = {
  MEMBER_ADDED: m.team_log_MEMBER_ADDED,
  CARD_ISSUED: m.team_log_CARD_ISSUED,
  CARD_REDEEMED: m.team_log_CARD_REDEEMED,
  ACCESS_RESET: m.team_log_ACCESS_RESET,
  ACCESS_REVOKED: m.team_log_ACCESS_REVOKED,
  ROLE_CHANGED: m.team_log_ROLE_CHANGED,
  MEMBER_REMOVED: m.team_log_MEMBER_REMOVED,
  ORGANISATION_LEFT: m.team_log_ORGANISATION_LEFT,
  JOINED_WITH_CARD: m.team_log_JOINED_WITH_CARD,
}

/** What was done, in words; what this version does not know is at least told to have been. */
export function actionLabel(action: string): string {
  return (labels[action] ?? m.team_log_other)()
}
