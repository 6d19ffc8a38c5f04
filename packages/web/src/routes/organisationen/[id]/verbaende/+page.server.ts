import { RequestMembershipDocument, RevokeMandateDocument } from '#lib/__generated__/graphql.ts'
import { finish, requireSession } from '#lib/entry/server/act.ts'
import { m } from '#lib/i18n.ts'
import { endMembership } from '#lib/organisation/server/end-membership.ts'
import { loadJoined } from '#lib/organisation/server/joined.ts'
import { api } from '#lib/server/api.ts'
import { text } from '#lib/server/form.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = (event) => loadJoined(event, event.params.id)

export const actions: Actions = {
  request: async (event) => {
    await requireSession(event)
    const associationId = text(await event.request.formData(), 'associationId')
    const outcome = await api(event).attempt(RequestMembershipDocument, {
      input: { organisationId: event.params.id, associationId },
    })
    const flash = m.organisation_requested_flash()
    return finish(event, outcome, (data) => data.requestMembership.userErrors, { flash })
  },
  endMembership,
  revoke: async (event) => {
    await requireSession(event)
    const id = text(await event.request.formData(), 'id')
    const outcome = await api(event).attempt(RevokeMandateDocument, { input: { id } })
    const flash = m.organisation_mandate_revoked_flash()
    return finish(event, outcome, (data) => data.revokeMandate.userErrors, { flash })
  },
}
