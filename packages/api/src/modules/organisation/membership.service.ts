import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql'
import { limits } from '@netzwerkdiakonie/schema'
import type {
  EndMembershipInput,
  RefuseMembershipInput,
  RequestMembershipInput,
} from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { UserFailure } from '#api/errors.ts'
import { today } from '#lib/today.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import { InputCheck } from '#modules/entry/input.ts'
import { authorize } from '#modules/identity/authorize.ts'
import { authorizeContributor, type Viewer } from '#modules/identity/viewer.ts'
import { auditBoth } from '#modules/organisation/audit-both.ts'
import { findOrganisation } from '#modules/organisation/find-organisation.ts'
import { Membership } from '#modules/organisation/membership.entity.ts'
import { MembershipRequest } from '#modules/organisation/membership-request.entity.ts'
import {
  readMembershipRequest,
  readMembershipRequests,
  readMemberships,
} from '#modules/organisation/membership.repository.ts'
import { notFound, requireUuid } from '#modules/organisation/opaque-uuid.ts'
import { canManage, isAssociation } from '#modules/organisation/organisation.policy.ts'

/** A page of memberships. */
// public: the directory of organisations is open to everybody
export const listMemberships = readMemberships

/** A page of requests for membership. */
// public: row security shows a request to those who manage one of its two sides
export const listMembershipRequests = readMembershipRequests

/** The request with this UUID. */
// public: row security shows a request to those who manage one of its two sides
export const requestById = readMembershipRequest

/**
 * Asks an association to take an organisation in. Asking again while a request is open changes nothing.
 *
 * @returns the UUID of the request
 * @throws UserFailure for what the caller can mend
 */
export async function requestMembership(
  context: Context,
  input: RequestMembershipInput,
): Promise<string> {
  const viewer = authorizeContributor(context.viewer)
  return unitOfWork(context.em, async (em) => {
    const organisation = await findOrganisation(em, input.organisationId, 'organisationId')
    authorize(canManage(viewer, organisation.id))
    const association = await findOrganisation(em, input.associationId, 'associationId')
    const isOpen = isAssociation(association) && association.claimed && !association.mergedIntoId
    if (!isOpen || association.id === organisation.id)
      throw new UserFailure({ code: 'WRONG_STATE', path: ['input', 'associationId'] })
    const pair = { organisationId: organisation.id, associationId: association.id }
    const staying = await em.count(Membership, { ...pair, validUntil: null })
    if (staying > 0)
      throw new UserFailure({ code: 'ALREADY_MEMBER', path: ['input', 'associationId'] })
    // Whoever asks at the same time waits here.
    await em.refresh(organisation, { lockMode: LockMode.PESSIMISTIC_WRITE })
    const open = await em.findOne(MembershipRequest, { ...pair, state: 'OPEN' })
    if (open) return open.id
    const id = crypto.randomUUID()
    await em.execute(
      'insert into membership_request (id, organisation_id, association_id) values (?, ?, ?)',
      [id, pair.organisationId, pair.associationId],
    )
    await auditBoth(em, viewer, pair, { action: 'MEMBERSHIP_REQUESTED', subject: id })
    return id
  })
}

/**
 * Takes an organisation in, from today: from now on both see what the other shares within the association.
 *
 * @returns the UUID of the request
 * @throws UserFailure WRONG_STATE if somebody else decided meanwhile
 */
export async function confirmMembership(context: Context, id: string): Promise<string> {
  const viewer = authorizeContributor(context.viewer)
  return unitOfWork(context.em, async (em) => {
    const request = await findRequest(em, viewer, id)
    const [decided] = await em.execute<{ done: boolean }[]>(
      'select confirm_membership(?) as done',
      [request.id],
    )
    if (!decided?.done) throw new UserFailure({ code: 'WRONG_STATE', path: ['input', 'id'] })
    await auditBoth(em, viewer, request, {
      action: 'MEMBERSHIP_CONFIRMED',
      subject: request.id,
    })
    return request.id
  })
}

/**
 * Refuses a request.
 *
 * @returns the UUID of the request
 * @throws UserFailure for what the caller can mend
 */
export async function refuseMembership(
  context: Context,
  input: RefuseMembershipInput,
): Promise<string> {
  const viewer = authorizeContributor(context.viewer)
  return unitOfWork(context.em, async (em) => {
    const request = await findRequest(em, viewer, input.id)
    const check = new InputCheck()
    const reason = check.text('reason', input.reason, {
      max: limits.refusalReason,
      required: true,
    })
    check.done()
    const refused = await em.nativeUpdate(
      MembershipRequest,
      { id: request.id, state: 'OPEN' },
      { state: 'REFUSED', reason },
    )
    if (refused === 0) throw new UserFailure({ code: 'WRONG_STATE', path: ['input', 'id'] })
    await auditBoth(em, viewer, request, { action: 'MEMBERSHIP_REFUSED', subject: request.id })
    return request.id
  })
}

/**
 * Ends a membership from a day on. What was to end later ends then; nothing is made longer.
 *
 * @returns the UUID of the organisation
 * @throws UserFailure for what the caller can mend
 */
export async function endMembership(context: Context, input: EndMembershipInput): Promise<string> {
  const viewer = authorizeContributor(context.viewer)
  return unitOfWork(context.em, async (em) => {
    const organisation = await findOrganisation(em, input.organisationId, 'organisationId')
    const association = await findOrganisation(em, input.associationId, 'associationId')
    authorize(canManage(viewer, organisation.id) || canManage(viewer, association.id))
    if (input.from < today())
      throw new UserFailure({ code: 'DAY_OUT_OF_RANGE', path: ['input', 'from'] })
    const pair = { organisationId: organisation.id, associationId: association.id }
    const [ended] = await em.execute<{ done: boolean }[]>(
      'select end_membership(?, ?, ?::date) as done',
      [pair.organisationId, pair.associationId, input.from],
    )
    if (!ended?.done) throw new UserFailure({ code: 'WRONG_STATE', path: ['input', 'from'] })
    await auditBoth(em, viewer, pair, {
      action: 'MEMBERSHIP_ENDED',
      subject: organisation.id,
      details: { from: input.from },
    })
    return organisation.id
  })
}

/** The request that the viewer decides on. @throws UserFailure NOT_FOUND or FORBIDDEN */
async function findRequest(em: SqlEntityManager, viewer: Viewer, id: string) {
  const request = await em.findOne(MembershipRequest, requireUuid(id))
  if (!request) throw notFound()
  authorize(canManage(viewer, request.associationId))
  return request
}
