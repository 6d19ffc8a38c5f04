import type { Role } from '#modules/identity/role-assignment.entity.ts'

/** An account of the demo content. */
export interface DemoAccountRow {
  userName: string
  role: Role
  organisationId: string
}

/**
 * Password of every account that the demo content brings. It is no secret: the sign-in page shows it
 * for as long as these accounts exist.
 */
export const demoPassword = 'Willkommen-im-Netz'
