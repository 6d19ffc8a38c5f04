import type { Page } from '#lib/page.ts'
import type { Role } from '#modules/identity/role-assignment.entity.ts'

/** A person in an organisation, as those read it who manage it: no more columns than these. */
export interface TeamMemberRow {
  id: string
  accountId: string
  organisationId: string
  name: string
  role: Role
  unit: string | null
  /** ISO day. */
  since: string
  hasPassword: boolean
  hasPin: boolean
  hasPasskey: boolean
  hasSingleSignOn: boolean
  /** ISO day. */
  cardOpenUntil: string | null
}

/** A page of a list of them. */
export type TeamMemberPage = Page<TeamMemberRow>

/** Something that was done to the viewer's own access. */
export interface AccessLogRow {
  action: string
  organisationId: string
  /** ISO day. */
  on: string
}

/** A page of a list of them. */
export type AccessLogPage = Page<AccessLogRow>
