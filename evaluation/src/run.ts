import { type Collection, type JudgedQuery, readCollection } from './collection.ts'
import { measureSplits } from './compounds.ts'
import { measureDrafts } from './drafts.ts'
import { type Engine, germanAndTrigrams, germanOr, miniSearch, product } from './engines.ts'
import type { Results } from './goals.ts'
import { loadDocuments } from './load.ts'
import { mean, measure, type Measures } from './measures.ts'
import { createWorld } from './world.ts'

/** What an engine found for a query. */
export interface Judged extends Measures {
  query: JudgedQuery
  ranking: string[]
  /** Milliseconds. */
  took: number
}

/** What was measured in one run. */
export interface Evaluation extends Results {
  collection: Collection
  serverVersion: string
  /** By name of the engine, the product first. */
  judged: Map<string, Judged[]>
  /** Queries with umlauts that find something else where these are written as pairs. */
  disagreements: string[]
}

/**
 * Measures the search on parts of the collection, beside other engines: all see the same texts.
 *
 * @param parts names of parts
 * @param server address of a PostgreSQL server as a superuser; by default the embedded one
 */
export async function evaluate(parts: readonly string[], server?: string): Promise<Evaluation> {
  const collection = readCollection(parts)
  const world = await createWorld(server)
  try {
    const ids = await loadDocuments(world, collection.documents)
    const engines = [
      product(world, ids),
      germanOr(world.sql),
      germanAndTrigrams(world.sql),
      miniSearch(collection.documents),
    ]
    const judged = new Map<string, Judged[]>()
    for (const engine of engines) judged.set(engine.name, await judge(engine, collection))
    const [own, german, fused] = [...judged.values()].map(summarise)
    if (!own || !german || !fused) throw new Error('Nothing was measured')
    const disagreements = await umlautDisagreements(product(world, ids), collection)
    return {
      collection,
      serverVersion: world.serverVersion,
      judged,
      own,
      german,
      fused,
      drafts: await measureDrafts(world, ids, collection),
      splits: measureSplits(collection.compounds),
      disagreements,
      umlautDisagreements: disagreements.length,
    }
  } finally {
    await world.close()
  }
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

/** Means over all queries. */
export function summarise(judged: readonly Judged[]): Results['own'] {
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
async function umlautDisagreements(engine: Engine, { queries }: Collection): Promise<string[]> {
  const differing: string[] = []
  for (const { query } of queries.filter((each) => /[äöüß]/i.test(each.query))) {
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
