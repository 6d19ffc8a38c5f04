import {
  vocabularies,
  type VocabularyName,
  type VocabularyTerm,
} from '@netzwerkdiakonie/schema/vocabularies'
import { getLocale, type Locale } from '#lib/i18n.ts'

/** A term to choose from. */
export interface TermOption {
  value: string
  label: string
}

/** Terms that belong together under one heading. */
export interface TermGroup {
  label: string
  options: TermOption[]
}

const byCode = Object.fromEntries(
  Object.entries(vocabularies).map(([name, terms]) => [
    name,
    new Map(terms.map((term: VocabularyTerm) => [term.code, term])),
  ]),
) as Record<VocabularyName, Map<string, VocabularyTerm>>

/** Whether a code stands in a vocabulary. */
export function isTerm(vocabulary: VocabularyName, code: string): boolean {
  return byCode[vocabulary].has(code)
}

/** Name of a term in the page's language; a code that nobody knows stays as it is. */
export function termLabel(
  vocabulary: VocabularyName,
  code: string,
  locale: Locale = getLocale(),
): string {
  const term = byCode[vocabulary].get(code)
  return term ? labelOf(term, locale) : code
}

/** All terms of a vocabulary to choose from, in its own order. */
export function termOptions(
  vocabulary: VocabularyName,
  locale: Locale = getLocale(),
): TermOption[] {
  return current(vocabulary).map((term) => optionOf(term, locale))
}

/** All terms of a vocabulary, sorted by name: for long lists without an order of their own. */
export function sortedTermOptions(
  vocabulary: VocabularyName,
  locale: Locale = getLocale(),
): TermOption[] {
  return termOptions(vocabulary, locale).sort((a, b) => a.label.localeCompare(b.label, locale))
}

/** Fields of work in two levels; the first option of each group is the whole group. */
export function fieldOfWorkGroups(
  whole: (label: string) => string,
  locale: Locale = getLocale(),
): TermGroup[] {
  const terms = current('fieldsOfWork')
  return terms
    .filter((term) => !term.broader)
    .map((group) => {
      const label = labelOf(group, locale)
      const narrower = terms.filter((term) => term.broader === group.code)
      return {
        label,
        options: [
          { value: group.code, label: whole(label) },
          ...narrower.map((term) => optionOf(term, locale)),
        ],
      }
    })
}

/** Terms of a vocabulary that one of these words names, by label or other words; the best known first. */
export function termsNamedBy(
  vocabulary: VocabularyName,
  words: readonly string[],
  locale: Locale = getLocale(),
): TermOption[] {
  const wanted = words.map((word) => word.toLowerCase()).filter((word) => word.length >= 4)
  return current(vocabulary)
    .filter((term) => {
      const names = [term.de, term.en ?? '', ...term.altLabels].map((name) => name.toLowerCase())
      return wanted.some((word) => names.some((name) => name.includes(word)))
    })
    .map((term) => optionOf(term, locale))
}

function current(vocabulary: VocabularyName): VocabularyTerm[] {
  const terms: VocabularyTerm[] = vocabularies[vocabulary]
  return terms.filter((term) => !term.deprecated)
}

function optionOf(term: VocabularyTerm, locale: Locale): TermOption {
  return { value: term.code, label: labelOf(term, locale) }
}

function labelOf(term: VocabularyTerm, locale: Locale): string {
  return locale === 'de' ? term.de : (term.en ?? term.de)
}
