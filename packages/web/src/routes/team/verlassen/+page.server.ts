import { error } from '@sveltejs/kit'
import { LeaveOrganisationDocument } from '#lib/__generated__/graphql.ts'
import { finish, notFoundWords, requireSession } from '#lib/entry/server/act.ts'
import { href, m } from '#lib/i18n.ts'
import { api } from '#lib/server/api.ts'
import { text } from '#lib/server/form.ts'
import { dropSession } from '#lib/server/session-cookie.ts'
import { successorChoices } from '#lib/team/server/team.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  await requireSession(event)
  const { organisation, viewerCanManageTeam } = await event.locals.viewer()
  if (!organisation) error(404, notFoundWords(), { code: 'NOT_FOUND' })
  return {
    organisation,
    // Only those who manage the team know who is in it.
    successors: viewerCanManageTeam ? await successorChoices(event, organisation.id) : [],
  }
}

export const actions: Actions = {
  default: async (event) => {
    await requireSession(event)
    const form = await event.request.formData()
    // The organisation that the page spoke of: in another tab the viewer may act for another by now.
    const input = {
      organisationId: text(form, 'organisationId'),
      successorId: text(form, 'successorId') || null,
    }
    const outcome = await api(event).attempt(LeaveOrganisationDocument, { input })
    if (outcome.data?.leaveOrganisation.viewer?.kind === 'VISITOR') dropSession(event)
    return finish(event, outcome, ({ leaveOrganisation }) => leaveOrganisation.userErrors, {
      flash: m.team_leave_flash(),
      to: href('/'),
    })
  },
}
