import { limits } from '@netzwerkdiakonie/schema/limits'
import { SearchDocument } from '#lib/__generated__/graphql.ts'
import { plainLine } from '#lib/entry/list-address.ts'
import { queryPage } from '#lib/entry/server/list.ts'
import { searchKindWord, searchKindWords } from '#lib/search/kinds.ts'
import { searchAddress } from '#lib/search/search-address.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const params = event.url.searchParams
  const query = plainLine(params.get('q') ?? '', limits.searchQuery)
  const kind = searchKindWord(params.get('art'))
  const after = params.get('after')?.slice(0, 500) || null
  if (!query) return { query, kind, after, search: null }
  const { search } = await queryPage(
    event,
    SearchDocument,
    { query, filter: kind ? { kinds: [searchKindWords[kind]] } : null, first: 20, after },
    searchAddress(event.url.pathname, query, kind),
  )
  return { query, kind, after, search }
}
