import type { SqlEntityManager } from '@mikro-orm/postgresql'
import { limits } from '@netzwerkdiakonie/schema'
import type {
  ChangeTeamRoleInput,
  LeaveOrganisationInput,
  RemoveTeamMemberInput,
  TeamFilter,
} from '#api/__generated__/resolvers.ts'
import { UserFailure } from '#api/errors.ts'
import type { Context } from '#api/context.ts'
import { uuidOf } from '#lib/global-id.ts'
import { emptyPage, type Page, type PageArguments } from '#lib/page.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import { InputCheck } from '#modules/entry/input.ts'
import { audit } from '#modules/identity/audit.ts'
import { authorize } from '#modules/identity/authorize.ts'
import { authorizePerson, isManaging, type Viewer, visitor } from '#modules/identity/viewer.ts'
import type { HandOverRow } from '#modules/team/hand-over.entity.ts'
import type { AccessLogRow, TeamMemberRow } from '#modules/team/team-member.entity.ts'
import { canManageRole, canManageTeam } from '#modules/team/team.policy.ts'
import {
  countManagers,
  endMembership,
  findMember,
  findNames,
  findRole,
  type HeldRole,
  lockTeam,
  readAccessLog,
  readHandOvers,
  readTeam,
  updateRole,
} from '#modules/team/team.repository.ts'

/** A page of the people of an organisation; null unless the viewer manages it. */
// public: whoever does not manage the organisation gets nothing
export async function listTeam(
  context: Context,
  organisationId: string | null,
  filter: TeamFilter | null | undefined,
  page: PageArguments,
): Promise<Page<TeamMemberRow> | null> {
  if (!organisationId || !canManageTeam(context.viewer, organisationId)) return null
  return readTeam(context, organisationId, filter, page)
}

/** A page of the entries that were handed over; null unless the viewer manages the organisation. */
// public: whoever does not manage the organisation gets nothing
export async function listHandOvers(
  context: Context,
  organisationId: string | null,
  page: PageArguments,
): Promise<Page<HandOverRow> | null> {
  if (!organisationId || !canManageTeam(context.viewer, organisationId)) return null
  return readHandOvers(context, organisationId, page)
}

/** A page of what was done to the access of the viewer. */
// public: row security shows to everybody what concerns themselves
export async function listAccessLog(
  context: Context,
  page: PageArguments,
): Promise<Page<AccessLogRow>> {
  return context.viewer.caller === 'PERSON' ? readAccessLog(context, page) : emptyPage
}

/**
 * Changes role and unit of a member.
 *
 * @returns the UUID of the member
 * @throws UserFailure for what the caller can mend
 */
export async function changeTeamRole(
  context: Context,
  input: ChangeTeamRoleInput,
): Promise<string> {
  const viewer = authorizePerson(context.viewer)
  return unitOfWork(context.em, async (em) => {
    const member = await findManagedMember(em, viewer, input.memberId)
    authorize(canManageRole(viewer, member.organisationId, input.role))
    const check = new InputCheck()
    const unit =
      input.unit == null
        ? member.unit
        : check.text('unit', input.unit, { max: limits.unit }) || null
    check.done()
    const { memberId, organisationId, accountId, role } = member
    if (
      isManaging(role) &&
      !isManaging(input.role) &&
      (await countManagers(em, organisationId)) < 2
    )
      throw new UserFailure({ code: 'LAST_MANAGER', path: ['input', 'role'] })
    authorize(await updateRole(em, { memberId, role: input.role, unit }))
    if (role !== input.role)
      await audit(em, viewer, {
        organisationId,
        action: 'ROLE_CHANGED',
        subject: accountId,
        details: { from: role, to: input.role },
      })
    return memberId
  })
}

/**
 * Takes somebody out of an organisation; sessions, cards and devices end with it.
 *
 * @returns how many open entries were handed over
 * @throws UserFailure for what the caller can mend
 */
export async function removeTeamMember(
  context: Context,
  input: RemoveTeamMemberInput,
): Promise<number> {
  const viewer = authorizePerson(context.viewer)
  return unitOfWork(context.em, async (em) => {
    const member = await findManagedMember(em, viewer, input.memberId)
    if (member.accountId === viewer.actorId) return leave(em, viewer, member, input.successorId)
    const remover = await findRole(em, viewer.actorId, member.organisationId)
    const successor = input.successorId
      ? await findSuccessor(em, member, input.successorId)
      : remover
    const handedOver = await endMembership(em, member.memberId, successor?.memberId ?? null)
    authorize(handedOver !== null)
    await audit(em, viewer, {
      organisationId: member.organisationId,
      action: 'MEMBER_REMOVED',
      subject: member.accountId,
      details: { role: member.role, handedOver },
    })
    return handedOver
  })
}

/**
 * Leaves an organisation.
 *
 * @returns who the viewer is after it, and how many open entries were handed over
 * @throws UserFailure for what the caller can mend
 */
export async function leaveOrganisation(
  context: Context,
  input: LeaveOrganisationInput,
): Promise<{ viewer: Viewer; handedOver: number }> {
  const viewer = authorizePerson(context.viewer)
  const organisationId = uuidOf('Organisation', input.organisationId)
  const handedOver = await unitOfWork(context.em, async (em) => {
    if (organisationId) await lockTeam(em, organisationId)
    const own = organisationId && (await findRole(em, viewer.actorId, organisationId))
    if (!own) throw new UserFailure({ code: 'NOT_FOUND', path: ['input', 'organisationId'] })
    return leave(em, viewer, own, input.successorId)
  })
  return { viewer: withoutOrganisation(viewer, organisationId ?? ''), handedOver }
}

/**
 * Ends all roles of the viewer, in the transaction of `em`. Who is the last one in an organisation may
 * go; who leaves colleagues behind without anybody to manage them names a successor first.
 *
 * @throws UserFailure LAST_MANAGER
 */
export async function leaveEverywhere(em: SqlEntityManager, caller: Viewer): Promise<void> {
  const viewer = authorizePerson(caller)
  // Always in the same order: two people who leave the same organisations wait, and do not block each other.
  for (const organisationId of viewer.organisationIds.toSorted()) {
    await lockTeam(em, organisationId)
    const own = await findRole(em, viewer.actorId, organisationId)
    if (!own) continue
    const isLastManager = isManaging(own.role) && (await countManagers(em, organisationId)) < 2
    if (isLastManager && (await findNames(em, organisationId)).length > 1)
      throw new UserFailure({ code: 'LAST_MANAGER' })
    await audit(em, viewer, {
      organisationId,
      action: 'ORGANISATION_LEFT',
      subject: own.accountId,
      details: { role: own.role },
    })
    authorize((await endMembership(em, own.memberId, null)) !== null)
  }
}

/** Ends the viewer's own role; the successor of the last manager takes it over. */
async function leave(
  em: SqlEntityManager,
  viewer: Viewer,
  own: HeldRole,
  successorId: string | null | undefined,
): Promise<number> {
  const { organisationId, role } = own
  const successor = successorId ? await findSuccessor(em, own, successorId) : null
  if (isManaging(role) && (await countManagers(em, organisationId)) < 2) {
    if (!successor) throw new UserFailure({ code: 'LAST_MANAGER', path: ['input', 'successorId'] })
    authorize(await updateRole(em, { ...successor, role }))
    await audit(em, viewer, {
      organisationId,
      action: 'ROLE_CHANGED',
      subject: successor.accountId,
      details: { from: successor.role, to: role },
    })
  }
  const handedOver = await endMembership(em, own.memberId, successor?.memberId ?? null)
  authorize(handedOver !== null)
  await audit(em, viewer, {
    organisationId,
    action: 'ORGANISATION_LEFT',
    subject: own.accountId,
    details: { role, handedOver },
  })
  return handedOver
}

/**
 * The member behind an opaque id, for a change within the unit of work of `em`; changes to the same
 * team wait for each other from here on.
 *
 * @throws UserFailure NOT_FOUND, also where row security hides it; FORBIDDEN for whom the viewer may not manage
 */
// public: it authorizes for the changes that follow
export async function findManagedMember(
  em: SqlEntityManager,
  viewer: Viewer,
  id: string,
): Promise<HeldRole> {
  const notFound = new UserFailure({ code: 'NOT_FOUND', path: ['input', 'memberId'] })
  const uuid = uuidOf('TeamMember', id)
  const seen = uuid ? await findMember(em, uuid) : null
  if (!uuid || !seen) throw notFound
  await lockTeam(em, seen.organisationId)
  // It may have changed while this waited.
  const member = await findMember(em, uuid)
  if (!member) throw notFound
  authorize(canManageRole(viewer, member.organisationId, member.role))
  return member
}

/** Another member of the same organisation. @throws UserFailure NOT_FOUND */
async function findSuccessor(
  em: SqlEntityManager,
  { organisationId, memberId }: HeldRole,
  successorId: string,
): Promise<HeldRole> {
  const uuid = uuidOf('TeamMember', successorId)
  const successor = uuid && uuid !== memberId ? await findMember(em, uuid) : null
  if (successor?.organisationId !== organisationId)
    throw new UserFailure({ code: 'NOT_FOUND', path: ['input', 'successorId'] })
  return successor
}

/** The viewer once a role has gone: a session that acted for that organisation is over. */
function withoutOrganisation(viewer: Viewer, left: string): Viewer {
  if (viewer.organisationId === left) return visitor
  const stays = (id: string) => id !== left
  return {
    ...viewer,
    organisationIds: viewer.organisationIds.filter(stays),
    managedOrganisationIds: viewer.managedOrganisationIds.filter(stays),
    roleAssignments: viewer.roleAssignments.filter(({ organisationId }) => stays(organisationId)),
  }
}
