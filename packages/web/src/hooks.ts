import type { Reroute } from '@sveltejs/kit/hooks'
import { withoutLocale } from '#lib/i18n.ts'

/** /en/probleme is the same route as /probleme. */
export const reroute: Reroute = ({ url }) => withoutLocale(url.pathname)
