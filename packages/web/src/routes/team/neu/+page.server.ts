import { randomUUID } from 'node:crypto'
import { AddTeamMemberDocument } from '#lib/__generated__/graphql.ts'
import { refusals, refusedFor, showAgain } from '#lib/entry/server/form-state.ts'
import { m } from '#lib/i18n.ts'
import { type Role, roles } from '#lib/identity/role.ts'
import { api } from '#lib/server/api.ts'
import { text } from '#lib/server/form.ts'
import { cardAddress, requireTeam } from '#lib/team/server/team.ts'
import type { Actions, PageServerLoad } from './$types'

const fields = ['displayName', 'role', 'unit'] as const

export const load: PageServerLoad = async (event) => ({
  organisation: await requireTeam(event),
  initial: { displayName: '', role: '', unit: '', idempotencyKey: randomUUID() },
  cardAddress: cardAddress(event.url),
})

export const actions: Actions = {
  default: async (event) => {
    const organisation = await requireTeam(event)
    const form = await event.request.formData()
    const values = {
      displayName: text(form, 'displayName'),
      role: text(form, 'role'),
      unit: text(form, 'unit'),
      idempotencyKey: text(form, 'idempotencyKey') || randomUUID(),
    }
    const role = roles.find((known) => known === values.role)
    const errors: Record<string, string> = {}
    if (!values.displayName) errors['displayName'] = m.team_name_missing()
    if (!role) errors['role'] = m.team_role_missing()
    if (Object.keys(errors).length > 0) return showAgain(fields, { values, errors })
    const input = { ...values, role: role as Role, organisationId: organisation.id }
    const { data, failure } = await api(event).attempt(AddTeamMemberDocument, { input })
    if (failure) {
      return showAgain(fields, { values, errors: { '': failure.message } }, failure.status)
    }
    const { member, card, userErrors } = data.addTeamMember
    if (!member) {
      // What was changed after the first sending is a new person.
      if (refusedFor(userErrors, 'IDEMPOTENCY_KEY_REUSED')) values.idempotencyKey = randomUUID()
      return showAgain(fields, { values, errors: refusals(userErrors).errors })
    }
    return { issued: { name: member.name, unit: member.unit, card } }
  },
}
