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
  facts: TermFacts
}

/** Factors of the score; see decision 20 for where they come from. */
const weights = {
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
const mostAlternatives = 10

/** Reads a query: its words, their parts, and what else they can be called. */
export function draftQuery(text: string, thesaurus: Thesaurus, factor = 1): QueryDraft {
  const telling = analyseText(text).filter(({ isStopWord }) => !isStopWord)
  const stems = telling.map(({ whole }) => whole.stem)
  const isSentence =
    telling.length >= 4 && telling.some(isCapitalised) && !telling.every(isCapitalised)
  const groups: Group[] = []
  const topics: VocabularyTerm[] = []
  let phraseEnd = 0
  telling.forEach((token, number) => {
    const weight = factor * (isSentence && !isCapitalised(token) ? weights.smallWord : 1)
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
        weight,
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
        weight * inPhrase,
        length === 1 ? synonyms : [],
        topicAlternatives,
        thesaurus,
      ),
    )
  })
  return { tokens: telling, groups, topics: [...new Set(topics)] }
}

/** Reads a text with a title: what the title says matters more, and is not said twice. */
export function draftText(title: string, body: string, thesaurus: Thesaurus): QueryDraft {
  const ofTitle = draftQuery(title, thesaurus)
  const ofBody = draftQuery(body, thesaurus, weights.body)
  const first = ofTitle.tokens.length
  const known = new Set(ofTitle.groups.map(ownTerm))
  return {
    tokens: [...ofTitle.tokens, ...ofBody.tokens],
    groups: [
      ...ofTitle.groups,
      ...distinctBy(ofBody.groups, ownTerm)
        .filter((group) => !known.has(ownTerm(group)))
        .map((group) => ({ ...group, wordNumber: first + group.wordNumber })),
    ],
    topics: [...new Set([...ofTitle.topics, ...ofBody.topics])],
  }
}

function ownTerm({ alternatives }: Group): string {
  return alternatives[0]?.terms.join(' ') ?? ''
}

function distinctBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  const seen = new Set<string>()
  return items.filter((item) => {
    const key = keyOf(item)
    const isNew = !seen.has(key)
    seen.add(key)
    return isNew
  })
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
      [...each.parts, ...each.loose].map((part) => ({ ...part, isPiece: false })),
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
    .filter(
      ({ whole, pieceAnalyses }) =>
        !whole.isListed && whole.parts.length === 0 && pieceAnalyses.length === 0,
    )
    .flatMap(({ whole }) => [whole.stem, whole.rest])
    .filter((stem) => forgivenSlips(stem.length) > 0)
}

/**
 * Takes words that nobody uses for misspelt ones: each is read anew as what it probably meant, with
 * its parts and synonyms. What was typed stays in the draft.
 */
export function mendDraft(draft: QueryDraft, facts: TermFacts, thesaurus: Thesaurus): QueryDraft {
  const mended = draft.groups.flatMap((group) => {
    const token = draft.tokens[group.wordNumber]
    if (!token || group.isPart || group.word !== token.word || isKnown(group, facts)) return []
    const whole = lookalikeOf(token.whole.stem, facts)
    const rest = whole ? null : lookalikeOf(token.whole.rest, facts)
    if (whole) return mendedGroups(group, whole, false, thesaurus)
    return rest ? mendedGroups(group, rest, true, thesaurus) : []
  })
  return { ...draft, groups: [...draft.groups, ...mended] }
}

/** Groups of what a word probably meant, or of what the unknown part of a compound did. */
function mendedGroups(
  { word, wordNumber, weight }: Group,
  { term, likeness }: Lookalike,
  isPart: boolean,
  thesaurus: Thesaurus,
): Group[] {
  const meant = analyseWord(term)
  const token = { ...analyseText(term)[0], word, whole: meant, pieceAnalyses: [] } as AnalysedToken
  const factor = weight * weights.correction * likeness * (isPart ? weights.part : 1)
  const { synonyms, length } = thesaurus.lookUp([meant.stem], 0)
  const [main, ...parts] = groupsOf(
    token,
    wordNumber,
    factor,
    length === 1 ? synonyms : [],
    topicsNamed([meant.stem], 0).map(({ term: topic }) =>
      alternative('TOPIC', [topicLexeme(topic.code)], weights.topic, topic.de),
    ),
    thesaurus,
  )
  if (!main) return []
  const [own, ...others] = main.alternatives
  const corrected = {
    ...main,
    isPart,
    alternatives: own ? [{ ...own, kind: 'CORRECTION' as const }, ...others] : others,
  }
  return [corrected, ...parts]
}

function isKnown({ alternatives }: Group, { counts }: TermFacts): boolean {
  return alternatives[0]?.terms.every((term) => counts.has(term)) === true
}

/**
 * Completes a draft with what there is: words that nobody uses may go on, and of many groups those stay
 * that tell the most.
 */
export function planQuery(draft: QueryDraft, facts: TermFacts, mostGroups: number): QueryPlan {
  const groups = draft.groups.map((group) => {
    const [own] = group.alternatives
    const stem = own?.terms[0] ?? ''
    const mayGoOn =
      own?.kind === 'WORD' && own.terms.length === 1 && stem.length >= 3 && !isKnown(group, facts)
    const goingOn = { ...alternative('PREFIX', [stem], weights.prefix, ''), isPrefix: true }
    return mayGoOn ? { ...group, alternatives: [...group.alternatives, goingOn] } : group
  })
  return {
    groups: groups
      .map((group) => ({ group, importance: importanceOf(group, facts) }))
      .sort((a, b) => b.importance - a.importance)
      .slice(0, mostGroups)
      .map(({ group }) => group),
    facts,
  }
}

/**
 * What to look for where nothing was found: any word of the synonyms, and words that only begin alike.
 */
export function widenDraft(draft: QueryDraft): QueryDraft {
  return {
    ...draft,
    groups: draft.groups.map((group) => ({
      ...group,
      alternatives: [...group.alternatives, ...group.alternatives.flatMap(wider)],
    })),
  }
}

function wider({ kind, terms, text, weight }: Alternative): Alternative[] {
  if (kind === 'WORD' || kind === 'PART') {
    const [stem = ''] = terms
    const beginning = stem.slice(0, Math.max(4, Math.ceil(stem.length * 0.6)))
    return stem.length > 4
      ? [{ ...alternative('PREFIX', [beginning], weights.wider, ''), isPrefix: true }]
      : []
  }
  if (kind !== 'SYNONYM') return []
  const words = analyseText(text).filter(({ isStopWord }) => !isStopWord)
  const stems = words.flatMap(({ whole }) => [whole.stem, ...whole.parts.map((part) => part.stem)])
  return stems
    .filter((stem) => terms.length > 1 || stem !== terms[0])
    .map((stem) => alternative('SYNONYM', [stem], weight * weights.wider, text))
}

/** A known term that an unknown one was probably meant for. */
interface Lookalike {
  term: string
  /** 1 for the same, less for each slip. */
  likeness: number
}

/** Of the terms that are few slips away the nearest, and of those the most frequent. */
function lookalikeOf(stem: string, facts: TermFacts): Lookalike | null {
  const most = forgivenSlips(stem.length)
  const [best] = (facts.lookalikes.get(stem) ?? [])
    .map(({ term, count }) => ({ term, count, slips: editDistance(stem, term, most) }))
    .filter(({ slips }) => slips <= most)
    .sort((a, b) => a.slips - b.slips || b.count - a.count || (a.term < b.term ? -1 : 1))
  return best
    ? { term: best.term, likeness: 1 - best.slips / Math.max(stem.length, best.term.length) }
    : null
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
export function rarityOf(
  { terms, isPrefix }: Pick<Alternative, 'terms' | 'isPrefix'>,
  { counts, total }: TermFacts,
): number {
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
