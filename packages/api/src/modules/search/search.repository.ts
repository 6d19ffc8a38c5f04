import sql, { raw, type Sql } from 'sql-template-tag'
import type { SearchKind } from '#api/__generated__/resolvers.ts'
import { read, type ReadContext } from '#database/read.ts'
import type { TermFacts } from '#modules/search/query.ts'
import {
  importanceOf,
  type QueryPlan,
  rarityOf,
  requirementsOf,
  toTsquery,
} from '#modules/search/query-plan.ts'

/** What narrows a search; null where a dimension is open. */
export interface SearchConditions {
  kinds: readonly SearchKind[] | null
  /** Codes of fields of work, narrower ones included. */
  fieldsOfWork: readonly string[] | null
  competences: readonly string[] | null
  toolCategories: readonly string[] | null
  umbrellas: readonly string[] | null
  /** ISO day. */
  updatedSince: string | null
  /** Whether answers lead to their problems. */
  withAnswers: boolean
}

/** A row of the index that fits a query. */
export interface ScoredRow {
  id: string
  entryId: string
  kind: SearchKind
  part: 'ENTRY' | 'ANSWER'
  organisationId: string
  fieldsOfWork: string[]
  competences: string[]
  toolCategories: string[]
  umbrella: string | null
  /** ISO day; null for organisations. */
  asOf: string | null
  /** Whether every member sees it. */
  isForAllMembers: boolean
  score: number
  /** Share of what the query asks for, by weight, that occurs: 0 to 1. */
  coverage: number
}

/** Rows that fit, and whether they are all there are. */
export interface ScoredRows {
  rows: ScoredRow[]
  isComplete: boolean
}

interface TermRow {
  word: string | null
  term: string | null
  count: number
}

/** How often terms occur for the viewer, and what unknown stems look like. */
export async function readTermFacts(
  context: ReadContext,
  terms: readonly string[],
  doubtful: readonly string[],
): Promise<TermFacts> {
  const rows = await read<TermRow>(
    context,
    sql`select word, term, count from find_search_terms(${terms}::text[], ${doubtful}::text[])`,
  )
  const lookalikes = new Map<string, { term: string; count: number }[]>()
  const counts = new Map<string, number>()
  let total = 0
  for (const { word, term, count } of rows)
    if (word === null || term === null) total = count
    else {
      if (word === term) counts.set(term, count)
      else lookalikes.set(word, [...(lookalikes.get(word) ?? []), { term, count }])
    }
  for (const similar of lookalikes.values())
    for (const { term, count } of similar) counts.set(term, count)
  return { total, counts, lookalikes }
}

/** So few candidates are too few: then any of the words will do. */
const enough = 20
/** So many entries with any of the words are worth looking at all of them. */
const fewEntries = 5_000
/**
 * An index on words reads all entries that have one of them before it gives the first: of words that
 * are everywhere it would read everything, only to be cut off.
 */
const mostOccurrences = 20_000

interface Branch {
  query: string
  inTitle: boolean
  limit: number
  onlyIfFew: boolean
}

/**
 * Where candidates come from, the most telling first; each is cut at its limit, because ranking all
 * that has any of the words takes seconds where there are many entries. The last one takes any word.
 */
function branchesOf(plan: QueryPlan): { branches: Branch[]; isForAll: boolean } {
  const words = requirementsOf(plan.groups)
  const [first, second, third] = words
  if (!first) return { branches: [], isForAll: true }
  const all = (queries: readonly { query: string }[]) =>
    queries.map(({ query }) => `(${query})`).join(' & ')
  const strict: Branch[] = [
    { query: all(words.slice(0, 6)), inTitle: false, limit: 400, onlyIfFew: false },
    { query: first.query, inTitle: true, limit: 200, onlyIfFew: false },
  ]
  if (second)
    strict.push({ query: all([first, second]), inTitle: true, limit: 200, onlyIfFew: false })
  // Of two words the first branch has it already.
  if (second && third)
    strict.push(
      { query: all([first, second]), inTitle: false, limit: 400, onlyIfFew: words.length > 3 },
      { query: all([first, third]), inTitle: false, limit: 200, onlyIfFew: true },
      { query: all([second, third]), inTitle: false, limit: 200, onlyIfFew: true },
    )
  const { query, occurrences, isForAll } = anyWord(plan)
  return {
    branches: [
      ...strict,
      { query, inTitle: false, limit: 600, onlyIfFew: occurrences > fewEntries },
    ],
    isForAll,
  }
}

/** Any of the words, but for those that are everywhere: the most telling first, until it is enough. */
function anyWord({ groups, facts }: QueryPlan): {
  query: string
  occurrences: number
  isForAll: boolean
} {
  const ways = groups
    .slice(0, 8)
    .flatMap((group) =>
      group.alternatives.map((each) => ({
        query: `(${toTsquery(each)})`,
        value: group.weight * each.weight * rarityOf(each, facts),
        count: Math.min(...each.terms.map((term) => facts.counts.get(term) ?? 0)),
      })),
    )
    .sort((a, b) => b.value - a.value || (a.query < b.query ? -1 : 1))
  const chosen = new Set<string>()
  let occurrences = 0
  let isForAll = true
  for (const { query, count } of ways) {
    if (chosen.has(query)) continue
    if (chosen.size > 0 && occurrences + count > mostOccurrences) isForAll = false
    else {
      chosen.add(query)
      occurrences += count
    }
  }
  return { query: [...chosen].join(' | '), occurrences, isForAll }
}

const columns = raw(`entry.id, entry.entry_id as "entryId", entry.kind, entry.part,
  entry.organisation_id as "organisationId", entry.fields_of_work as "fieldsOfWork",
  entry.competences, entry.tool_categories as "toolCategories", entry.umbrella,
  entry.as_of::text as "asOf", entry.visibility in ('PUBLIC', 'ALL_MEMBERS') as "isForAllMembers"`)

/** Rows that a search without words looks at. */
const newestLimit = 600

/** What was changed last, within conditions alone. */
export async function readNewest(
  context: ReadContext,
  { kinds, umbrellas, updatedSince }: SearchConditions,
): Promise<ScoredRows> {
  const rows = await read<ScoredRow>(
    context,
    sql`select ${columns}, 0::float8 as score, 1::float8 as coverage
      from search_entry entry
      where entry.part = 'ENTRY' and (entry.ends_on is null or entry.ends_on > current_date)
        and (${kinds}::text[] is null or entry.kind = any(${kinds}::text[]))
        and (${umbrellas}::text[] is null or entry.umbrella = any(${umbrellas}::text[]))
        and (${updatedSince}::date is null or entry.as_of >= ${updatedSince}::date)
      order by entry.as_of desc nulls last, entry.id limit ${newestLimit}`,
  )
  return { rows, isComplete: rows.length < newestLimit }
}

/**
 * Rows that fit a query, with their scores. For each group of the query the best of its alternatives
 * counts: weight × rarity × `ts_rank` of one term, which grows ever slower with each occurrence. What
 * has more of the query goes before what has one word of it often.
 *
 * Rows are named by an array and not joined: the plan of a join takes a policy to be prepared for each
 * of them, and would sooner read all there are.
 */
export async function readScored(
  context: ReadContext,
  plan: QueryPlan,
  conditions: SearchConditions,
): Promise<ScoredRows> {
  const { branches, isForAll } = branchesOf(plan)
  if (branches.length === 0) return { rows: [], isComplete: true }
  const last = branches.length
  const rows = await read<ScoredRow & { lastRows: number }>(
    context,
    sql`with found as materialized (
        select id, branch from find_search_candidates(
          ${branches.map(({ query }) => query)}::text[]::tsquery[],
          ${branches.map(({ inTitle }) => inTitle)}::boolean[],
          ${branches.map(({ limit }) => limit)}::int[],
          ${branches.map(({ onlyIfFew }) => onlyIfFew)}::boolean[], ${enough}::int,
          ${conditions.kinds}::text[], ${conditions.fieldsOfWork}::text[],
          ${conditions.competences}::text[], ${conditions.toolCategories}::text[],
          ${conditions.umbrellas}::text[], ${conditions.updatedSince}::date,
          ${conditions.withAnswers}::boolean)
      ), ${scoring(plan)}
      select ${columns}, scored.score, scored.coverage,
        (select count(*)::int from found where branch = ${last}) as "lastRows"
      from search_entry entry
      cross join lateral (${scoreOf(plan)}) scored
      where entry.id = any(array(select id from found)) and scored.score > 0`,
  )
  const lastRows = rows[0]?.lastRows ?? 0
  const limit = branches.at(-1)?.limit ?? 0
  return {
    rows,
    isComplete: rows.length === 0 || (isForAll && lastRows > 0 && lastRows < limit),
  }
}

/** Which of some queries something fits that the viewer sees. */
export async function readOccurring(
  context: ReadContext,
  queries: readonly string[],
): Promise<Set<string>> {
  if (queries.length === 0) return new Set()
  const rows = await read<{ query: string }>(
    context,
    sql`select asked.query
      from unnest(${queries}::text[]) with ordinality asked (query, number)
      join find_search_candidates(${queries}::text[]::tsquery[],
        ${queries.map(() => false)}::boolean[], ${queries.map(() => 1)}::int[],
        ${queries.map(() => false)}::boolean[], 0,
        null, null, null, null, null, null, true) candidate on candidate.branch = asked.number
      cross join lateral (
        select from search_entry where search_entry.id = candidate.id offset 0) seen`,
  )
  return new Set(rows.map(({ query }) => query))
}

/** The alternatives of a query as rows: what has to match, what is ranked, and what it counts. */
function scoring({ groups, facts }: QueryPlan): Sql {
  const rows = groups.flatMap((group, number) =>
    group.alternatives.map((each) => ({
      number,
      groupWeight: group.weight,
      weight: group.weight * each.weight * rarityOf(each, facts),
      match: toTsquery(each),
      rank: toTsquery(each).replaceAll(' & ', ' | '),
    })),
  )
  return sql`alternative as materialized (
    select * from unnest(
      ${rows.map(({ number }) => number)}::int[], ${rows.map(({ groupWeight }) => groupWeight)}::real[],
      ${rows.map(({ weight }) => weight)}::real[], ${rows.map(({ match }) => match)}::text[]::tsquery[],
      ${rows.map(({ rank }) => rank)}::text[]::tsquery[]
    ) alternative (number, group_weight, weight, match, rank))`
}

function scoreOf({ groups }: QueryPlan): Sql {
  const total = groups.reduce((sum, { weight }) => sum + weight, 0)
  return sql`
    select round((sum(best) * power(sum(group_weight) / ${total}::float8, 0.3))::numeric, 6)::float8 as score,
      (sum(group_weight) / ${total}::float8)::float8 as coverage
    from (
      select max(alternative.weight * ts_rank('{0.5, 0.45, 0.8, 1}', entry.lexemes, alternative.rank))::float8 as best,
        max(alternative.group_weight)::float8 as group_weight
      from alternative where entry.lexemes @@ alternative.match
      group by alternative.number
    ) matched`
}

/** What a text would score that has every group of a query in its title, and nothing else. */
export function idealScore({ groups, facts }: QueryPlan): number {
  // `ts_rank` of one occurrence with weight 1.
  const once = 0.607_927
  return groups.reduce((sum, group) => sum + importanceOf(group, facts) * once, 0)
}

/** Ids of entries whose titles begin as typed or have the words that are typed, unranked. */
export function readTitles(
  context: ReadContext,
  typed: string,
  words: string,
  limit: number,
): Promise<{ id: string; kind: SearchKind; title: string }[]> {
  return read(
    context,
    sql`select entry.id, entry.kind, entry.title
      from search_entry entry
      where entry.id = any(array(
        select id from find_title_candidates(${typed}, ${words}::tsquery, ${limit})))`,
  )
}
