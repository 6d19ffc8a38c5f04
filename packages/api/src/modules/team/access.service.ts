import type { SqlEntityManager } from '@mikro-orm/postgresql'
import { limits } from '@netzwerkdiakonie/schema'
import type { AddTeamMemberInput } from '#api/__generated__/resolvers.ts'
import { UserFailure } from '#api/errors.ts'
import type { Context } from '#api/context.ts'
import { uuidOf } from '#lib/global-id.ts'
import { createOnce } from '#lib/idempotency/create-once.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import { InputCheck } from '#modules/entry/input.ts'
import { audit } from '#modules/identity/audit.ts'
import { AuthSession } from '#modules/identity/auth-session.entity.ts'
import { authorize } from '#modules/identity/authorize.ts'
import {
  createAccessCard,
  createAccount,
  hashPresentedCard,
} from '#modules/identity/card.service.ts'
import type { Role } from '#modules/identity/role-assignment.entity.ts'
import { authorizePerson, isManaging, type Viewer } from '#modules/identity/viewer.ts'
import { authorizeManager, canManageRole } from '#modules/team/team.policy.ts'
import {
  adoptAccessCard,
  findNames,
  findOpenCards,
  findRole,
  insertRole,
  lockTeam,
  resetMemberAccess,
  revokeMemberAccess,
} from '#modules/team/team.repository.ts'
import { findManagedMember } from '#modules/team/team.service.ts'

/** A card that was just issued; its code exists this once. */
export interface IssuedCard {
  code: string
  /** ISO day. */
  expiresOn: string
}

/** A member and the card that was issued with it. */
export interface MemberWithCard {
  memberId: string
  /** Null where a repetition finds that the card was used meanwhile. */
  card: IssuedCard | null
}

/** Somebody to add, as it will be stored. */
export interface NewMember {
  displayName: string
  role: Role
  unit: string | null
}

/**
 * Adds a person with a role and an access card.
 *
 * @throws UserFailure for what the caller can mend
 */
export async function addTeamMember(
  context: Context,
  input: AddTeamMemberInput,
): Promise<MemberWithCard> {
  const { viewer } = context
  const organisationId = uuidOf('Organisation', input.organisationId)
  authorizeManager(viewer, organisationId)
  authorize(canManageRole(viewer, organisationId, input.role))
  const check = new InputCheck()
  const member = { ...checkMember(check, input), role: input.role }
  const key = check.idempotencyKey(input.idempotencyKey ?? context.idempotencyKey)
  check.done()
  let card: IssuedCard | null = null
  const call = {
    actorId: viewer.actorId ?? '',
    organisationId,
    operation: 'addTeamMember',
    input: { ...input },
    key,
  }
  const memberId = await createOnce(context.em, call, async (em, id) => {
    await lockTeam(em, organisationId)
    if ((await takenNames(em, organisationId)).has(nameKey(member)))
      throw new UserFailure({ code: 'NAME_TAKEN', path: ['input', 'displayName'] })
    card = await insertMember(em, viewer, organisationId, id, member)
  })
  if (card) return { memberId, card }
  const [again] = await renewOpenCards(context, organisationId, [memberId])
  if (!again) throw new UserFailure({ code: 'NOT_FOUND', path: ['input', 'idempotencyKey'] })
  return again
}

/**
 * Issues a new card for a member, after every other way of the person into the organisation has ended.
 *
 * @throws UserFailure for what the caller can mend
 */
export async function reissueAccessCard(context: Context, id: string): Promise<MemberWithCard> {
  const viewer = authorizePerson(context.viewer)
  return unitOfWork(context.em, async (em) => {
    const { memberId, organisationId, accountId } = await findManagedMember(em, viewer, id)
    // It would end the session that asks, before anybody has seen the code.
    authorize(accountId !== viewer.actorId)
    const cardAccountId = await resetMemberAccess(em, memberId)
    authorize(cardAccountId !== null)
    await audit(em, viewer, { organisationId, action: 'ACCESS_RESET', subject: accountId })
    const card = await createAccessCard(em, viewer, { accountId: cardAccountId, organisationId })
    return { memberId, card }
  })
}

/**
 * Ends open cards, devices with a PIN and all sessions of a member.
 *
 * @returns the UUID of the member
 * @throws UserFailure for what the caller can mend
 */
export async function revokeAccess(context: Context, id: string): Promise<string> {
  const viewer = authorizePerson(context.viewer)
  return unitOfWork(context.em, async (em) => {
    const { memberId, organisationId, accountId } = await findManagedMember(em, viewer, id)
    authorize(await revokeMemberAccess(em, memberId))
    await audit(em, viewer, { organisationId, action: 'ACCESS_REVOKED', subject: accountId })
    return memberId
  })
}

/**
 * Takes over the role that an unused card carries, and acts for its organisation from then on.
 *
 * @throws UserFailure NOT_FOUND for every code that does not do this
 */
export async function joinWithCard(context: Context, code: string): Promise<Viewer> {
  const viewer = authorizePerson(context.viewer)
  const notFound = new UserFailure({ code: 'NOT_FOUND', path: ['input', 'code'] })
  return unitOfWork(context.em, async (em) => {
    const codeHash = await hashPresentedCard(em, code)
    const organisationId = codeHash && (await adoptAccessCard(em, codeHash))
    const role = organisationId && (await findRole(em, viewer.actorId, organisationId))
    if (!role) throw notFound
    await em.nativeUpdate(AuthSession, { id: viewer.sessionId ?? '' }, { organisationId })
    await audit(em, viewer, {
      organisationId,
      action: 'JOINED_WITH_CARD',
      subject: viewer.actorId,
      details: { role: role.role },
    })
    return withRole(viewer, organisationId, role.role)
  })
}

/** Name and unit of somebody to add, without superfluous white space. */
// public: it only looks at texts
export function checkMember(
  check: InputCheck,
  input: { displayName: string; unit?: string | null },
): Omit<NewMember, 'role'> {
  const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ')
  const displayName = check.text('displayName', oneLine(input.displayName), {
    max: limits.displayName,
    required: true,
  })
  const unit = check.text('unit', oneLine(input.unit ?? ''), { max: limits.unit })
  return { displayName, unit: unit || null }
}

/** What makes two people of an organisation hard to tell apart. */
// public: it only looks at texts
export function nameKey({ displayName, unit }: Omit<NewMember, 'role'>): string {
  return `${displayName}\n${unit ?? ''}`.toLocaleLowerCase('de')
}

/** The names in an organisation, within its units. */
// public: row security shows names to those who manage the organisation
export async function takenNames(
  em: SqlEntityManager,
  organisationId: string,
): Promise<Set<string>> {
  const names = await findNames(em, organisationId)
  return new Set(names.map(({ name, unit }) => nameKey({ displayName: name, unit })))
}

/** Makes account, role and card of somebody, in the transaction of `em`. */
// public: callers authorized the organisation and the role; row security holds both, too
export async function insertMember(
  em: SqlEntityManager,
  viewer: Viewer,
  organisationId: string,
  memberId: string,
  { displayName, role, unit }: NewMember,
): Promise<IssuedCard> {
  const accountId = await createAccount(em, { displayName })
  await insertRole(em, { memberId, accountId, organisationId, role, unit })
  await audit(em, viewer, {
    organisationId,
    action: 'MEMBER_ADDED',
    subject: accountId,
    details: { role },
  })
  return createAccessCard(em, viewer, { accountId, organisationId })
}

/**
 * New codes for the members whose cards are still open: a repetition of a call cannot give the first
 * codes again, because only their hashes are stored.
 */
// public: callers authorized the organisation; whom the viewer may not manage is left as it is
export async function renewOpenCards(
  context: Context,
  organisationId: string,
  memberIds: string[],
): Promise<MemberWithCard[]> {
  const { viewer } = context
  return unitOfWork(context.em, async (em) => {
    await lockTeam(em, organisationId)
    const members = await findOpenCards(em, memberIds)
    const renewed: MemberWithCard[] = []
    for (const { memberId, accountId, role, isOpen } of members) {
      const renews = isOpen && canManageRole(viewer, organisationId, role)
      const card = renews ? await createAccessCard(em, viewer, { accountId, organisationId }) : null
      renewed.push({ memberId, card })
    }
    return renewed
  })
}

function withRole(viewer: Viewer, organisationId: string, role: Role): Viewer {
  return {
    ...viewer,
    organisationId,
    organisationIds: [...viewer.organisationIds, organisationId],
    managedOrganisationIds: isManaging(role)
      ? [...viewer.managedOrganisationIds, organisationId]
      : viewer.managedOrganisationIds,
    roleAssignments: [...viewer.roleAssignments, { organisationId, role }],
  }
}
