import type { Context } from '#api/context.ts'
import { createThesaurus, suppliedSynonyms, type Thesaurus } from '@netzwerkdiakonie/analyser'
import type { RankedEntry } from '#modules/search/hit.ts'
import {
  doubtfulStems,
  draftQuery,
  planQuery,
  type QueryDraft,
  type QueryPlan,
  termsOf,
} from '#modules/search/query-plan.ts'
import {
  readScored,
  readTermFacts,
  type ScoredRow,
  type SearchConditions,
} from '#modules/search/search.repository.ts'

const supplied = createThesaurus(suppliedSynonyms)

/** The synonyms that count now. */
// public: synonyms are open to everybody
export async function currentThesaurus(): Promise<Thesaurus> {
  return supplied
}

/** Reads a query and looks up what there is of its words. */
export async function readQuery(
  context: Context,
  text: string,
  mostGroups: number,
): Promise<{ draft: QueryDraft; plan: QueryPlan }> {
  const draft = draftQuery(text, await currentThesaurus())
  const facts = await readTermFacts(context, termsOf(draft), doubtfulStems(draft))
  return { draft, plan: planQuery(draft, facts, mostGroups) }
}

/** What fits a query, the best first. */
export interface Ranking {
  entries: RankedEntry[]
  /** False where more fits than was looked at. */
  isComplete: boolean
}

/** An answer says less about its thread than the problem itself. */
const answerWeight = 0.85

/** Ranks what fits a query; an answer counts for its problem. */
export async function rank(
  context: Context,
  plan: QueryPlan,
  conditions: SearchConditions,
): Promise<Ranking> {
  const { rows, isComplete } = await readScored(context, plan, conditions)
  const best = new Map<string, RankedEntry>()
  for (const row of rows) {
    const entry = rankedEntry(row)
    const known = best.get(row.entryId)
    if (!known || known.score < entry.score) best.set(row.entryId, entry)
  }
  const entries = [...best.values()].sort(byScore)
  return { entries, isComplete }
}

/** The better first; among equals the order is that of their ids, which mean nothing. */
export function byScore(
  a: Pick<RankedEntry, 'score' | 'entryId'>,
  b: Pick<RankedEntry, 'score' | 'entryId'>,
): number {
  return b.score - a.score || (a.entryId < b.entryId ? -1 : 1)
}

function rankedEntry({ id, part, score, ...row }: ScoredRow): RankedEntry {
  const isAnswer = part === 'ANSWER'
  return { ...row, score: score * (isAnswer ? answerWeight : 1), answerId: isAnswer ? id : null }
}
