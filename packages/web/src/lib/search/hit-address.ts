import type { SearchHitPartsFragment } from '#lib/__generated__/graphql.ts'
import { href } from '#lib/i18n.ts'

/** The part of the address that says for which search a hit is opened. */
export const openedBy = 'gesucht'

const paths = {
  Problem: '/probleme',
  Solution: '/loesungen',
  Organisation: '/organisationen',
} as const

/** Path of the page of what was found. */
export function entryPath({ __typename, id }: { __typename: keyof typeof paths; id: string }) {
  return href(`${paths[__typename]}/${id}`)
}

/** Path of a hit that says what it was found for: the page counts that and drops it again. */
export function hitPath(entry: SearchHitPartsFragment['entry'], query: string): string {
  const path = entryPath(entry)
  return query ? `${path}?${openedBy}=${encodeURIComponent(query)}` : path
}
