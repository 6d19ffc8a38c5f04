import { vocabularies, type VocabularyName, type VocabularyTerm } from '@netzwerkdiakonie/schema'
import type { MessageLanguage } from '#api/errors.ts'

const byCode = Object.fromEntries(
  Object.entries(vocabularies).map(([name, terms]) => [
    name,
    new Map((terms as VocabularyTerm[]).map((term) => [term.code, term])),
  ]),
) as Record<VocabularyName, Map<string, VocabularyTerm>>

const broader = new Map<VocabularyTerm, VocabularyTerm>()
for (const terms of Object.values(byCode))
  for (const term of terms.values()) {
    const next = term.broader ? terms.get(term.broader) : undefined
    if (next) broader.set(term, next)
  }

/** The term with this code, if the vocabulary has one. */
// public: vocabularies are open to everybody
export function findTerm(name: VocabularyName, code: string): VocabularyTerm | undefined {
  return byCode[name].get(code)
}

/** The terms with these codes; codes that the vocabulary no longer has are left out. */
// public: vocabularies are open to everybody
export function termsOf(name: VocabularyName, codes: readonly string[]): VocabularyTerm[] {
  return codes.flatMap((code) => byCode[name].get(code) ?? [])
}

/** The next broader term. */
// public: vocabularies are open to everybody
export function broaderTerm(term: VocabularyTerm): VocabularyTerm | null {
  return broader.get(term) ?? null
}

/** These codes and those of all narrower terms: who looks for elder care wants home care, too. */
// public: vocabularies are open to everybody
export function withNarrower(name: VocabularyName, codes: readonly string[]): string[] {
  const terms = [...byCode[name].values()]
  const narrower = terms.filter((term) => term.broader && codes.includes(term.broader))
  return [...new Set([...codes, ...narrower.map(({ code }) => code)])]
}

/** The label of a term; German stands in for a translation that is missing. */
// public: vocabularies are open to everybody
export function labelOf(term: VocabularyTerm, language: MessageLanguage): string {
  return (language === 'en' ? term.en : undefined) ?? term.de
}
