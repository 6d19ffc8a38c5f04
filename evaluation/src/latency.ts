import { lexemesOf } from '@netzwerkdiakonie/analyser'
import { vocabularies } from '@netzwerkdiakonie/schema'
import type { Client } from 'pg'
import type { Viewer } from './fill.ts'
import { quantile } from './measures.ts'
import type { Random } from './random.ts'
import type { Language } from './synthetic.ts'
import type { World } from './world.ts'

/** Milliseconds that operations took, by name. */
export type Times = Map<string, number[]>

/** Rounds in which all operations take turns, and how many of each there are in one. */
const rounds = 5
const queriesOfRound = 24

export const german = 'german, any word, ts_rank_cd'

const hits = `edges { node { kind title highlight reason entry { ... on Node { id } } } }
  pageInfo { hasNextPage } totalCount { value isExact }`
const operations = {
  search: `query ($query: String!) { search(query: $query, first: 20) {
    ${hits} interpretation { words { word isKnown alternatives } correction } } }`,
  facets: `query ($query: String!, $filter: SearchFilter) { search(query: $query, first: 20, filter: $filter) {
    ${hits} facets { kind count { value } } termFacets { dimension term { code } count { value } } } }`,
  suggestions: `query ($query: String!) { searchSuggestions(query: $query) {
    kind text entry { ... on Node { id } } } }`,
  similar: `query ($title: String!, $body: String) { similar(title: $title, body: $body) {
    strength highlight reason entry { ... on Node { id } } } }`,
}

/**
 * Measures what the API and PostgreSQL's own search take, in turns, on queries such as people write.
 *
 * @returns times by operation; those of the search by viewer, too
 */
export async function measureLatencies(
  world: World,
  random: Random,
  language: Language,
  viewers: readonly Viewer[],
): Promise<Times> {
  const times: Times = new Map()
  // Neither side gets more than one process: others ask at the same time.
  await world.sql.query('set max_parallel_workers_per_gather = 0')
  await measureRound(new Map(), world, random, language, viewers, 4)
  for (let round = 1; round <= rounds; round += 1) {
    await measureRound(times, world, random, language, viewers, queriesOfRound)
    console.error(`round ${round} of ${rounds}`)
  }
  return times
}

async function measureRound(
  times: Times,
  world: World,
  random: Random,
  language: Language,
  viewers: readonly Viewer[],
  count: number,
): Promise<void> {
  for (let number = 0; number < count; number += 1) {
    const query = queryLike(random, language)
    const ask = (viewer: Viewer, operation: keyof typeof operations, variables: object) =>
      timed(times, operation === 'search' ? [operation, `  ${viewer.name}`] : [operation], () =>
        world.askAs(viewer.headers, operations[operation], { ...variables }),
      )
    await timed(times, [german], () => germanOr(world.sql, query))
    for (const viewer of viewers) await ask(viewer, 'search', { query })
    const viewer = viewers[number % viewers.length] as Viewer
    const field = random.pick(vocabularies.fieldsOfWork).code
    await ask(viewer, 'facets', { query, filter: { kinds: ['PROBLEM'], fieldsOfWork: [field] } })
    const typed = random.pick([language.noun(random), language.compound(random)])
    await ask(viewer, 'suggestions', { query: typed.slice(0, 2 + random.below(5)) })
    await ask(viewer, 'similar', { title: language.title(random), body: language.sentence(random) })
  }
}

/** A query such as people write: a word or two most of the time, a question at times. */
function queryLike(random: Random, language: Language): string {
  const kind = random.below(20)
  if (kind < 4) return language.noun(random)
  if (kind < 9) return language.compound(random)
  if (kind < 12) return `${language.noun(random)} ${language.compound(random)}`
  if (kind < 14) return language.title(random)
  if (kind < 16)
    return [language.noun(random), language.noun(random), language.noun(random)].join(' ')
  return kind < 19 ? language.question(random) : misspelt(random, language.compound(random))
}

/** With two letters in the wrong order. */
function misspelt(random: Random, word: string): string {
  const at = 2 + random.below(word.length - 4)
  return word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2)
}

async function germanOr(sql: Client, query: string): Promise<void> {
  const { rows } = await sql.query<{ any: string }>(
    `select coalesce(string_agg(quote_literal(lexeme), ' | '), '') as any
     from unnest(to_tsvector('german', $1))`,
    [query],
  )
  const words = rows[0]?.any ?? ''
  await sql.query(
    `select id, title from plain where document @@ $1::tsquery
     order by ts_rank_cd(document, $1::tsquery) desc, id limit 20`,
    [words],
  )
}

async function timed(times: Times, names: string[], run: () => Promise<unknown>): Promise<void> {
  const started = performance.now()
  await run()
  const took = performance.now() - started
  for (const name of names) times.set(name, [...(times.get(name) ?? []), took])
}

/** What analysing costs for one entry, in milliseconds. */
export function measureAnalysis(random: Random, language: Language): number {
  const texts = Array.from({ length: 2_000 }, () => language.entry(random, []))
  const started = performance.now()
  for (const { title, body } of texts) lexemesOf(title, body)
  return (performance.now() - started) / texts.length
}

/** Median, 95th and 99th percentile. */
export function summarise(times: readonly number[]): string {
  const shown = [0.5, 0.95, 0.99].map((share) => quantile(times, share).toFixed(1).padStart(8))
  return `${shown.join(' ')}   (${times.length})`
}
