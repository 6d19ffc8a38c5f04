import { redirect } from '@sveltejs/kit'
import { href } from '#lib/i18n.ts'
import { readPending } from '#lib/identity/server/pending-sign-in.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = (event) => {
  const pending = readPending(event)
  if (!pending) redirect(303, href('/anmelden/organisation'))
  event.setHeaders({ 'cache-control': 'no-store' })
  return { location: pending.location, host: new URL(pending.location).host }
}
