import { fail, redirect } from '@sveltejs/kit'
import { StartSingleSignOnDocument } from '#lib/__generated__/graphql.ts'
import { describeFailure } from '#lib/errors.ts'
import { href, m } from '#lib/i18n.ts'
import { keepPending } from '#lib/identity/server/pending-sign-in.ts'
import { api } from '#lib/server/api.ts'
import { summary, text } from '#lib/server/form.ts'
import { returnPath } from '#lib/server/return-path.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ url }) => ({
  next: returnPath(url.searchParams.get('weiter'), ''),
})

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData()
    const addressOrDomain = text(form, 'addressOrDomain')
    const next = returnPath(form.get('weiter'), '')
    const refuse = (status: number, message: string) => {
      const errors = { addressOrDomain: message }
      return fail(status, { addressOrDomain, next, errors, summary: summary(errors) })
    }
    if (!addressOrDomain) return refuse(422, m.identity_organisation_missing())
    const input = { addressOrDomain }
    const { data, failure } = await api(event).attempt(StartSingleSignOnDocument, { input })
    if (failure) return refuse(failure.status, failure.message)
    const { location, state, userErrors } = data.startSingleSignOn
    const [wrong] = userErrors
    if (wrong) return refuse(wrong.code === 'SINGLE_SIGN_ON_UNAVAILABLE' ? 503 : 422, wrong.message)
    if (!location || !state) return refuse(500, describeFailure('INTERNAL').message)
    keepPending(event, { location, state, next })
    // Browsers let no form lead to another site here (`form-action`): a page of ours goes on from there.
    redirect(303, href('/anmelden/weiter'))
  },
}
