import { fail } from '@sveltejs/kit'
import {
  DeclineMessageDocument,
  MediationQueueDocument,
  RelayMessageDocument,
} from '#lib/__generated__/graphql.ts'
import { oneOf } from '#lib/entry/choice.ts'
import { finish, requireSession } from '#lib/entry/server/act.ts'
import { m } from '#lib/i18n.ts'
import { mediationStates } from '#lib/mediation/labels.ts'
import { api } from '#lib/server/api.ts'
import { text } from '#lib/server/form.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  await requireSession(event)
  const state = oneOf(mediationStates, event.url.searchParams.get('stand'))
  const after = event.url.searchParams.get('after')
  const { viewer, mediationQueue } = await api(event).query(MediationQueueDocument, {
    state,
    after,
  })
  return {
    mediates: viewer.mediates,
    letters: mediationQueue.edges.map(({ node }) => node),
    pageInfo: mediationQueue.pageInfo,
    isFirst: after === null,
    state,
  }
}

export const actions: Actions = {
  relay: async (event) => {
    await requireSession(event)
    const id = text(await event.request.formData(), 'id')
    const outcome = await api(event).attempt(RelayMessageDocument, { id })
    const flash = m.mediation_relayed_flash()
    return finish(event, outcome, ({ relayMessage }) => relayMessage.userErrors, { flash })
  },
  decline: async (event) => {
    await requireSession(event)
    const form = await event.request.formData()
    const [id, reason] = [text(form, 'id'), text(form, 'reason')]
    const outcome = await api(event).attempt(DeclineMessageDocument, { id, reason })
    const [first] = outcome.data?.declineMessage.userErrors ?? []
    if (first?.path?.includes('reason'))
      return fail(422, { id, reason, reasonError: first.message })
    const flash = m.mediation_declined_flash()
    return finish(event, outcome, ({ declineMessage }) => declineMessage.userErrors, { flash })
  },
}
