import type { InterpretationPartsFragment } from '#lib/__generated__/graphql.ts'
import { m } from '#lib/i18n.ts'

const maxAlternatives = 6

/** What else was searched for, each once, without what was typed anyway. */
export function alternativesOf({ words }: InterpretationPartsFragment): string[] {
  const seen = new Set(words.map(({ word }) => word.toLowerCase()))
  const found: string[] = []
  for (const alternative of words.flatMap(({ alternatives }) => alternatives)) {
    const key = alternative.toLowerCase()
    if (seen.has(key)) continue
    seen.add(key)
    found.push(alternative)
  }
  return found.slice(0, maxAlternatives)
}

/** Words that occur nowhere, neither themselves nor in parts. */
export function unknownWords({ words }: InterpretationPartsFragment): string[] {
  return [...new Set(words.filter(({ isKnown }) => !isKnown).map(({ word }) => word))]
}

/** Words in a row, each in the quotation marks of the page's language. */
export function quoted(words: readonly string[]): string {
  return words.map((words) => m.entry_filter_words({ words })).join(', ')
}
