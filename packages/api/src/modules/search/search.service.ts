import { limits, type VocabularyTerm } from '@netzwerkdiakonie/schema'
import type { SearchDimension, SearchFilter, SearchKind } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { badUserInput } from '#api/errors.ts'
import type { Cursors } from '#lib/cursor.ts'
import { checkedSize, type Page, type PageArguments, toPage } from '#lib/page.ts'
import { type BeyondHitRow, findBeyond } from '#modules/search/beyond.ts'
import { type CrisisHelp, crisisHelpFor } from '#modules/search/crisis.ts'
import { presentHits, type RankedEntry, type SearchHitRow } from '#modules/search/hit.ts'
import { interpret, type Interpretation, questionsOf } from '#modules/search/interpretation.ts'
import type { QueryDraft } from '#modules/search/query.ts'
import type { QueryPlan } from '#modules/search/query-plan.ts'
import { rank, type Ranking, readQuery, widen } from '#modules/search/ranking.ts'
import { readOccurring, type SearchConditions } from '#modules/search/search.repository.ts'
import { countSearch } from '#modules/thesaurus/missed-search.service.ts'
import { findTerm, withNarrower } from '#modules/vocabulary/vocabulary.service.ts'

/** Hits of one kind, or for one term. */
export interface KindCount {
  kind: SearchKind
  count: number
}

export interface TermCount {
  dimension: SearchDimension
  term: VocabularyTerm
  count: number
}

/** A page of hits, and what else can be said of the search. */
export interface SearchPage extends Page<SearchHitRow> {
  isComplete: boolean
  facets(): Promise<KindCount[]>
  termFacets(): Promise<TermCount[]>
  interpretation(): Promise<Interpretation>
  beyond(): Promise<BeyondHitRow | null>
  crisisHelp: CrisisHelp | null
}

/** Groups of words that a search looks at. */
const mostGroups = 12

/**
 * Finds entries and organisations in one ranked list.
 *
 * @throws BAD_USER_INPUT for a query beyond its limit
 */
// public: row security shows to everybody what they may see
export async function search(
  context: Context,
  text: string,
  filter: SearchFilter | null | undefined,
  page: PageArguments,
): Promise<SearchPage> {
  if (text.length > limits.searchQuery)
    throw badUserInput(`query must not be longer than ${limits.searchQuery} characters.`)
  const size = checkedSize(page.first)
  const conditions = conditionsOf(filter)
  const { draft, plan, ranking } = await find(context, text, conditions)
  const start = page.after ? positionAfter(context.cursors, page.after, ranking.entries) : 0
  const shown = ranking.entries.slice(start, start + size + 1)
  // What only some find is nobody else's business, not even as a count; narrowed searches miss on purpose.
  if (!page.after && !filter)
    await countSearch(
      context,
      text,
      ranking.entries.some(({ isForAllMembers }) => isForAllMembers),
    )
  const present = new Map(
    (await presentHits(context, shown.slice(0, size), plan.groups)).map((hit) => [
      hit.entry.id,
      hit,
    ]),
  )
  const onPage = shown.slice(0, size)
  const rows = onPage.flatMap((entry) => {
    const hit = present.get(entry.entryId)
    return hit ? [{ ...hit, sortValues: sortValuesOf(entry) }] : []
  })
  const count = async () => ({ value: ranking.entries.length, isExact: ranking.isComplete })
  const made = toPage<SearchHitRow>(context.cursors, rows, size, Boolean(page.after), count)
  const last = onPage.at(-1)
  return {
    ...made,
    // Of what went in between nothing is shown; reading goes on behind it all the same.
    pageInfo: {
      ...made.pageInfo,
      hasNextPage: shown.length > size,
      endCursor: last ? context.cursors.seal(sortValuesOf(last)) : null,
    },
    isComplete: ranking.isComplete,
    facets: () => countKinds(context, plan, conditions, ranking),
    termFacets: () => countTerms(context, plan, conditions, ranking),
    interpretation: async () =>
      interpret(
        draft,
        plan,
        [...present.values()],
        await readOccurring(context, questionsOf(plan)),
      ),
    beyond: () => findBeyond(context, plan, ranking.entries, size),
    crisisHelp: crisisHelpFor(text, context.language),
  }
}

/** Reads a query and ranks what fits it; where nothing does, what comes close. */
async function find(
  context: Context,
  text: string,
  conditions: SearchConditions,
): Promise<{ draft: QueryDraft; plan: QueryPlan; ranking: Ranking }> {
  const { draft, plan } = await readQuery(context, text, mostGroups)
  const ranking = await rank(context, plan, conditions)
  if (ranking.entries.length > 0 || draft.groups.length === 0) return { draft, plan, ranking }
  const wider = await widen(context, draft, mostGroups)
  return { draft, plan: wider, ranking: await rank(context, wider, conditions) }
}

function conditionsOf(filter: SearchFilter | null | undefined): SearchConditions {
  const some = <Value>(values: readonly Value[] | null | undefined) =>
    values && values.length > 0 ? values : null
  const fields = some(filter?.fieldsOfWork)
  return {
    kinds: some(filter?.kinds),
    fieldsOfWork: fields && withNarrower('fieldsOfWork', fields),
    competences: some(filter?.competences),
    toolCategories: some(filter?.toolCategories),
    umbrellas: some(filter?.umbrellas),
    updatedSince: filter?.updatedSince ?? null,
    withAnswers: true,
  }
}

/** Name of the order, so that no other list takes its cursors. */
const orderName = 'search'

function sortValuesOf({ score, entryId }: RankedEntry): string[] {
  return [orderName, String(score), entryId]
}

/**
 * Where reading goes on: behind the last entry that was shown, or where it would stand by its score if
 * it is gone.
 *
 * @throws BAD_USER_INPUT for a cursor of another list
 */
function positionAfter(cursors: Cursors, after: string, entries: readonly RankedEntry[]): number {
  const [name, score, id] = cursors.open(after) ?? []
  if (name !== orderName)
    throw badUserInput('after is no cursor of this list. Read the list again from its start.')
  const last = entries.findIndex(({ entryId }) => entryId === id)
  if (last >= 0) return last + 1
  const next = entries.findIndex((entry) => entry.score < Number(score))
  return next === -1 ? entries.length : next
}

/** The ranking without one of its conditions; the same where that is open anyway. */
async function without(
  dimension: keyof SearchConditions,
  context: Context,
  plan: QueryPlan,
  conditions: SearchConditions,
  ranking: Ranking,
): Promise<Ranking> {
  return conditions[dimension] === null
    ? ranking
    : rank(context, plan, { ...conditions, [dimension]: null })
}

async function countKinds(
  context: Context,
  plan: QueryPlan,
  conditions: SearchConditions,
  ranking: Ranking,
): Promise<KindCount[]> {
  const { entries } = await without('kinds', context, plan, conditions, ranking)
  return counted(entries.map(({ kind }) => kind)).map(([kind, count]) => ({ kind, count }))
}

const dimensions = [
  ['FIELD_OF_WORK', 'fieldsOfWork', 'fieldsOfWork'],
  ['COMPETENCE', 'competences', 'competences'],
  ['TOOL_CATEGORY', 'toolCategories', 'toolCategories'],
  ['UMBRELLA', 'umbrellas', 'umbrellas'],
] as const

/** Facets that are worth showing, of each dimension. */
const mostTerms = 12

async function countTerms(
  context: Context,
  plan: QueryPlan,
  conditions: SearchConditions,
  ranking: Ranking,
): Promise<TermCount[]> {
  const counts = await Promise.all(
    dimensions.map(async ([dimension, condition, vocabulary]) => {
      const { entries } = await without(condition, context, plan, conditions, ranking)
      const codes = entries.flatMap((entry) => {
        if (vocabulary === 'umbrellas') return entry.umbrella ?? []
        const own = entry[vocabulary]
        const broader = own.flatMap((code) => findTerm(vocabulary, code)?.broader ?? [])
        return [...new Set([...own, ...broader])]
      })
      return counted(codes)
        .flatMap(([code, count]) => {
          const term = findTerm(vocabulary, code)
          return term ? [{ dimension, term, count }] : []
        })
        .slice(0, mostTerms)
    }),
  )
  return counts.flat()
}

/** How often each value occurs, the most frequent first. */
function counted<Value extends string>(values: readonly Value[]): [Value, number][] {
  const counts = new Map<Value, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
}
