import {
  type AnalysedToken,
  analyseText,
  analyseWord,
  editDistance,
  forgivenSlips,
  quoteLexeme,
  rootPrefix,
  type Synonym,
  type Thesaurus,
  type WordAnalysis,
} from '@netzwerkdiakonie/analyser'
import type { VocabularyTerm } from '@netzwerkdiakonie/schema'
import { topicLexeme, topicsNamed } from '#modules/search/topics.ts'

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

/** A query as it is carried out. */
export interface QueryPlan {
  groups: Group[]
  /** Typing errors that were mended: the typed word and the stem it was taken for. */
  corrections: Map<string, string>
  facts: TermFacts
}

/** Factors of the score; see decision 20 for where they come from. */
const weights = {
  root: 0.4,
  synonym: 0.7,
  near: 0.45,
  topic: 0.35,
  prefix: 0.8,
  correction: 0.9,
  /** A compound counts as one half, its parts for the rest. */
  compound: 0.5,
  part: 0.6,
  phraseWord: 0.6,
  /** In a sentence, what is not capitalised is seldom what matters. */
  smallWord: 0.5,
}
const mostAlternatives = 10

/** Reads a query: its words, their parts, and what else they can be called. */
export function draftQuery(text: string, thesaurus: Thesaurus): QueryDraft {
  const telling = analyseText(text).filter(({ isStopWord }) => !isStopWord)
  const stems = telling.map(({ whole }) => whole.stem)
  const isSentence =
    telling.length >= 4 && telling.some(isCapitalised) && !telling.every(isCapitalised)
  const groups: Group[] = []
  const topics: VocabularyTerm[] = []
  let phraseEnd = 0
  telling.forEach((token, number) => {
    const factor = isSentence && !isCapitalised(token) ? weights.smallWord : 1
    const named = topicsNamed(stems, number)
    topics.push(...named.map(({ term }) => term))
    const { synonyms, length } = thesaurus.lookUp(stems, number)
    const topicAlternatives = named.map(({ term }) =>
      alternative('TOPIC', [topicLexeme(term.code)], weights.topic, term.de),
    )
    if (length > 1) {
      phraseEnd = number + length
      const words = telling.slice(number, phraseEnd)
      groups.push({
        word: words.map(({ word }) => word).join(' '),
        wordNumber: number,
        weight: factor,
        isPart: false,
        alternatives: [
          alternative('WORD', stems.slice(number, phraseEnd), 1, ''),
          ...synonyms.flatMap(synonymAlternatives),
          ...topicAlternatives,
        ].slice(0, mostAlternatives),
      })
    }
    const inPhrase = number < phraseEnd ? weights.phraseWord : 1
    groups.push(
      ...groupsOf(
        token,
        number,
        factor * inPhrase,
        length === 1 ? synonyms : [],
        topicAlternatives,
        thesaurus,
      ),
    )
  })
  return { tokens: telling, groups, topics: [...new Set(topics)] }
}

/** Groups of a word: itself, and the parts of which it is made. */
function groupsOf(
  token: AnalysedToken,
  number: number,
  weight: number,
  synonyms: Synonym[],
  topics: Alternative[],
  thesaurus: Thesaurus,
): Group[] {
  const { whole, pieceAnalyses, word } = token
  const parts = [
    ...pieceAnalyses.map((piece) => ({ stem: piece.stem, root: piece.root, isPiece: true })),
    ...[whole, ...pieceAnalyses].flatMap((each) =>
      each.parts.map((part) => ({ ...part, isPiece: false })),
    ),
  ]
  const distinct = parts.filter(
    (part, index) =>
      part.stem !== whole.stem && parts.findIndex(({ stem }) => stem === part.stem) === index,
  )
  const main: Group = {
    word,
    wordNumber: number,
    weight: weight * (distinct.length > 0 ? weights.compound : 1),
    isPart: false,
    alternatives: [
      ...wordAlternatives('WORD', whole),
      ...synonyms.flatMap(synonymAlternatives),
      ...topics,
    ].slice(0, mostAlternatives),
  }
  return [main, ...distinct.map((part) => partGroup(part, word, number, weight, thesaurus))]
}

function partGroup(
  part: { stem: string; root: string },
  word: string,
  number: number,
  weight: number,
  thesaurus: Thesaurus,
): Group {
  const { synonyms } = thesaurus.lookUp([part.stem], 0)
  return {
    word,
    wordNumber: number,
    weight: weight * weights.part,
    isPart: true,
    alternatives: [
      ...wordAlternatives('PART', part),
      ...synonyms.flatMap(synonymAlternatives),
    ].slice(0, mostAlternatives),
  }
}

function wordAlternatives(
  kind: 'WORD' | 'PART',
  { stem, root }: Pick<WordAnalysis, 'stem' | 'root'>,
): Alternative[] {
  // What shares the root is another word; a word that is the root itself is found by its stem.
  const related = [alternative('ROOT', [rootPrefix + root], weights.root, '')]
  if (root !== stem) related.push(alternative('ROOT', [root], weights.root, ''))
  return [alternative(kind, [stem], 1, ''), ...related]
}

function synonymAlternatives({ stems, parts, kind, text }: Synonym): Alternative[] {
  const weight = kind === 'NEAR' ? weights.near : weights.synonym
  const whole = alternative('SYNONYM', stems, weight, text)
  // „Leitung des Pflegedienstes“ for „Pflegedienstleitung“.
  return parts.length > 1
    ? [whole, alternative('SYNONYM', parts, weight * weights.part, text)]
    : [whole]
}

function alternative(
  kind: AlternativeKind,
  terms: string[],
  weight: number,
  text: string,
): Alternative {
  return { kind, terms, isPrefix: false, weight, text }
}

function isCapitalised({ word }: AnalysedToken): boolean {
  return /^\p{Lu}|\p{N}/u.test(word)
}

/** Terms whose counts a plan needs. */
export function termsOf({ groups }: QueryDraft): string[] {
  return [
    ...new Set(groups.flatMap(({ alternatives }) => alternatives.flatMap(({ terms }) => terms))),
  ]
}

/** Stems that could be misspelt, if nothing has them: words that are no compound of known parts. */
export function doubtfulStems({ tokens }: QueryDraft): string[] {
  return tokens
    .filter(({ whole, pieceAnalyses }) => whole.parts.length === 0 && pieceAnalyses.length === 0)
    .map(({ whole }) => whole.stem)
    .filter((stem) => forgivenSlips(stem.length) > 0)
}

/**
 * Completes a draft with what there is: words that nobody uses are taken for misspelt or unfinished
 * ones, and of many groups those stay that tell the most.
 */
export function planQuery(draft: QueryDraft, facts: TermFacts, mostGroups: number): QueryPlan {
  const corrections = new Map<string, string>()
  const groups = draft.groups.flatMap((group) => {
    const [own] = group.alternatives
    const stem = own?.terms[0]
    if (!stem || group.isPart || own.terms.length > 1 || facts.counts.has(stem)) return [group]
    const completed = {
      ...group,
      alternatives: [
        ...group.alternatives,
        ...(stem.length >= 3
          ? [{ ...alternative('PREFIX', [stem], weights.prefix, ''), isPrefix: true }]
          : []),
      ],
    }
    const meant = lookalikesOf(stem, facts)
    const [best] = meant
    if (best) corrections.set(group.word, best.term)
    completed.alternatives.push(
      ...meant.map(({ term, likeness }) =>
        alternative('CORRECTION', [term], weights.correction * likeness, ''),
      ),
    )
    return [completed, ...(best ? correctedParts(group, best.term) : [])]
  })
  return {
    groups: groups
      .map((group) => ({ group, importance: importanceOf(group, facts) }))
      .sort((a, b) => b.importance - a.importance)
      .slice(0, mostGroups)
      .map(({ group }) => group),
    corrections,
    facts,
  }
}

/** What a misspelt compound is made of once it is mended. */
function correctedParts(group: Group, term: string): Group[] {
  return analyseWord(term).parts.map((part) => ({
    ...group,
    isPart: true,
    weight: group.weight * weights.part * weights.correction,
    alternatives: wordAlternatives('PART', part),
  }))
}

const mostLookalikes = 3

function lookalikesOf(stem: string, facts: TermFacts): { term: string; likeness: number }[] {
  const most = forgivenSlips(stem.length)
  return (facts.lookalikes.get(stem) ?? [])
    .map(({ term, count }) => ({ term, count, slips: editDistance(stem, term, most) }))
    .filter(({ slips }) => slips <= most)
    .sort((a, b) => a.slips - b.slips || b.count - a.count || (a.term < b.term ? -1 : 1))
    .slice(0, mostLookalikes)
    .map(({ term, slips }) => ({ term, likeness: 1 - slips / Math.max(stem.length, term.length) }))
}

/** How much a group tells: its weight, and how rare the word itself is. */
export function importanceOf(group: Group, facts: TermFacts): number {
  const [own] = group.alternatives
  return own ? group.weight * rarityOf(own, facts) : 0
}

/**
 * How rare an alternative is (inverse document frequency, natural logarithm): that of its rarest term.
 * A term that the counts do not know is as rare as one can be.
 */
export function rarityOf({ terms, isPrefix }: Alternative, { counts, total }: TermFacts): number {
  if (isPrefix) return Math.log(1 + Math.max(total, 100) / 10)
  return Math.max(
    ...terms.map((term) => {
      const count = Math.min(counts.get(term) ?? 0, total)
      return Math.log(1 + (total - count + 0.5) / (count + 0.5))
    }),
  )
}

/** An alternative as `tsquery` reads it in its text form. */
export function toTsquery({ terms, isPrefix }: Alternative): string {
  return terms
    .map((term, index) => quoteLexeme(term) + (isPrefix && index === terms.length - 1 ? ':*' : ''))
    .join(' & ')
}

/** Any alternative of a group, as `tsquery`. */
export function anyOf(group: Group): string {
  return group.alternatives.map((each) => `(${toTsquery(each)})`).join(' | ')
}

/** The groups by the word they come from: a compound occurs as itself, or by all of its parts. */
export function requirementsOf(groups: readonly Group[]): { query: string; groups: Group[] }[] {
  const byWord = new Map<number, Group[]>()
  for (const group of groups)
    byWord.set(group.wordNumber, [...(byWord.get(group.wordNumber) ?? []), group])
  return [...byWord.values()].map((members) => {
    const wholes = members.filter(({ isPart }) => !isPart).map(anyOf)
    const parts = members.filter(({ isPart }) => isPart).map((each) => `(${anyOf(each)})`)
    const ways = [...wholes, ...(parts.length > 0 ? [parts.join(' & ')] : [])]
    return { query: ways.map((way) => `(${way})`).join(' | '), groups: members }
  })
}
