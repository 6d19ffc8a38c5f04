import type { Context } from '#api/context.ts'
import {
  combineThesauri,
  createThesaurus,
  suppliedSynonyms,
  type Thesaurus,
} from '@netzwerkdiakonie/analyser'
import type { RankedEntry } from '#modules/search/hit.ts'
import type { Group, QueryDraft } from '#modules/search/query.ts'
import { draftQuery, draftText, termsOf, widenDraft } from '#modules/search/query-draft.ts'
import { doubtfulStems, mendDraft } from '#modules/search/query-mend.ts'
import { planQuery, type QueryPlan } from '#modules/search/query-plan.ts'
import {
  readNewest,
  readScored,
  readTermFacts,
  type ScoredRow,
  type ScoredRows,
  type SearchConditions,
} from '#modules/search/search.repository.ts'
import { topicLexeme } from '#modules/search/topics.ts'
import { synonymsInEffect } from '#modules/thesaurus/synonym.service.ts'

const supplied = createThesaurus(suppliedSynonyms)

/** What editors added, made once for as long as it stays the same: it is the same for everybody. */
let added = { groups: '[]', thesaurus: createThesaurus([]) }

/** The synonyms that count now: those of the product, and what editors of associations added. */
async function currentThesaurus(context: Context): Promise<Thesaurus> {
  const found = (await synonymsInEffect(context)).map(({ terms }) => ({
    kind: 'SAME' as const,
    terms,
  }))
  const groups = JSON.stringify(found)
  if (groups !== added.groups) added = { groups, thesaurus: createThesaurus(found) }
  return combineThesauri(added.thesaurus, supplied)
}

/** Reads a query and looks up what there is of its words. */
export async function readQuery(
  context: Context,
  text: string,
  mostGroups: number,
): Promise<{ draft: QueryDraft; plan: QueryPlan }> {
  const thesaurus = await currentThesaurus(context)
  return complete(context, thesaurus, draftQuery(text, thesaurus), mostGroups)
}

/** Reads a text with a title, to look for others like it. */
export async function readText(
  context: Context,
  title: string,
  body: string,
  mostGroups: number,
): Promise<QueryPlan> {
  const thesaurus = await currentThesaurus(context)
  const draft = draftText(title, body, thesaurus)
  return (await complete(context, thesaurus, draft, mostGroups)).plan
}

async function complete(
  context: Context,
  thesaurus: Thesaurus,
  draft: QueryDraft,
  mostGroups: number,
): Promise<{ draft: QueryDraft; plan: QueryPlan }> {
  const facts = await readTermFacts(context, termsOf(draft), doubtfulStems(draft))
  const mended = mendDraft(draft, facts, thesaurus)
  if (mended.groups.length === draft.groups.length)
    return { draft, plan: planQuery(draft, facts, mostGroups) }
  const all = await readTermFacts(context, termsOf(mended), [])
  return { draft: mended, plan: planQuery(mended, all, mostGroups) }
}

/** The same query, read more generously: for where nothing was found. */
export async function widen(
  context: Context,
  draft: QueryDraft,
  mostGroups: number,
): Promise<QueryPlan> {
  const wider = widenDraft(draft)
  const facts = await readTermFacts(context, termsOf(wider), [])
  return planQuery(wider, facts, mostGroups)
}

/** What fits a query, the best first. */
export interface Ranking {
  entries: RankedEntry[]
  /** False where more fits than was looked at. */
  isComplete: boolean
}

/** What scores less than this share of the best hit has a word in common with the query and no more. */
const leastShare = 0.04

/** An answer says less about its thread than the problem itself. */
const answerWeight = 0.85

/**
 * Ranks what fits a query; an answer counts for its problem. A query without words ranks what fits the
 * conditions, the newest first; without conditions, too, there is nothing to find.
 */
export async function rank(
  context: Context,
  plan: QueryPlan,
  conditions: SearchConditions,
): Promise<Ranking> {
  const { rows, isComplete } = await readFitting(context, plan, conditions)
  const best = new Map<string, RankedEntry>()
  for (const row of rows) {
    const entry = rankedEntry(row)
    const known = best.get(row.entryId)
    if (!known || known.score < entry.score) best.set(row.entryId, entry)
  }
  const entries = [...best.values()].sort(byScore)
  const least = (entries[0]?.score ?? 0) * leastShare
  return { entries: entries.filter(({ score }) => score >= least), isComplete }
}

async function readFitting(
  context: Context,
  plan: QueryPlan,
  conditions: SearchConditions,
): Promise<ScoredRows> {
  if (plan.groups.length > 0) return readScored(context, plan, conditions)
  const topics = [conditions.fieldsOfWork, conditions.competences, conditions.toolCategories]
  const codes = topics.flatMap((each) => each ?? [])
  if (codes.length > 0)
    return readScored(
      context,
      { ...plan, groups: [topicGroup(codes)] },
      { ...conditions, withAnswers: false },
    )
  const isOpen = !conditions.kinds && !conditions.umbrellas && !conditions.updatedSince
  return isOpen ? { rows: [], isComplete: true } : readNewest(context, conditions)
}

/** What is filed under any of some topics. */
export function topicGroup(codes: readonly string[], wordNumber = 0): Group {
  return {
    word: codes.join(' '),
    wordNumber,
    weight: 1,
    isPart: false,
    alternatives: codes.map((code) => ({
      kind: 'TOPIC' as const,
      terms: [topicLexeme(code)],
      isPrefix: false,
      weight: 1,
      text: code,
    })),
  }
}

/** The better first, among equals the newer; else the order is that of ids, which mean nothing. */
function byScore(
  a: Pick<RankedEntry, 'score' | 'asOf' | 'entryId'>,
  b: Pick<RankedEntry, 'score' | 'asOf' | 'entryId'>,
): number {
  const [dayOfA, dayOfB] = [a.asOf ?? '', b.asOf ?? '']
  if (a.score !== b.score) return b.score - a.score
  if (dayOfA !== dayOfB) return dayOfA < dayOfB ? 1 : -1
  return a.entryId < b.entryId ? -1 : 1
}

function rankedEntry({ id, part, score, ...row }: ScoredRow): RankedEntry {
  const isAnswer = part === 'ANSWER'
  return { ...row, score: score * (isAnswer ? answerWeight : 1), answerId: isAnswer ? id : null }
}
