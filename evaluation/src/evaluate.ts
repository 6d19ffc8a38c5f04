/**
 * Measures how well the search finds, on the judged collection of this folder, beside PostgreSQL's own
 * search and an engine in JavaScript. All of them see the same texts in the same run.
 *
 *   pnpm search:evaluate [--part a|b] [--server postgres://…] [--details] [--check]
 *
 * With `--check` it fails where a goal is missed.
 */
import { createHash } from 'node:crypto'
import { parseArgs } from 'node:util'
import { type Collection, collectionNames, type JudgedQuery, readCollection } from './collection.ts'
import { measureSplits } from './compounds.ts'
import { measureDrafts } from './drafts.ts'
import { type Engine, germanAndTrigrams, germanOr, miniSearch, product } from './engines.ts'
import { goalsFor, printGoal, type Results } from './goals.ts'
import { loadDocuments } from './load.ts'
import { mean, measure, type Measures, quantile } from './measures.ts'
import { createWorld } from './world.ts'

const { values: options } = parseArgs({
  options: {
    part: { type: 'string', multiple: true },
    server: { type: 'string' },
    details: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
  },
})

/** What an engine found for a query. */
interface Judged extends Measures {
  query: JudgedQuery
  ranking: string[]
  /** Milliseconds. */
  took: number
}

const collection = readCollection(options.part ?? collectionNames)
const world = await createWorld(options.server)
try {
  const ids = await loadDocuments(world, collection.documents)
  const engines = [
    product(world, ids),
    germanOr(world.sql),
    germanAndTrigrams(world.sql),
    miniSearch(collection.documents),
  ]
  const results = new Map<string, Judged[]>()
  for (const engine of engines) results.set(engine.name, await judge(engine, collection))
  const drafts = await measureDrafts(world, ids, collection)
  const splits = measureSplits(collection.compounds)
  const [own = [], german = [], fused = []] = engines.map(({ name }) => results.get(name) ?? [])

  console.log(
    `${collection.documents.length} documents, ${collection.queries.length} queries, PostgreSQL ${world.serverVersion}\n`,
  )
  for (const engine of engines) printEngine(engine, results.get(engine.name) ?? [])
  console.log(`drafts        ${print(drafts)}`)
  console.log(`compounds     ${print({ ...splits, mistakes: undefined })}`)
  console.log(`top ten       ${hashOf(own)} (the same on every version of PostgreSQL)`)
  const disagreements = await umlautDisagreements(product(world, ids))
  if (options.details) printDetails(own, collection, splits.mistakes)
  for (const query of disagreements) console.log(`umlauts matter in: ${query}`)

  const measured: Results = {
    own: summary(own),
    german: summary(german),
    fused: summary(fused),
    drafts,
    splits,
    umlautDisagreements: disagreements.length,
  }
  const goals = goalsFor(measured)
  console.log('\ngoals')
  for (const goal of goals) console.log(printGoal(goal))
  if (options.check && goals.some(({ isMet }) => !isMet)) process.exitCode = 1
} finally {
  await world.close()
}

async function judge(engine: Engine, { documents, queries }: Collection): Promise<Judged[]> {
  const judged: Judged[] = []
  for (const query of queries) {
    const gains = new Map<string, number>()
    for (const { id, topic } of documents) {
      if (topic === query.topic) gains.set(id, 3)
      else if (topic && query.related.includes(topic)) gains.set(id, 1)
    }
    const started = performance.now()
    const ranking = await engine.search(query.query)
    const took = performance.now() - started
    judged.push({ query, ranking, took, ...measure(ranking, gains) })
  }
  return judged
}

function summary(judged: readonly Judged[]): Results['own'] {
  const byCategory = new Map<string, number>()
  for (const category of new Set(judged.map(({ query }) => query.category)))
    byCategory.set(
      category,
      mean(judged.filter(({ query }) => query.category === category).map(({ ndcg }) => ndcg)),
    )
  return {
    ndcg: mean(judged.map(({ ndcg }) => ndcg)),
    mrr: mean(judged.map(({ mrr }) => mrr)),
    recall: mean(judged.map(({ recall }) => recall)),
    withoutHit: mean(judged.map(({ ranking }) => (ranking.length === 0 ? 1 : 0))),
    byCategory,
  }
}

/** Queries with umlauts that find something else where these are written as pairs. */
async function umlautDisagreements(engine: Engine): Promise<string[]> {
  const differing: string[] = []
  for (const { query } of collection.queries.filter((each) => /[äöüß]/i.test(each.query))) {
    const [one, other] = [await engine.search(query), await engine.search(inPairs(query))]
    if (one.slice(0, 10).join() !== other.slice(0, 10).join()) differing.push(query)
  }
  return differing
}

function inPairs(text: string): string {
  const pairs: Record<string, string> = {
    ä: 'ae',
    ö: 'oe',
    ü: 'ue',
    Ä: 'Ae',
    Ö: 'Oe',
    Ü: 'Ue',
    ß: 'ss',
  }
  return text.replaceAll(/[äöüÄÖÜß]/g, (letter) => pairs[letter] ?? letter)
}

function hashOf(judged: readonly Judged[]): string {
  const lists = judged.map(({ query, ranking }) => [query.query, ranking.slice(0, 10)])
  return createHash('sha256').update(JSON.stringify(lists)).digest('hex').slice(0, 16)
}

function printEngine({ name }: Engine, judged: readonly Judged[]): void {
  const { byCategory, ...whole } = summary(judged)
  const times = judged.map(({ took }) => took)
  console.log(name)
  console.log(`  nDCG@10, MRR, recall@10, no hit: ${print(whole)}`)
  console.log(`  nDCG@10 by category: ${print(Object.fromEntries(byCategory))}`)
  console.log(
    `  ms: p50 ${quantile(times, 0.5).toFixed(1)}, p95 ${quantile(times, 0.95).toFixed(1)}\n`,
  )
}

function printDetails(own: readonly Judged[], { documents }: Collection, mistakes: string[]): void {
  const titles = new Map(documents.map(({ id, title, topic }) => [id, `${title} (${topic})`]))
  for (const { query, ranking, ndcg } of [...own].sort((a, b) => a.ndcg - b.ndcg).slice(0, 40)) {
    console.log(`\n${ndcg.toFixed(2)} ${query.category}: ${query.query} → ${query.topic}`)
    for (const id of ranking.slice(0, 5)) console.log(`      ${titles.get(id)}`)
  }
  console.log(`\n${mistakes.join('\n')}`)
}

function print(values: object): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) =>
      typeof value === 'number'
        ? `${name} ${value.toFixed(3)}`
        : `${name} (${print(value as object)})`,
    )
    .join(', ')
}
