import type { Role } from '#modules/identity/role-assignment.entity.ts'
import { isManaging, roleIn, type Viewer } from '#modules/identity/viewer.ts'

/** Editors and executives keep their organisation in order; a token or a mandate never does. */
export function canManage(viewer: Viewer, organisationId: string): boolean {
  return viewer.caller === 'PERSON' && isManaging(roleIn(viewer, organisationId))
}

/** Whether others can belong to it. */
export function isAssociation({ kind }: { kind: string }): boolean {
  return kind.endsWith('-association')
}

/** To let an association act for the organisation is for its executives alone. */
export function canGrantMandate(viewer: Viewer, organisationId: string): boolean {
  return viewer.caller === 'PERSON' && roleIn(viewer, organisationId) === 'EXECUTIVE'
}

/** Whom a mandate lets act: those who advise for the association, and those who manage it. */
export function isMandatedRole(role: Role): boolean {
  return isManaging(role) || role === 'ADVISOR'
}
