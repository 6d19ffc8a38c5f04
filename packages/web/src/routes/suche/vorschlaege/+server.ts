import { json } from '@sveltejs/kit'
import { limits } from '@netzwerkdiakonie/schema/limits'
import { SearchSuggestionsDocument } from '#lib/__generated__/graphql.ts'
import { plainLine } from '#lib/entry/list-address.ts'
import { m } from '#lib/i18n.ts'
import { shownSuggestions } from '#lib/search/suggestions.ts'
import { api } from '#lib/server/api.ts'
import type { RequestHandler } from './$types'

/** What completes the words that somebody is typing, for `suggest.ts`. */
export const GET: RequestHandler = async (event) => {
  const query = plainLine(event.url.searchParams.get('q') ?? '', limits.searchQuery)
  const { data, failure } =
    query.length < 2
      ? { data: null, failure: null }
      : await api(event).attempt(SearchSuggestionsDocument, { query })
  const suggestions = shownSuggestions(data?.searchSuggestions ?? [])
  const status = m.search_suggestion_count({ count: suggestions.length })
  return json({ status, suggestions }, { status: failure?.status ?? 200 })
}
