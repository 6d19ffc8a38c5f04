import { UserFailure } from '#api/errors.ts'
import { authorize } from '#modules/identity/authorize.ts'
import { authorizePerson, isManaging, roleIn, type Viewer } from '#modules/identity/viewer.ts'
import type { Role } from '#modules/identity/role-assignment.entity.ts'

/** Whether the viewer manages the people of an organisation; a token never does. */
export function canManageTeam(viewer: Viewer, organisationId: string | null): boolean {
  return (
    viewer.caller === 'PERSON' &&
    organisationId !== null &&
    isManaging(roleIn(viewer, organisationId))
  )
}

/** Executives alone make and unmake executives; otherwise an editor could become one by a detour. */
export function canManageRole(viewer: Viewer, organisationId: string, role: Role): boolean {
  return (
    canManageTeam(viewer, organisationId) &&
    (role !== 'EXECUTIVE' || roleIn(viewer, organisationId) === 'EXECUTIVE')
  )
}

/**
 * Requires somebody who manages an organisation.
 *
 * @param organisationId null for an id that is none
 * @throws UNAUTHENTICATED for visitors and tokens
 * @throws UserFailure NOT_FOUND or FORBIDDEN; the directory shows organisations to everybody
 */
export function authorizeManager(
  viewer: Viewer,
  organisationId: string | null,
): asserts organisationId is string {
  const person = authorizePerson(viewer)
  if (!organisationId)
    throw new UserFailure({ code: 'NOT_FOUND', path: ['input', 'organisationId'] })
  authorize(canManageTeam(person, organisationId))
}
