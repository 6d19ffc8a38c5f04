import type { SearchKindWord } from './kinds.ts'

/** Address of a search, of one of its kinds, or of a further page of it. */
export function searchAddress(
  path: string,
  query: string,
  kind: SearchKindWord | null,
  after?: string | null,
): string {
  const params = new URLSearchParams({ q: query })
  if (kind) params.set('art', kind)
  if (after) params.set('after', after)
  return `${path}?${params.toString()}`
}
