import { error, redirect } from '@sveltejs/kit'
import { OrganisationToClaimDocument, SubmitClaimDocument } from '#lib/__generated__/graphql.ts'
import { notFoundWords } from '#lib/entry/server/act.ts'
import { refusals, showAgain } from '#lib/entry/server/form-state.ts'
import { href, m } from '#lib/i18n.ts'
import { api } from '#lib/server/api.ts'
import { setFlash } from '#lib/server/flash.ts'
import { text } from '#lib/server/form.ts'
import type { Actions, PageServerLoad } from './$types'

const fields = ['claimantName', 'claimantRole', 'claimantContact']

export const load: PageServerLoad = async (event) => {
  const { organisation } = await api(event).query(OrganisationToClaimDocument, {
    id: event.params.id,
  })
  if (!organisation) error(404, notFoundWords(), { code: 'NOT_FOUND' })
  return { organisation }
}

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData()
    const values = {
      claimantName: text(form, 'claimantName'),
      claimantRole: text(form, 'claimantRole'),
      claimantContact: text(form, 'claimantContact'),
    }
    const { data, failure } = await api(event).attempt(SubmitClaimDocument, {
      input: { ...values, organisationId: event.params.id },
    })
    if (failure)
      return showAgain(fields, { values, errors: { '': failure.message } }, failure.status)
    const { secret, userErrors } = data.submitOrganisationClaim
    if (!secret) return showAgain(fields, { values, ...refusals(userErrors) })
    setFlash(event, m.organisation_claim_sent_flash())
    redirect(303, href(`/uebernahme/${secret}`))
  },
}
