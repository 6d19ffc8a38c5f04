import { draftOwnerOf } from '#lib/server/draft-owner.ts'
import { takeFlash } from '#lib/server/flash.ts'
import { themeOf } from '#lib/server/theme.ts'
import type { LayoutServerLoad } from './$types'

export const load: LayoutServerLoad = async (event) => ({
  viewer: await event.locals.viewer(),
  theme: themeOf(event),
  flash: takeFlash(event),
  draftOwner: draftOwnerOf(event),
})
