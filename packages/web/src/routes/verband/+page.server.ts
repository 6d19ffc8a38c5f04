import { fail, type RequestEvent } from '@sveltejs/kit'
import { limits } from '@netzwerkdiakonie/schema/limits'
import {
  ConfirmClaimDocument,
  ConfirmMembershipDocument,
  type MutationErrorsFragment,
  RefuseClaimDocument,
  RefuseMembershipDocument,
  VerbandDocument,
} from '#lib/__generated__/graphql.ts'
import { fromCursor, readListAddress, writeListAddress } from '#lib/entry/list-address.ts'
import { finish, requireSession } from '#lib/entry/server/act.ts'
import { queryPage } from '#lib/entry/server/list.ts'
import { m } from '#lib/i18n.ts'
import { endMembership } from '#lib/organisation/server/end-membership.ts'
import { api, type Outcome } from '#lib/server/api.ts'
import { text } from '#lib/server/form.ts'
import { today } from '#lib/today.ts'
import { actingAssociation } from '#lib/organisation/server/acting-association.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  if (event.request.method === 'GET') await requireSession(event)
  const address = readListAddress({ q: { maxLength: limits.searchQuery } }, event.url.searchParams)
  const association = await actingAssociation(event)
  if (!association) return { association, address, lists: null, today: today() }
  const data = await queryPage(
    event,
    VerbandDocument,
    {
      association: association.id,
      query: address.values.q[0] ?? null,
      after: address.after ?? null,
    },
    writeListAddress(event.url.pathname, fromCursor(address)),
  )
  return {
    association,
    address,
    today: today(),
    lists: {
      claims: data.organisationClaims.edges.map(({ node }) => node),
      claimCount: data.organisationClaims.totalCount.value,
      requests: data.membershipRequests.edges.map(({ node }) => node),
      requestCount: data.membershipRequests.totalCount.value,
      members: data.memberships.edges.map(({ node }) => node),
      memberPage: data.memberships.pageInfo,
      memberCount: data.memberships.totalCount,
      mandates: data.mandates.edges.map(({ node }) => node),
    },
  }
}

export const actions: Actions = {
  confirmClaim: async (event) => {
    await requireSession(event)
    const id = text(await event.request.formData(), 'id')
    const { data, failure } = await api(event).attempt(ConfirmClaimDocument, { input: { id } })
    if (failure) return fail(failure.status, { fault: failure.message })
    const { organisation, executive, card, userErrors } = data.confirmOrganisationClaim
    if (!organisation || !card)
      return fail(422, { fault: userErrors[0]?.message ?? m.entry_unknown_choice() })
    // Shown at once instead of after a redirect: the code exists this one time only.
    return { issued: { organisation: organisation.name, executive: executive ?? '', card } }
  },
  refuseClaim: (event) =>
    refuse(
      event,
      (input) => api(event).attempt(RefuseClaimDocument, { input }),
      (data) => data.refuseOrganisationClaim.userErrors,
    ),
  confirmRequest: async (event) => {
    await requireSession(event)
    const id = text(await event.request.formData(), 'id')
    const outcome = await api(event).attempt(ConfirmMembershipDocument, { input: { id } })
    const flash = m.organisation_request_confirmed_flash()
    return finish(event, outcome, (data) => data.confirmMembership.userErrors, { flash })
  },
  refuseRequest: (event) =>
    refuse(
      event,
      (input) => api(event).attempt(RefuseMembershipDocument, { input }),
      (data) => data.refuseMembership.userErrors,
    ),
  endMembership,
}

/** Refuses something with a reason, and keeps the reason if that could not be done. */
async function refuse<Data>(
  event: RequestEvent,
  attempt: (input: { id: string; reason: string }) => Promise<Outcome<Data>>,
  errorsOf: (data: Data) => readonly MutationErrorsFragment[],
) {
  await requireSession(event)
  const form = await event.request.formData()
  const input = { id: text(form, 'id'), reason: text(form, 'reason') }
  const outcome = await attempt(input)
  const [first] = outcome.data ? errorsOf(outcome.data) : []
  if (first?.path?.includes('reason'))
    return fail(422, { tried: { ...input, error: first.message } })
  return finish(event, outcome, errorsOf, { flash: m.organisation_refused_flash() })
}
