import { href, m } from '#lib/i18n.ts'
import { setFlash } from '#lib/server/flash.ts'
import { returnPath } from '#lib/server/return-path.ts'
import { signOut } from '#lib/server/session.ts'
import { isMarkedShared } from '#lib/server/session-cookie.ts'
import type { RequestHandler } from './$types'

/** Only by POST: no link and no picture on another page may end a session. */
export const POST: RequestHandler = async (event) => {
  const form = await event.request.formData()
  await signOut(event)
  const isSwitching = form.has('wechseln')
  if (!isSwitching) setFlash(event, m.identity_signed_out())
  const back = encodeURIComponent(returnPath(form.get('weiter')))
  const headers = new Headers({
    location: isSwitching ? `${href('/anmelden')}?weiter=${back}` : href('/'),
  })
  // What the next person must not find: texts that this browser kept.
  if (isMarkedShared(event)) headers.set('clear-site-data', '"storage"')
  return new Response(null, { status: 303, headers })
}
