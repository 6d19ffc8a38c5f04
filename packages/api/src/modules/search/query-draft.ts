import {
  type AnalysedToken,
  analyseText,
  rootPrefix,
  type Synonym,
  type Thesaurus,
  type WordAnalysis,
} from '@netzwerkdiakonie/analyser'
import type { VocabularyTerm } from '@netzwerkdiakonie/schema'
import {
  type Alternative,
  alternative,
  type Group,
  type QueryDraft,
  weights,
} from '#modules/search/query.ts'
import { topicLexeme, topicsNamed } from '#modules/search/topics.ts'

/** More ways to say a word only add noise. */
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
export function groupsOf(
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

function isCapitalised({ word }: AnalysedToken): boolean {
  return /^\p{Lu}|\p{N}/u.test(word)
}

/** Terms whose counts a plan needs. */
export function termsOf({ groups }: QueryDraft): string[] {
  return [
    ...new Set(groups.flatMap(({ alternatives }) => alternatives.flatMap(({ terms }) => terms))),
  ]
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
    return stem.length > 4 && !/\d/.test(stem)
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
