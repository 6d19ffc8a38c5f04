import type { Scope } from '#modules/identity/api-token.entity.ts'
import type { Role } from '#modules/identity/role-assignment.entity.ts'
import { type Viewer, visitor } from '#modules/identity/viewer.ts'

/** A person for tests of policies; acts for the first of the organisations. */
export function person(roles: Record<string, Role>): Viewer {
  const organisationIds = Object.keys(roles)
  return {
    ...visitor,
    kind: 'member',
    caller: 'PERSON',
    actorId: 'person',
    organisationId: organisationIds[0] ?? null,
    organisationIds,
    roleAssignments: Object.entries(roles).map(([organisationId, role]) => ({
      organisationId,
      role,
    })),
    sessionId: 'session',
  }
}

/** A token for tests of policies. */
export function serviceAccount(organisationId: string, scopes: Scope[]): Viewer {
  return {
    ...visitor,
    kind: 'member',
    caller: 'SERVICE_ACCOUNT',
    actorId: 'token',
    organisationId,
    organisationIds: [organisationId],
    scopes,
  }
}
