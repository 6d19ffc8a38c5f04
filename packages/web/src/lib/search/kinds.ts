import type { SearchKind } from '#lib/__generated__/graphql.ts'
import { m } from '#lib/i18n.ts'
import type { IconName } from '#lib/ui/Icon.svelte'

/** The words that stand for each kind of hit in the address. */
export const searchKindWords = {
  probleme: 'PROBLEM',
  loesungen: 'SOLUTION',
  werkzeuge: 'TOOL',
  organisationen: 'ORGANISATION',
} as const satisfies Record<string, SearchKind>

/** A kind of hit as the address names it. */
export type SearchKindWord = keyof typeof searchKindWords

const labels: Record<SearchKindWord, () => string> = {
  probleme: m.search_facet_problem,
  loesungen: m.search_facet_solution,
  werkzeuge: m.search_facet_tool,
  organisationen: m.search_facet_organisation,
}

/** The kind that the address names; null for anything else. */
export function searchKindWord(value: string | null): SearchKindWord | null {
  return value !== null && Object.hasOwn(searchKindWords, value) ? (value as SearchKindWord) : null
}

/** The word of a kind of hits in the address; its counterpart is `searchKindWords`. */
export function wordOfKind(kind: SearchKind): SearchKindWord {
  const words = Object.keys(searchKindWords) as SearchKindWord[]
  return words.find((word) => searchKindWords[word] === kind) ?? 'probleme'
}

/** A kind of hits as people read it; words that name none stay as they are. */
export function searchKindLabel(value: string): string {
  const word = searchKindWord(value)
  return word ? labels[word]() : value
}

/** Kinds of hits to choose from, in words. */
export function searchKindOptions() {
  return (Object.keys(searchKindWords) as SearchKindWord[]).map((word) => ({
    word,
    kind: searchKindWords[word],
    label: labels[word](),
  }))
}

const marks: Record<SearchKind, { icon: IconName; label: () => string }> = {
  PROBLEM: { icon: 'problem', label: m.entry_kind_problem },
  SOLUTION: { icon: 'solution', label: m.entry_kind_solution },
  TOOL: { icon: 'tool', label: m.solution_kind_tool },
  ORGANISATION: { icon: 'organisation', label: m.entry_kind_organisation },
}

/** Icon and word for one thing of a kind. */
export function kindMark(kind: SearchKind): { icon: IconName; label: string } {
  const { icon, label } = marks[kind]
  return { icon, label: label() }
}
