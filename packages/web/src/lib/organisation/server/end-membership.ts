import { fail, type RequestEvent } from '@sveltejs/kit'
import { EndMembershipDocument } from '#lib/__generated__/graphql.ts'
import { finish, requireSession } from '#lib/entry/server/act.ts'
import { m } from '#lib/i18n.ts'
import { api } from '#lib/server/api.ts'
import { text } from '#lib/server/form.ts'

const isDay = /^\d{4}-\d\d-\d\d$/

/** Ends a membership, for a page of either side. */
export async function endMembership(event: RequestEvent) {
  await requireSession(event)
  const form = await event.request.formData()
  const from = text(form, 'from')
  if (!isDay.test(from)) return fail(422, { fault: m.organisation_mandate_day_missing() })
  const outcome = await api(event).attempt(EndMembershipDocument, {
    input: {
      organisationId: text(form, 'organisation'),
      associationId: text(form, 'association'),
      from,
    },
  })
  const flash = m.organisation_ended_flash()
  return finish(event, outcome, (data) => data.endMembership.userErrors, { flash })
}
