import type { SearchSuggestionsQuery, SearchSuggestionKind } from '#lib/__generated__/graphql.ts'
import { href, m } from '#lib/i18n.ts'
import { entryPath } from './hit-address.ts'
import { kindMark } from './kinds.ts'

type SuggestionLike = SearchSuggestionsQuery['searchSuggestions'][number]

/** What stands in the list below a search box. */
interface ShownSuggestion {
  text: string
  /** What kind of thing it is, in a word; '' for plain words. */
  note: string
  href: string
}

/** Words complete what is being typed, so they come first; then what leads further away. */
const order: readonly SearchSuggestionKind[] = ['WORD', 'TERM', 'TITLE', 'ORGANISATION']

/** Suggestions as the page shows them, each kind in a row. Words and terms search, the rest leads to its page. */
export function shownSuggestions(suggestions: readonly SuggestionLike[]): ShownSuggestion[] {
  return order.flatMap((kind) =>
    suggestions.filter((suggestion) => suggestion.kind === kind).map(shown),
  )
}

function shown({ kind, text, entry }: SuggestionLike): ShownSuggestion {
  if (entry) return { text, note: kindMark(kindOfEntry(entry)).label, href: entryPath(entry) }
  const note = kind === 'TERM' ? m.search_suggestion_term() : ''
  return { text, note, href: `${href('/suche')}?q=${encodeURIComponent(text)}` }
}

function kindOfEntry(entry: NonNullable<SuggestionLike['entry']>) {
  if (entry.__typename === 'Problem') return 'PROBLEM'
  if (entry.__typename === 'Organisation') return 'ORGANISATION'
  return entry.kind === 'TOOL' ? 'TOOL' : 'SOLUTION'
}
