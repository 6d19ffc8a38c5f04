import { analyserVersion } from '@netzwerkdiakonie/analyser'
import type { Random } from './random.ts'
import type { Language, SyntheticText } from './synthetic.ts'
import type { World } from './world.ts'

/** What rows and indices take, in bytes. */
export interface Sizes {
  rows: number
  searchTable: number
  searchTerms: number
  plainTable: number
  lexemes: number
  titleLexemes: number
  german: number
}

/** Reads how large tables are without their indices, and the indices on words. */
export async function measureSizes({ sql }: World): Promise<Sizes> {
  const { rows } = await sql.query<Record<keyof Sizes, string>>(
    `select (select count(*) from search_entry) as rows,
       pg_table_size('search_entry') as "searchTable",
       pg_total_relation_size('search_term') as "searchTerms", pg_table_size('plain') as "plainTable",
       pg_relation_size('search_entry_lexemes_index') as lexemes,
       pg_relation_size('search_entry_title_lexemes_index') as "titleLexemes",
       pg_relation_size('plain_document_index') as german`,
  )
  return Object.fromEntries(
    Object.entries(rows[0] ?? {}).map(([name, value]) => [name, Number(value)]),
  ) as unknown as Sizes
}

/** Enough to fill the lists in which GIN indices collect what is new, more than once. */
const insertCount = 4_000

/**
 * Inserts entries one by one into the product's tables and into the plain one, in turns.
 *
 * @returns milliseconds for each, on average
 */
export async function measureInserts(
  { sql }: World,
  random: Random,
  language: Language,
): Promise<{ own: number; german: number }> {
  const { rows } = await sql.query<{ id: string }>(`select id from organisation limit 1`)
  const organisation = rows[0]?.id ?? ''
  const took = { own: 0, german: 0 }
  const columns = `(id, title, body, organisation_id, visibility, state, fields_of_work)
    values ($1, $2, $3, $4, 'ALL_MEMBERS', 'PUBLISHED', '{elder-care}')`
  const insert = (table: string, id: string, { title, body }: SyntheticText) =>
    sql.query({
      name: table,
      text: `insert into ${table} ${columns}`,
      values: [id, title, body, organisation],
    })
  for (let number = 0; number < insertCount; number += 1) {
    const text = language.entry(random, ['t:elder-care'])
    const turns = {
      async own() {
        const id = random.uuid()
        await insert('problem', id, text)
        await sql.query({
          name: 'lexemes',
          text: 'select write_search_lexemes($1, $2::tsvector, $3::tsvector, $4::smallint)',
          values: [id, text.titleLexemes, text.lexemes, analyserVersion],
        })
      },
      german: () => insert('plain', random.uuid(), text),
    }
    for (const side of number % 2 ? (['own', 'german'] as const) : (['german', 'own'] as const)) {
      const started = performance.now()
      await sql.query('begin')
      await turns[side]()
      await sql.query('commit')
      took[side] += performance.now() - started
    }
  }
  return { own: took.own / insertCount, german: took.german / insertCount }
}

/** How often the index of the search was read from one end to the other, ever. */
export async function countScans({ sql }: World): Promise<number> {
  await sql.query('select pg_stat_clear_snapshot()')
  const { rows } = await sql.query<{ scans: string }>(
    "select seq_scan as scans from pg_stat_user_tables where relname = 'search_entry'",
  )
  return Number(rows[0]?.scans)
}
