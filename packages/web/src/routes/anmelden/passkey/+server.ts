import { json, redirect } from '@sveltejs/kit'
import {
  FinishPasskeySignInDocument,
  StartPasskeySignInDocument,
} from '#lib/__generated__/graphql.ts'
import { describeFailure } from '#lib/errors.ts'
import { href, m } from '#lib/i18n.ts'
import { api } from '#lib/server/api.ts'
import { setFlash } from '#lib/server/flash.ts'
import { text } from '#lib/server/form.ts'
import { returnPath } from '#lib/server/return-path.ts'
import { keepSession } from '#lib/server/session-cookie.ts'
import type { RequestHandler } from './$types'

/** What the browser is to ask its passkeys; a fresh question each time. */
export const GET: RequestHandler = async (event) => {
  const { data, failure } = await api(event).attempt(StartPasskeySignInDocument)
  const { options, state, userErrors } = data?.startPasskeySignIn ?? {}
  const message = failure?.message ?? userErrors?.[0]?.message
  return json({ options, state, message }, { headers: { 'cache-control': 'no-store' } })
}

/** Signs in with the answer; what is wrong shows on the sign-in page. */
export const POST: RequestHandler = async (event) => {
  const form = await event.request.formData()
  const input = { state: text(form, 'state'), response: text(form, 'response') }
  const { data, failure } = await api(event).attempt(FinishPasskeySignInDocument, { input })
  const { sessionToken, userErrors } = data?.finishPasskeySignIn ?? {}
  if (!sessionToken) {
    const words = failure?.message ?? userErrors?.[0]?.message
    setFlash(event, words ?? describeFailure('INTERNAL').message, 'warning')
    const next = returnPath(form.get('weiter'), '')
    redirect(303, `${href('/anmelden')}${next && `?weiter=${encodeURIComponent(next)}`}`)
  }
  keepSession(event, sessionToken)
  setFlash(event, m.identity_welcome())
  redirect(303, returnPath(form.get('weiter'), href('/')))
}
