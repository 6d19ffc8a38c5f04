import type { ViewerContext } from '#database/viewer-context.ts'
import { forbiddenScope, unauthenticated } from '#api/errors.ts'
import type { Scope } from '#modules/identity/api-token.entity.ts'
import type { Role } from '#modules/identity/role-assignment.entity.ts'

/** The role of a person in an organisation, as sessions carry it. */
export interface RoleAssignmentRow {
  organisationId: string
  role: Role
}

/** A pseudonym under which an organisation of the viewer asked without a name. */
export interface OwnPseudonym {
  id: string
  /** The organisation that it stands for. */
  organisationId: string
  /** Whether the viewer asked in person. */
  isAuthor: boolean
  /** False where a system asked, or somebody whose account is gone. */
  hasAuthor: boolean
}

/** Who is calling, as far as policies and row security need to know. */
export interface Viewer extends ViewerContext {
  caller: 'VISITOR' | 'PERSON' | 'SERVICE_ACCOUNT'
  /** Display name or user name; name of the token. */
  name: string | null
  /** The organisation that the viewer acts for. */
  organisationId: string | null
  /** The association through which the viewer acts for that organisation by mandate. */
  mandatedAssociationId: string | null
  roleAssignments: RoleAssignmentRow[]
  /** Pseudonyms of all organisations in which the viewer has a role. */
  pseudonyms: readonly OwnPseudonym[]
  scopes: Scope[]
  sessionId: string | null
  /** Others use the device, too. */
  isOnSharedDevice: boolean
}

/** A viewer who acts for an organisation and may write for it. */
export interface Contributor extends Viewer {
  organisationId: string
  actorId: string
}

/** Nobody known. */
export const visitor: Viewer = {
  kind: 'visitor',
  caller: 'VISITOR',
  name: null,
  actorId: null,
  organisationId: null,
  mandatedAssociationId: null,
  organisationIds: [],
  associationIds: [],
  managedOrganisationIds: [],
  roleAssignments: [],
  pseudonyms: [],
  scopes: [],
  sessionId: null,
  isOnSharedDevice: false,
}

/** Whether the viewer may contribute at all: any person with a role, or a token that may write. */
export function canContribute(viewer: Viewer): viewer is Contributor {
  return (
    viewer.caller === 'PERSON' ||
    (viewer.caller === 'SERVICE_ACCOUNT' && viewer.scopes.includes('WRITE'))
  )
}

/**
 * Requires a viewer who may contribute.
 *
 * @throws UNAUTHENTICATED for visitors, FORBIDDEN_SCOPE for tokens that only read
 */
export function authorizeContributor(viewer: Viewer): Contributor {
  if (viewer.caller === 'VISITOR') throw unauthenticated()
  if (!canContribute(viewer)) throw forbiddenScope('WRITE')
  return viewer
}

/** The organisation behind one that the viewer sees: itself, unless it is a pseudonym of the viewer's own. */
export function organisationBehind(
  viewer: Pick<Viewer, 'pseudonyms'>,
  organisationId: string,
): string {
  const pseudonym = viewer.pseudonyms.find(({ id }) => id === organisationId)
  return pseudonym?.organisationId ?? organisationId
}

/** Whether the viewer has a role in an organisation, or in the one behind a pseudonym. */
export function belongsTo(viewer: Viewer, organisationId: string): boolean {
  return viewer.organisationIds.includes(organisationBehind(viewer, organisationId))
}

/** An organisation of the viewer with all of its pseudonyms: what it owns, under whatever name. */
export function namesOf(viewer: Viewer, organisationId: string | null): string[] {
  if (organisationId === null) return []
  const pseudonyms = viewer.pseudonyms.filter((own) => own.organisationId === organisationId)
  return [organisationId, ...pseudonyms.map(({ id }) => id)]
}

/** A person who is signed in. */
export interface Person extends Viewer {
  caller: 'PERSON'
  actorId: string
  organisationId: string
  sessionId: string
}

/**
 * Requires a signed-in person: for what concerns people and not organisations. A token has no sessions
 * to look after and no colleagues to manage.
 *
 * @throws UNAUTHENTICATED for visitors and tokens
 */
export function authorizePerson(viewer: Viewer): Person {
  if (viewer.caller !== 'PERSON') throw unauthenticated()
  return viewer as Person
}

/** The role of the viewer in an organisation, if any. */
export function roleIn(viewer: Viewer, organisationId: string): Role | null {
  const assignment = viewer.roleAssignments.find((held) => held.organisationId === organisationId)
  return assignment?.role ?? null
}

/** Whether a role keeps the people and entries of an organisation in order. */
export function isManaging(role: Role | null): boolean {
  return role === 'EDITOR' || role === 'EXECUTIVE'
}
