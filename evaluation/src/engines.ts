import MiniSearch from 'minisearch'
import type { Client } from 'pg'
import type { CollectionDocument } from './collection.ts'
import type { World } from './world.ts'

/** Something that ranks documents. */
export interface Engine {
  name: string
  /** Ids of documents, the best first, at least ten where it finds so many. */
  search(query: string): Promise<string[]>
}

type Ids = ReadonlyMap<string, string>

/** The product: through its API, as a member system asks. */
export function product({ ask }: World, ids: Ids): Engine {
  return {
    name: 'this product',
    async search(query) {
      const { search } = await ask<{
        search: { edges: { node: { entry: { id: string } } }[] }
      }>(
        `query ($query: String!) { search(query: $query, first: 20) {
          edges { node { entry { ... on Node { id } } } } } }`,
        { query },
      )
      return search.edges.flatMap(({ node }) => ids.get(node.entry.id) ?? [])
    },
  }
}

/** PostgreSQL's own `german` configuration, any of the words, ranked by cover density. */
export function germanOr(sql: Client): Engine {
  return { name: "PostgreSQL 'german', any word", search: (query) => germanIds(sql, query) }
}

async function germanIds(sql: Client, query: string): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `with words as (
       select coalesce(string_agg(quote_literal(lexeme), ' | '), '')::tsquery as any
       from unnest(to_tsvector('german', $1)))
     select id from plain, words where document @@ words.any
     order by ts_rank_cd(document, words.any) desc, id limit 50`,
    [query],
  )
  return rows.map(({ id }) => id)
}

/** The same, fused with trigram similarity by reciprocal ranks. */
export function germanAndTrigrams(sql: Client): Engine {
  return {
    name: 'the same with trigrams (RRF)',
    async search(query) {
      const { rows } = await sql.query<{ id: string }>(
        `select id from plain where $1 <% text
         order by word_similarity($1, text) desc, id limit 50`,
        [query],
      )
      return fuse([await germanIds(sql, query), rows.map(({ id }) => id)])
    },
  }
}

/** Reciprocal rank fusion with the usual constant. */
function fuse(rankings: readonly string[][]): string[] {
  const scores = new Map<string, number>()
  for (const ranking of rankings)
    for (const [rank, id] of ranking.entries())
      scores.set(id, (scores.get(id) ?? 0) + 1 / (60 + rank + 1))
  return [...scores].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([id]) => id)
}

/** A search engine in JavaScript, with prefixes, typing errors and titles before texts. */
export function miniSearch(documents: readonly CollectionDocument[]): Engine {
  const engine = new MiniSearch<CollectionDocument>({ fields: ['title', 'text'] })
  engine.addAll(documents)
  return {
    name: 'MiniSearch, prefix and fuzzy',
    async search(query) {
      const found = engine.search(query, { prefix: true, fuzzy: 0.2, boost: { title: 2 } })
      return found.map(({ id }) => String(id))
    },
  }
}
