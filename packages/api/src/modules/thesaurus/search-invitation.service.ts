import { limits } from '@netzwerkdiakonie/schema'
import type { InviteToPublishInput } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { UserFailure } from '#api/errors.ts'
import { uuidOf } from '#lib/global-id.ts'
import { createOnce } from '#lib/idempotency/create-once.ts'
import type { PageArguments } from '#lib/page.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import { InputCheck } from '#modules/entry/input.ts'
import { audit } from '#modules/identity/audit.ts'
import { authorize } from '#modules/identity/authorize.ts'
import { authorizePerson } from '#modules/identity/viewer.ts'
import { authorizeEditor } from '#modules/thesaurus/acting-association.ts'
import { takeOffList } from '#modules/thesaurus/missed-search.service.ts'
import {
  SearchInvitation,
  type SearchInvitationPage,
} from '#modules/thesaurus/search-invitation.entity.ts'
import { canEnd } from '#modules/thesaurus/thesaurus.policy.ts'
import { readSearchInvitations } from '#modules/thesaurus/thesaurus.repository.ts'

/** A page of invitations. */
// public: the whole network is invited
export function listSearchInvitations(
  context: Context,
  page: PageArguments,
): Promise<SearchInvitationPage> {
  return readSearchInvitations(context, page)
}

/**
 * Invites the network to publish about something.
 *
 * @returns the UUID of the invitation
 * @throws UNAUTHENTICATED; UserFailure for what the caller can mend
 */
export async function inviteToPublish(
  context: Context,
  input: InviteToPublishInput,
): Promise<string> {
  const { viewer, associationId } = await authorizeEditor(context, input.associationId)
  const check = new InputCheck()
  const topic = check.text('topic', input.topic, { max: limits.title, required: true })
  const note = check.text('note', input.note, { max: limits.invitationNote })
  check.clientData({ topic, note }, false)
  const key = check.idempotencyKey(input.idempotencyKey ?? context.idempotencyKey)
  check.done()
  const call = {
    actorId: viewer.actorId,
    organisationId: associationId,
    operation: 'inviteToPublish',
    input: { ...input },
    key,
  }
  return createOnce(context.em, call, async (em, id) => {
    if (input.missedSearchId) await takeOffList(em, input.missedSearchId, 'missedSearchId')
    em.create(SearchInvitation, { id, topic, note, associationId })
    await em.flush()
    await audit(em, viewer, {
      organisationId: associationId,
      action: 'INVITED_TO_PUBLISH',
      subject: id,
    })
  })
}

/**
 * Ends an invitation.
 *
 * @throws UNAUTHENTICATED; UserFailure NOT_FOUND, FORBIDDEN
 */
export async function closeSearchInvitation(context: Context, id: string): Promise<void> {
  const viewer = authorizePerson(context.viewer)
  await unitOfWork(context.em, async (em) => {
    const uuid = uuidOf('SearchInvitation', id)
    const invitation = uuid ? await em.findOne(SearchInvitation, uuid) : null
    if (!invitation) throw new UserFailure({ code: 'NOT_FOUND', path: ['input', 'id'] })
    authorize(canEnd(viewer, invitation))
    em.remove(invitation)
    await audit(em, viewer, {
      organisationId: invitation.associationId,
      action: 'SEARCH_INVITATION_CLOSED',
      subject: invitation.id,
    })
  })
}
