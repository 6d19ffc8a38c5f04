import { redirect } from '@sveltejs/kit'
import { href, m } from '#lib/i18n.ts'
import { setFlash } from '#lib/server/flash.ts'
import { text } from '#lib/server/form.ts'
import { returnPath } from '#lib/server/return-path.ts'
import { actFor } from '#lib/server/session.ts'
import type { RequestHandler } from './$types'

/** Acts for another of one's own organisations from now on. */
export const POST: RequestHandler = async (event) => {
  const form = await event.request.formData()
  const problem = await actFor(event, text(form, 'organisation'))
  setFlash(event, problem ?? m.identity_switched_plain(), problem ? 'warning' : 'success')
  redirect(303, returnPath(form.get('zurueck'), href('/')))
}
