import { redirect } from '@sveltejs/kit'
import { GrantMandateDocument } from '#lib/__generated__/graphql.ts'
import { requireSession } from '#lib/entry/server/act.ts'
import { refusals, showAgain } from '#lib/entry/server/form-state.ts'
import { href, m } from '#lib/i18n.ts'
import { loadJoined } from '#lib/organisation/server/joined.ts'
import { api } from '#lib/server/api.ts'
import { setFlash } from '#lib/server/flash.ts'
import { type FieldErrors, flag, text } from '#lib/server/form.ts'
import type { Actions, PageServerLoad } from './$types'

const fields = ['associationId', 'lastDay', 'consent']

export const load: PageServerLoad = (event) => loadJoined(event, event.params.id)

export const actions: Actions = {
  default: async (event) => {
    await requireSession(event)
    const form = await event.request.formData()
    const values = {
      associationId: text(form, 'associationId'),
      lastDay: text(form, 'lastDay'),
      consent: flag(form, 'consent'),
    }
    const errors: FieldErrors = {}
    if (!values.associationId)
      errors['associationId'] = m.organisation_mandate_association_missing()
    if (!/^\d{4}-\d\d-\d\d$/.test(values.lastDay))
      errors['lastDay'] = m.organisation_mandate_day_missing()
    if (!values.consent) errors['consent'] = m.organisation_mandate_consent_missing()
    if (Object.keys(errors).length > 0) return showAgain(fields, { values, errors })
    const { associationId, lastDay } = values
    const organisationId = event.params.id
    const { data, failure } = await api(event).attempt(GrantMandateDocument, {
      input: { organisationId, associationId, lastDay },
    })
    if (failure)
      return showAgain(fields, { values, errors: { '': failure.message } }, failure.status)
    const { userErrors } = data.grantMandate
    if (userErrors.length > 0) return showAgain(fields, { values, ...refusals(userErrors) })
    setFlash(event, m.organisation_mandate_granted_flash())
    redirect(303, href(`/organisationen/${organisationId}/verbaende`))
  },
}
