import { error, redirect } from '@sveltejs/kit'
import { FinishSingleSignOnDocument } from '#lib/__generated__/graphql.ts'
import { describeFailure } from '#lib/errors.ts'
import { href, m } from '#lib/i18n.ts'
import { dropPending, readPending } from '#lib/identity/server/pending-sign-in.ts'
import { api } from '#lib/server/api.ts'
import { setFlash } from '#lib/server/flash.ts'
import { returnPath } from '#lib/server/return-path.ts'
import { keepSession } from '#lib/server/session-cookie.ts'
import type { RequestHandler } from './$types'

/** Where the provider of an organisation sends people back to: its answer is in the address. */
export const GET: RequestHandler = async (event) => {
  const pending = readPending(event)
  dropPending(event)
  const input = { state: pending?.state ?? '', query: event.url.search }
  const { data, failure } = await api(event).attempt(FinishSingleSignOnDocument, { input })
  if (failure)
    error(failure.status, failure.message, { code: failure.code, reference: failure.reference })
  const { sessionToken, userErrors } = data.finishSingleSignOn
  if (sessionToken) {
    keepSession(event, sessionToken)
    setFlash(event, m.identity_organisation_welcome())
    redirect(303, returnPath(pending?.next, '') || href('/'))
  }
  const [wrong] = userErrors
  const message = wrong?.message ?? describeFailure('INTERNAL').message
  if (wrong?.code === 'SINGLE_SIGN_ON_UNAVAILABLE')
    error(503, message, { code: 'UNAVAILABLE', reference: event.locals.requestId })
  setFlash(event, message, 'warning')
  redirect(303, href('/anmelden/organisation'))
}
