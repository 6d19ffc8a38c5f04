import { error, fail } from '@sveltejs/kit'
import {
  ChangeTeamRoleDocument,
  ReissueAccessCardDocument,
  RemoveTeamMemberDocument,
  RevokeAccessDocument,
  TeamMemberPageDocument,
} from '#lib/__generated__/graphql.ts'
import { type Fault, finish, notFoundWords } from '#lib/entry/server/act.ts'
import { href, m } from '#lib/i18n.ts'
import { roles } from '#lib/identity/role.ts'
import { api } from '#lib/server/api.ts'
import { text } from '#lib/server/form.ts'
import { cardAddress, requireTeam, successorChoices } from '#lib/team/server/team.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const organisation = await requireTeam(event)
  const { node } = await api(event).query(TeamMemberPageDocument, { id: event.params.id })
  if (node?.__typename !== 'TeamMember') error(404, notFoundWords(), { code: 'NOT_FOUND' })
  return {
    organisation,
    member: node,
    successors: await successorChoices(event, organisation.id, node.id),
    cardAddress: cardAddress(event.url),
  }
}

export const actions: Actions = {
  change: async (event) => {
    await requireTeam(event)
    const form = await event.request.formData()
    const role = roles.find((known) => known === text(form, 'role'))
    if (!role) return fail(422, { fault: m.team_role_missing() } satisfies Fault)
    const input = { memberId: event.params.id, role, unit: text(form, 'unit') }
    const outcome = await api(event).attempt(ChangeTeamRoleDocument, { input })
    const flash = m.team_change_flash()
    return finish(event, outcome, ({ changeTeamRole }) => changeTeamRole.userErrors, { flash })
  },
  reissue: async (event) => {
    await requireTeam(event)
    const memberId = event.params.id
    const { data, failure } = await api(event).attempt(ReissueAccessCardDocument, { memberId })
    if (failure) return fail(failure.status, { fault: failure.message } satisfies Fault)
    const { member, card, userErrors } = data.reissueAccessCard
    if (!member) return fail(422, { fault: userErrors[0]?.message ?? notFoundWords() })
    return { issued: { name: member.name, unit: member.unit, card } }
  },
  revoke: async (event) => {
    await requireTeam(event)
    const memberId = event.params.id
    const outcome = await api(event).attempt(RevokeAccessDocument, { memberId })
    const flash = m.team_revoke_flash()
    return finish(event, outcome, ({ revokeAccess }) => revokeAccess.userErrors, { flash })
  },
  remove: async (event) => {
    await requireTeam(event)
    const form = await event.request.formData()
    const input = { memberId: event.params.id, successorId: text(form, 'successorId') || null }
    const outcome = await api(event).attempt(RemoveTeamMemberDocument, { input })
    const count = outcome.data?.removeTeamMember.handedOver ?? 0
    return finish(event, outcome, ({ removeTeamMember }) => removeTeamMember.userErrors, {
      flash: m.team_remove_flash({ count }),
      to: href(count > 0 ? '/team/uebergaben' : '/team'),
    })
  },
}
