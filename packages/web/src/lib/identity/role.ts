import type { DemoAccountsQuery } from '#lib/__generated__/graphql.ts'
import { getLocale, type Locale, m } from '#lib/i18n.ts'

/** Roles as the API names them. */
export type Role = DemoAccountsQuery['demoAccounts'][number]['role']

const labels: Record<Role, typeof m.identity_role_IT> = {
  ADVISOR: m.identity_role_ADVISOR,
  DPO: m.identity_role_DPO,
  EDITOR: m.identity_role_EDITOR,
  EXECUTIVE: m.identity_role_EXECUTIVE,
  IT: m.identity_role_IT,
  MANAGER: m.identity_role_MANAGER,
  MULTIPLIER: m.identity_role_MULTIPLIER,
  PRACTITIONER: m.identity_role_PRACTITIONER,
  SPECIALIST_CONSULTANT: m.identity_role_SPECIALIST_CONSULTANT,
  STAFF_COUNCIL: m.identity_role_STAFF_COUNCIL,
  VOLUNTEER: m.identity_role_VOLUNTEER,
}

/** All roles. */
export const roles = Object.keys(labels) as Role[]

/** Name of a role for people, in the page's language. */
export function roleLabel(role: Role, locale: Locale = getLocale()): string {
  return labels[role]({}, { locale })
}
