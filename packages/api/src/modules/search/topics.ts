import { type AnalysedToken, analyseText } from '@netzwerkdiakonie/analyser'
import { vocabularies, type VocabularyName, type VocabularyTerm } from '@netzwerkdiakonie/schema'
import { findTerm } from '#modules/vocabulary/vocabulary.service.ts'

/** Vocabularies under whose terms entries are filed. */
const filed = ['fieldsOfWork', 'competences', 'toolCategories'] as const satisfies VocabularyName[]

/** A topic that a text names. */
export interface NamedTopic {
  term: VocabularyTerm
  /** The label or synonym by which it was named. */
  label: string
}

/** What an entry is filed under, for the index: `t:` and the code, broader fields of work included. */
export function topicLexemes(codes: readonly string[]): string[] {
  const broader = codes.flatMap((code) => findTerm('fieldsOfWork', code)?.broader ?? [])
  return [...new Set([...codes, ...broader])].map(topicLexeme)
}

/** The lexeme under which entries of a topic are filed. */
export function topicLexeme(code: string): string {
  return `t:${code}`
}

/** The topic behind such a lexeme; undefined for any other. */
export function topicOf(lexeme: string): VocabularyTerm | undefined {
  if (!lexeme.startsWith('t:')) return undefined
  const code = lexeme.slice(2)
  return filed.map((name) => findTerm(name, code)).find(Boolean)
}

const longestRun = 4
const byStems = new Map<string, NamedTopic[]>()
/** Terms by each of the words and parts of their labels. */
const byPart = new Map<string, Set<VocabularyTerm>>()
for (const name of filed)
  for (const term of vocabularies[name] as VocabularyTerm[])
    for (const label of [term.de, term.en ?? '', ...term.altLabels]) {
      const stems = tellingStems(label)
      for (const part of partsOf(label)) byPart.set(part, (byPart.get(part) ?? new Set()).add(term))
      const key = stems.join(' ')
      if (stems.length === 0 || stems.length > longestRun) continue
      byStems.set(key, [...(byStems.get(key) ?? []), { term, label }])
    }

/** Topics named by the longest run of words from a position on. */
export function topicsNamed(stems: readonly string[], from: number): NamedTopic[] {
  for (let length = Math.min(longestRun, stems.length - from); length > 0; length -= 1) {
    const named = byStems.get(stems.slice(from, from + length).join(' '))
    if (named) return named
  }
  return []
}

/** Topics whose names share a word, or a part of one, with these words; the closest first. */
export function topicsNear(words: readonly AnalysedToken[]): VocabularyTerm[] {
  const shared = new Map<VocabularyTerm, number>()
  for (const part of new Set(words.flatMap(stemsOf)))
    for (const term of byPart.get(part) ?? []) shared.set(term, (shared.get(term) ?? 0) + 1)
  return [...shared].sort(([, a], [, b]) => b - a).map(([term]) => term)
}

function partsOf(text: string): string[] {
  return analyseText(text)
    .filter(({ isStopWord }) => !isStopWord)
    .flatMap(stemsOf)
}

function stemsOf({ whole, pieceAnalyses }: AnalysedToken): string[] {
  return [whole, ...pieceAnalyses].flatMap(({ stem, parts }) => [
    stem,
    ...parts.map((each) => each.stem),
  ])
}

function tellingStems(text: string): string[] {
  return analyseText(text)
    .filter(({ isStopWord }) => !isStopWord)
    .map(({ whole }) => whole.stem)
}
