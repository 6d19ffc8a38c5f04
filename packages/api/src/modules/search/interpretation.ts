import { editDistance, forgivenSlips } from '@netzwerkdiakonie/analyser'
import type { VocabularyTerm } from '@netzwerkdiakonie/schema'
import type { SearchHitRow } from '#modules/search/hit.ts'
import type { Alternative, Group, QueryDraft } from '#modules/search/query.ts'
import { type QueryPlan, toTsquery } from '#modules/search/query-plan.ts'
import { topicsNear } from '#modules/search/topics.ts'

/** How a query was read, for people. */
export interface Interpretation {
  words: { word: string; isKnown: boolean; alternatives: string[] }[]
  terms: VocabularyTerm[]
  correction: string | null
}

/**
 * The alternatives of a plan of which it says whether they occur, as queries: words, parts and synonyms.
 * The counts of terms cannot tell: they leave out what not all members see, and lag behind what went.
 */
export function questionsOf({ groups }: QueryPlan): string[] {
  const asked = groups.flatMap(({ alternatives }) =>
    alternatives.filter(({ kind }, index) => index === 0 || kind === 'SYNONYM'),
  )
  return [...new Set(asked.map(toTsquery))]
}

const mostAlternatives = 6
const mostTerms = 6

/**
 * Says how a query was read.
 *
 * @param hits of the first page: they show how words that were mended are written
 * @param occurring those of its questions that something has which the viewer sees
 */
export function interpret(
  draft: QueryDraft,
  plan: QueryPlan,
  hits: readonly SearchHitRow[],
  occurring: ReadonlySet<string>,
): Interpretation {
  const mended = correctionsIn(draft, plan, hits)
  const words = draft.tokens.map(({ word }, number) => {
    const groups = plan.groups.filter(({ wordNumber }) => wordNumber === number)
    const correction = mended.get(word)
    return {
      word,
      isKnown: groups.some((group) => !isMended(group) && occurs(group, occurring)),
      alternatives: [
        ...(correction ? [correction] : []),
        ...new Set(groups.flatMap((group) => synonymsIn(group, occurring))),
      ].slice(0, mostAlternatives),
    }
  })
  return {
    words,
    terms: [...new Set([...draft.topics, ...topicsNear(draft.tokens)])].slice(0, mostTerms),
    correction: correctedQuery(draft, mended),
  }
}

/** Whether the word or the part itself occurs anywhere. */
function occurs({ alternatives }: Group, occurring: ReadonlySet<string>): boolean {
  const [own] = alternatives
  return own !== undefined && occurring.has(toTsquery(own))
}

/** Synonyms that occur, as people write them. */
function synonymsIn({ alternatives }: Group, occurring: ReadonlySet<string>): string[] {
  return alternatives
    .filter((each: Alternative) => each.kind === 'SYNONYM' && occurring.has(toTsquery(each)))
    .map(({ text }) => text)
}

/**
 * How misspelt words are written where they were found, by the word as it was typed: of all words that
 * were found, the one that is the fewest slips away.
 */
function correctionsIn(
  { tokens }: QueryDraft,
  { groups }: QueryPlan,
  hits: readonly SearchHitRow[],
): Map<string, string> {
  const written = new Set(
    hits.flatMap(({ occurrences }) => occurrences.map((each) => each.written)),
  )
  const corrections = new Map<string, string>()
  tokens.forEach(({ word }, number) => {
    const ofWord = groups.filter(({ wordNumber }) => wordNumber === number)
    const nearest = ofWord.some(isMended) ? nearestTo(word, written) : null
    if (nearest) corrections.set(word, nearest)
  })
  return corrections
}

/** Whether a group is what a misspelt word was taken for. */
function isMended({ alternatives }: Group): boolean {
  return alternatives[0]?.kind === 'CORRECTION'
}

function nearestTo(word: string, candidates: ReadonlySet<string>): string | null {
  const most = forgivenSlips(word.length)
  const [nearest] = [...candidates]
    .map((written) => ({
      written,
      slips: editDistance(word.toLowerCase(), written.toLowerCase(), most),
    }))
    .filter(({ slips }) => slips > 0 && slips <= most)
    .sort((a, b) => a.slips - b.slips || (a.written < b.written ? -1 : 1))
  return nearest?.written ?? null
}

function correctedQuery(
  { tokens }: QueryDraft,
  mended: ReadonlyMap<string, string>,
): string | null {
  if (!tokens.some(({ word }) => mended.has(word))) return null
  return tokens.map(({ word }) => mended.get(word) ?? word).join(' ')
}
