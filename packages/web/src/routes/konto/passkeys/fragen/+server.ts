import { json } from '@sveltejs/kit'
import { StartPasskeyRegistrationDocument } from '#lib/__generated__/graphql.ts'
import { api } from '#lib/server/api.ts'
import type { RequestHandler } from './$types'

/** What the browser is to ask its authenticator for; a fresh question each time. */
export const GET: RequestHandler = async (event) => {
  const { data, failure } = await api(event).attempt(StartPasskeyRegistrationDocument)
  const { options, state, userErrors } = data?.startPasskeyRegistration ?? {}
  const message = failure?.message ?? userErrors?.[0]?.message
  return json({ options, state, message }, { headers: { 'cache-control': 'no-store' } })
}
