import { termsNamedBy, type TermOption } from '#lib/vocabulary/terms.ts'

/** What might help somebody who found nothing. */
interface NearHints {
  /** Single words of a longer search. */
  words: string[]
  /** Fields of work that one of the words names. */
  fields: TermOption[]
  /** Competences that one of the words names. */
  competences: TermOption[]
}

const maxHints = 4

/** Hints from the words and the vocabularies alone: they work where the index knows nothing. */
export function nearHints(query: string): NearHints {
  const words = [...new Set(query.split(/[^\p{L}\p{N}-]+/u).filter((word) => word.length >= 4))]
  return {
    words: words.length > 1 ? words.slice(0, maxHints) : [],
    fields: termsNamedBy('fieldsOfWork', words).slice(0, maxHints),
    competences: termsNamedBy('competences', words).slice(0, maxHints),
  }
}
