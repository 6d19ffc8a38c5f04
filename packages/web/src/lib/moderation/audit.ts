import type { NoticeDecision } from '#lib/__generated__/graphql.ts'
import { m } from '#lib/i18n.ts'
import { type Role, roleLabel, roles } from '#lib/identity/role.ts'
import { decisionTitle, noticeDecisions } from './labels.ts'

/** Every act that logs speak of has a message of this name; a test compares them with the API. */
const prefix = 'moderation_action_'

const messages = m as unknown as Record<string, (inputs?: { value: string }) => string>

/** Codes of all acts that logs speak of. */
export const auditActions: readonly string[] = Object.keys(messages)
  .filter((name) => name.startsWith(prefix))
  .map((name) => name.slice(prefix.length))

/** What was done, in words. */
export function actionLabel(action: string): string {
  return messages[prefix + action]?.() ?? action
}

/** A fact about what was done, in words; facts that we have no words for stay away. */
export function detailWords({ name, value }: { name: string; value: string }): string | null {
  const words = messages[`moderation_detail_${name}`]
  return words && value ? words({ value: valueWords(value) }) : null
}

function valueWords(value: string): string {
  if (roles.includes(value as Role)) return roleLabel(value as Role)
  if (noticeDecisions.includes(value as NoticeDecision))
    return decisionTitle({ decision: value as NoticeDecision, isProvisional: false })
  return value
}
