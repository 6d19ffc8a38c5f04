import type { AnalysedToken } from '@netzwerkdiakonie/analyser'
import type { VocabularyTerm } from '@netzwerkdiakonie/schema'

/** Why something else than the word itself is searched for. */
export type AlternativeKind =
  'WORD' | 'PART' | 'ROOT' | 'SYNONYM' | 'PREFIX' | 'CORRECTION' | 'TOPIC'

/** One way in which a word of a query can occur. */
export interface Alternative {
  kind: AlternativeKind
  /** Terms that all have to occur. */
  terms: string[]
  /** Whether the last term may go on. */
  isPrefix: boolean
  /** How much it counts against the word itself, 0 to 1. */
  weight: number
  /** As people write it. */
  text: string
}

/** A word of a query, or a part of one, with everything it can be found by. */
export interface Group {
  /** As it was typed. */
  word: string
  /** Number of the word of the query that it comes from. */
  wordNumber: number
  weight: number
  alternatives: Alternative[]
  isPart: boolean
}

/** How often terms occur for a viewer, and what misspelt words could have meant. */
export interface TermFacts {
  /** Number of entries that the counts are of. */
  total: number
  counts: ReadonlyMap<string, number>
  /** By unknown stem: known ones that look alike. */
  lookalikes: ReadonlyMap<string, { term: string; count: number }[]>
}

/** A query as it was read, before anybody looked at what there is. */
export interface QueryDraft {
  tokens: AnalysedToken[]
  groups: Group[]
  /** Topics that it names. */
  topics: VocabularyTerm[]
}

/** Factors of the score; see decision 20 for where they come from. */
export const weights = {
  root: 0.4,
  synonym: 0.7,
  near: 0.55,
  topic: 0.35,
  prefix: 0.8,
  correction: 0.9,
  /** A compound counts as one half, its parts for the rest. */
  compound: 0.5,
  part: 0.6,
  phraseWord: 0.6,
  /** In a sentence, what is not capitalised is seldom what matters. */
  smallWord: 0.5,
  /** What is only close to what was asked for. */
  wider: 0.3,
  /** What stands in a text, against what stands in its title. */
  body: 0.5,
}

/** One way in which a word can occur. */
export function alternative(
  kind: AlternativeKind,
  terms: string[],
  weight: number,
  text: string,
): Alternative {
  return { kind, terms, isPrefix: false, weight, text }
}

/** Whether the word of a group occurs in anything that the viewer may see. */
export function isKnown({ alternatives }: Group, { counts }: TermFacts): boolean {
  return alternatives[0]?.terms.every((term) => counts.has(term)) === true
}
