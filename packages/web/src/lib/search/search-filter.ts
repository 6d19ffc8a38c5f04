import { limits } from '@netzwerkdiakonie/schema/limits'
import type { SearchFilter } from '#lib/__generated__/graphql.ts'
import { isDay, type FilterRules, type ListAddress } from '#lib/entry/list-address.ts'
import { formatDay, m } from '#lib/i18n.ts'
import { isTerm, termLabel } from '#lib/vocabulary/terms.ts'
import { searchKindLabel, searchKindWord, searchKindWords } from './kinds.ts'

/** What a search is made of, by its names in the address. */
export const searchFilters = {
  q: { maxLength: limits.searchQuery },
  art: { allows: (value: string) => searchKindWord(value) !== null },
  feld: { many: true, allows: (code: string) => isTerm('fieldsOfWork', code) },
  kompetenz: { many: true, allows: (code: string) => isTerm('competences', code) },
  software: { many: true, allows: (code: string) => isTerm('toolCategories', code) },
  verband: { many: true, allows: (code: string) => isTerm('umbrellas', code) },
  seit: { allows: isDay },
} satisfies FilterRules

/** Names of the parts of a search. */
export type SearchFilterName = keyof typeof searchFilters

/** A search as the address holds it. */
export type SearchAddress = ListAddress<SearchFilterName>

/** The search for a text, narrowed to nothing. */
export function searchFor(text: string): SearchAddress {
  const q = text ? [text] : []
  return {
    values: { q, art: [], feld: [], kompetenz: [], software: [], verband: [], seit: [] },
  }
}

/** Whether anything is searched for: words, or conditions that say it all. */
export function isSearch({ values }: SearchAddress): boolean {
  return Object.values(values).some((list) => list.length > 0)
}

/** What the API is asked for. */
export function searchQuery({ values, after }: SearchAddress): {
  query: string
  filter: SearchFilter | null
  after: string | null
} {
  const filter: SearchFilter = {}
  const kind = searchKindWord(values.art[0] ?? null)
  if (kind) filter.kinds = [searchKindWords[kind]]
  if (values.feld.length) filter.fieldsOfWork = [...values.feld]
  if (values.kompetenz.length) filter.competences = [...values.kompetenz]
  if (values.software.length) filter.toolCategories = [...values.software]
  if (values.verband.length) filter.umbrellas = [...values.verband]
  if (values.seit[0]) filter.updatedSince = values.seit[0]
  return {
    query: values.q[0] ?? '',
    filter: Object.keys(filter).length > 0 ? filter : null,
    after: after ?? null,
  }
}

/** A part of a search as people read it. */
export function searchFilterLabel(name: SearchFilterName, value: string): string {
  switch (name) {
    case 'q':
      return m.entry_filter_words({ words: value })
    case 'art':
      return searchKindLabel(value)
    case 'feld':
      return termLabel('fieldsOfWork', value)
    case 'kompetenz':
      return termLabel('competences', value)
    case 'software':
      return termLabel('toolCategories', value)
    case 'verband':
      return termLabel('umbrellas', value)
    case 'seit':
      return m.search_since({ day: formatDay(value) })
  }
}

/** All that narrows a search, in words. */
export function searchFilterLabels({ values }: SearchAddress): string[] {
  return (Object.keys(searchFilters) as SearchFilterName[])
    .filter((name) => name !== 'q')
    .flatMap((name) => values[name].map((value) => searchFilterLabel(name, value)))
}

/** The same search with other values of one part, from its beginning. */
export function withValues(
  { values }: SearchAddress,
  name: SearchFilterName,
  list: readonly string[],
): SearchAddress {
  return { values: { ...values, [name]: list } }
}

/** Whether two searches ask for the same, in whatever order their parts were chosen. */
export function isSameSearch(a: SearchAddress, b: SearchAddress): boolean {
  const sorted = ({ values }: SearchAddress) =>
    (Object.keys(searchFilters) as SearchFilterName[]).map((name) => [...values[name]].sort())
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
}
