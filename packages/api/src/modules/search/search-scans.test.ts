import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askAs, everything } from '#test/search-circles.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

// Rows without entries stand for entries, and for what goes between finding and showing it.
let world: World
let member: Caller

beforeAll(async () => {
  world = await createWorld()
  for (const code of ['owner', 'sibling', 'stranger']) await world.organisation(code)
  member = await world.person({ stranger: 'EXECUTIVE' })
})

afterAll(() => world.close())

const ask = <Data>(viewer: Caller, query: string, variables: object = {}) =>
  askAs<Data>(world, viewer, query, variables)

describe('with many entries', () => {
  it('a hit that went in between is left out, and reading goes on behind it', async () => {
    await world.sql
      .query(`update search_entry set title_lexemes = 'vorhin:1A', lexemes = 'vorhin:1A'
      where title in ('Organisation owner', 'Organisation sibling')`)
    await world.sql.query(
      `insert into search_entry (id, entry_id, kind, part, organisation_id, visibility, state, title,
         title_lexemes, lexemes, analyser_version)
       select made.id, made.id, 'PROBLEM', 'ENTRY', organisation.id, 'PUBLIC', 'PUBLISHED', 'Vorhin',
         'vorhin:1A', 'vorhin:1A,2A', 1
       from (select gen_random_uuid() as id from generate_series(1, 3)) made, organisation
       where code = 'owner'`,
    )
    const query = `query ($after: String) { search(query: "Vorhin", first: 2, after: $after) {
      edges { node { title } } pageInfo { hasNextPage endCursor } } }`
    type Pages = {
      search: { edges: unknown[]; pageInfo: { hasNextPage: boolean; endCursor: string } }
    }
    const pages: number[] = []
    for (let after: string | null = null, more = true; more && pages.length < 9;) {
      const { search }: Pages = await ask<Pages>(world.visitor, query, { after })
      pages.push(search.edges.length)
      after = search.pageInfo.endCursor
      more = search.pageInfo.hasNextPage
    }
    // Three that went, and two that are there.
    expect(pages).toEqual([0, 1, 1])
  })

  it('a member’s search, suggestions and similar entries never read the whole index', async () => {
    await world.sql.query(
      `insert into search_entry (id, entry_id, kind, part, organisation_id, visibility, state, title,
         fields_of_work, as_of, title_lexemes, lexemes, analyser_version)
       select made.id, made.id, 'PROBLEM', 'ENTRY', organisation.id,
         (array['PUBLIC', 'ALL_MEMBERS', 'OWN_ORGANISATION'])[1 + number % 3], 'PUBLISHED',
         'Dienstplan ' || number, array['elder-care'], current_date,
         format('dienstplan:1A nummer%s:2A', number)::tsvector,
         format('dienstplan:1A nummer%s:2A wort%s:3 t\\:elder-care:4', number, number % 50)::tsvector, 1
       from (select gen_random_uuid() as id, number from generate_series(1, 3000) number) made,
         organisation where code = 'owner'`,
    )
    await world.sql.query('select count_search_terms()')
    await world.sql.query('analyze search_entry')
    const scans = async () => {
      // The statistics of the app's connections come when they are idle.
      await new Promise((done) => setTimeout(done, 10_500))
      await world.sql.query('select pg_stat_clear_snapshot()')
      const { rows } = await world.sql.query<{ scans: number; looks: number }>(
        `select seq_scan::int as scans, idx_scan::int as looks from pg_stat_user_tables
         where relname = 'search_entry'`,
      )
      return rows[0]!
    }
    const before = await scans()
    for (const word of [
      'Dienstplan',
      'wort7 nummer12',
      'Dienstplan wort3',
      'Dienstpaln',
      'Nirgends',
    ])
      for (const viewer of [member, world.visitor]) await ask(viewer, everything, { word })
    const after = await scans()
    expect(after.scans).toBe(before.scans)
    expect(after.looks).toBeGreaterThan(before.looks)
  }, 60_000)
})
