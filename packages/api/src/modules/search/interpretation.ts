import type { VocabularyTerm } from '@netzwerkdiakonie/schema'
import type { SearchHitRow } from '#modules/search/hit.ts'
import type { Group, QueryDraft, QueryPlan } from '#modules/search/query-plan.ts'
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
  const mended = correctionsIn(hits)
  // What only few may see is counted for nobody; whoever sees it knows it all the same.
  const shown = new Set(
    hits.flatMap(({ occurrences }) =>
      occurrences.flatMap(({ group, alternative }) =>
        alternative === group.alternatives[0] ? group : [],
      ),
    ),
  )
  const words = draft.tokens.map(({ word }, number) => {
    const groups = plan.groups.filter(({ wordNumber }) => wordNumber === number)
    const correction = mended.get(word)
    return {
      word,
      isKnown: groups.some((group) => occurs(group, plan) || shown.has(group)),
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

/** How misspelt words are written where they were found, by the word as it was typed. */
function correctionsIn(hits: readonly SearchHitRow[]): Map<string, string> {
  const written = new Map<string, string>()
  for (const { occurrences } of hits)
    for (const { group, alternative, written: found } of occurrences)
      if (alternative.kind === 'CORRECTION' && !written.has(group.word))
        written.set(group.word, found)
  return written
}

function correctedQuery(
  { tokens }: QueryDraft,
  mended: ReadonlyMap<string, string>,
): string | null {
  if (!tokens.some(({ word }) => mended.has(word))) return null
  return tokens.map(({ word }) => mended.get(word) ?? word).join(' ')
}
