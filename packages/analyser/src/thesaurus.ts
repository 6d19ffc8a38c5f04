import { readFileSync } from 'node:fs'
import { analyseText } from './analyse.ts'

/** How words of a group belong together. */
export type SynonymKind = 'SAME' | 'ABBREVIATION' | 'RENAMED' | 'ENGLISH' | 'NEAR'

/** Words that are searched for on each other's account. */
export interface SynonymGroup {
  kind: SynonymKind
  /** Words or short phrases, as people write them. */
  terms: readonly string[]
}

/** Another way to say a word. */
export interface Synonym {
  /** As people write it. */
  text: string
  /** Stems that all have to occur; several for a phrase. */
  stems: string[]
  /** Stems of the parts of a compound, which may say the same apart; empty where there are none. */
  parts: string[]
  kind: SynonymKind
}

/** Finds synonyms by the stems of words that follow each other. */
export interface Thesaurus {
  /**
   * What else the words from a position on can be called.
   *
   * @param stems of the words of a text that say something
   * @returns the synonyms of the longest run that has some, and the length of that run
   */
  lookUp(stems: readonly string[], from: number): { synonyms: Synonym[]; length: number }
}

/** Groups that come with the product; see data/README.md for where they come from. */
export const suppliedSynonyms: readonly SynonymGroup[] = JSON.parse(
  readFileSync(new URL('../data/synonyms.json', import.meta.url), 'utf8'),
) as SynonymGroup[]

const longestRun = 4

/** Makes a thesaurus of groups; groups that share a word stay apart. */
export function createThesaurus(groups: readonly SynonymGroup[]): Thesaurus {
  const byStems = new Map<string, Synonym[]>()
  for (const { kind, terms } of groups) {
    const members = terms
      .map((term) => toSynonym(term, kind))
      .filter(({ stems }) => stems.length > 0)
    for (const member of members) {
      const key = member.stems.join(' ')
      const others = members.filter(({ stems }) => stems.join(' ') !== key)
      const known = byStems.get(key) ?? []
      const fresh = others.filter(
        ({ stems }) => !known.some((each) => each.stems.join(' ') === stems.join(' ')),
      )
      byStems.set(key, [...known, ...fresh])
    }
  }
  return {
    lookUp(stems, from) {
      for (let length = Math.min(longestRun, stems.length - from); length > 0; length -= 1) {
        const synonyms = byStems.get(stems.slice(from, from + length).join(' '))
        if (synonyms) return { synonyms, length }
      }
      return { synonyms: [], length: 0 }
    },
  }
}

/** Looks words up in several thesauri: the longest run counts, and of equal ones all. */
export function combineThesauri(...thesauri: readonly Thesaurus[]): Thesaurus {
  return {
    lookUp(stems, from) {
      const found = thesauri.map((each) => each.lookUp(stems, from))
      const length = Math.max(0, ...found.map((each) => each.length))
      const longest = found.filter((each) => each.length === length)
      return { synonyms: longest.flatMap(({ synonyms }) => synonyms), length }
    },
  }
}

function toSynonym(text: string, kind: SynonymKind): Synonym {
  const tokens = analyseText(text)
  const telling = tokens.some(({ isStopWord }) => !isStopWord)
    ? tokens.filter(({ isStopWord }) => !isStopWord)
    : tokens
  const [only] = telling
  return {
    text,
    stems: telling.map(({ whole }) => whole.stem),
    parts: telling.length === 1 && only ? only.whole.parts.map((part) => part.stem) : [],
    kind,
  }
}
