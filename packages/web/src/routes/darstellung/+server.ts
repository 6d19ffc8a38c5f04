import { redirect } from '@sveltejs/kit'
import { href } from '#lib/i18n.ts'
import { returnPath } from '#lib/server/return-path.ts'
import { keepTheme, parseTheme } from '#lib/server/theme.ts'
import type { RequestHandler } from './$types'

/** Remembers light, dark or the device's own look, and shows the same page again. */
export const POST: RequestHandler = async (event) => {
  const form = await event.request.formData()
  keepTheme(event, parseTheme(form.get('theme')))
  redirect(303, returnPath(form.get('zurueck'), href('/')))
}
