import { redirect } from '@sveltejs/kit'
import { href, m } from '#lib/i18n.ts'
import { setFlash } from '#lib/server/flash.ts'
import { signOut } from '#lib/server/session.ts'
import type { RequestHandler } from './$types'

/** Only by POST: no link and no picture on another page may end a session. */
export const POST: RequestHandler = async (event) => {
  await signOut(event)
  setFlash(event, m.identity_signed_out())
  redirect(303, href('/'))
}
