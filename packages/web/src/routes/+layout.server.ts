import { takeFlash } from '#lib/server/flash.ts'
import { themeOf } from '#lib/server/theme.ts'
import type { LayoutServerLoad } from './$types'

export const load: LayoutServerLoad = async (event) => ({
  viewer: await event.locals.viewer(),
  theme: themeOf(event),
  flash: takeFlash(event),
})
