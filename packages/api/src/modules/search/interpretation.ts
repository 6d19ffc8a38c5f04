import { editDistance, forgivenSlips } from '@netzwerkdiakonie/analyser'
import type { VocabularyTerm } from '@netzwerkdiakonie/schema'
import type { SearchHitRow } from '#modules/search/hit.ts'
import type { Group, QueryDraft } from '#modules/search/query.ts'
import type { QueryPlan } from '#modules/search/query-plan.ts'
import { topicsNear } from '#modules/search/topics.ts'

/** How a query was read, for people. */
export interface Interpretation {
  words: { word: string; isKnown: boolean; alternatives: string[] }[]
  terms: VocabularyTerm[]
  correction: string | null
}

const mostAlternatives = 6
const mostTerms = 6

/**
 * Says how a query was read.
 *
 * @param hits of the first page: they show how words that were mended are written
 */
export function interpret(
  draft: QueryDraft,
  plan: QueryPlan,
  hits: readonly SearchHitRow[],
): Interpretation {
  const mended = correctionsIn(draft, plan, hits)
  const words = draft.tokens.map(({ word }, number) => {
    const groups = plan.groups.filter(({ wordNumber }) => wordNumber === number)
    const correction = mended.get(word)
    return {
      word,
      isKnown: groups.some((group) => occurs(group, plan)),
      alternatives: [
        ...(correction ? [correction] : []),
        ...new Set(groups.flatMap((group) => synonymsIn(group, plan))),
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
function occurs({ alternatives }: Group, { facts }: QueryPlan): boolean {
  const [own] = alternatives
  return own !== undefined && own.terms.every((term) => facts.counts.has(term))
}

/** Synonyms that occur, as people write them. */
function synonymsIn({ alternatives }: Group, { facts }: QueryPlan): string[] {
  return alternatives
    .filter(
      ({ kind, terms }) => kind === 'SYNONYM' && terms.every((term) => facts.counts.has(term)),
    )
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
    const isMended = groups.some(
      ({ wordNumber, alternatives }) =>
        wordNumber === number && alternatives[0]?.kind === 'CORRECTION',
    )
    const nearest = isMended ? nearestTo(word, written) : null
    if (nearest) corrections.set(word, nearest)
  })
  return corrections
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
