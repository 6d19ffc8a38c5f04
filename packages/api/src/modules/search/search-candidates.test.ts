import { Client, Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sessionOptions } from '#database/mikro-orm.config.ts'
import { viewerSettings } from '#database/viewer-context.ts'
import { findViewer } from '#modules/identity/identity.service.ts'
import {
  createHiddenWorld,
  everybody,
  type HiddenWorld,
  unknownWord,
  uuidOf,
} from '#test/hidden-words.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

// Where the search looks past the row policies, it sees what they show, and no row without an index.

let made: HiddenWorld
let world: World
let callers: HiddenWorld['callers']

beforeAll(async () => {
  made = await createHiddenWorld()
  ;({ world, callers } = made)
}, 60_000)

afterAll(() => made.world.close())

describe('candidates', () => {
  const asApp = async (caller: Caller, text: string): Promise<string[]> => {
    const pool = new Pool({ connectionString: world.appUrl, options: sessionOptions, max: 1 })
    const { cookie, authorization } = caller.headers
    const sessionToken = cookie?.replace(/^.*session=/, '')
    const viewer = await findViewer(
      { pool, sessionKeeper: { keep: async () => {} } },
      { authorization, sessionToken },
    )
    await pool.end()
    const app = new Client({ connectionString: world.appUrl, options: sessionOptions })
    await app.connect()
    await app.query('begin')
    for (const [name, value] of Object.entries(viewerSettings(viewer)))
      await app.query('select set_config($1, $2, true)', [name, value])
    const { rows } = await app.query<{ id: string }>(text)
    await app.end()
    return rows.map(({ id }) => id).sort()
  }
  const anything = `array['!''${unknownWord}''']::tsquery[]`
  const all = (withAnswers: boolean) => `select id from find_search_candidates(${anything},
    array[false], array[100000], array[false], 1, null, null, null, null, null, null, ${withAnswers})`

  it.each(everybody)('for %s are exactly the rows that the policy shows', async (viewer) => {
    const caller = callers[viewer]!
    const visible = await asApp(caller, 'select id from search_entry')
    expect(visible.length).toBeGreaterThan(10)
    expect(await asApp(caller, all(true))).toEqual(visible)
    const entries = await asApp(caller, `select id from search_entry where part = 'ENTRY'`)
    expect(await asApp(caller, all(false))).toEqual(entries)
    expect(
      await asApp(
        caller,
        `select distinct id from find_title_candidates('', '!''${unknownWord}''', 100000)`,
      ),
    ).toEqual(entries)
  })

  it('without a viewer there are none', async () => {
    const app = new Client({ connectionString: world.appUrl, options: sessionOptions })
    await app.connect()
    for (const text of [
      'select id from search_entry',
      all(true),
      `select id from find_title_candidates('', '!''x''', 100)`,
      `select term from find_search_terms(array['zebrafink'], array['zebrafinc'])`,
    ])
      expect((await app.query(text)).rows).toEqual([])
    await app.end()
  })

  it('the app’s login reads no term and counts none', async () => {
    const app = new Client({ connectionString: world.appUrl, options: sessionOptions })
    await app.connect()
    for (const text of [
      'select from search_term',
      'select from search_statistics',
      'update search_entry set state = state',
      'select count_search_terms()',
    ])
      await expect(app.query(text)).rejects.toMatchObject({ code: '42501' })
    await app.end()
  })
})

describe('with many entries', () => {
  let large: World

  beforeAll(async () => {
    large = await createWorld()
    await large.organisation('many')
    await large.sql.query(
      `insert into problem (organisation_id, title, body, visibility, fields_of_work, state, ai_share)
       select organisation.id, 'Eintrag ' || number, 'Wort' || number % 50 || ' und ' || md5(number::text),
         case number % 3 when 0 then 'PUBLIC' when 1 then 'ALL_MEMBERS' else 'OWN_ORGANISATION' end,
         '{elder-care}', 'PUBLISHED', 'NONE'
       from generate_series(1, 3000) number, organisation where organisation.code = 'many'`,
    )
    await large.index()
    await large.sql.query('vacuum analyze')
  }, 60_000)
  afterAll(() => large.close())

  it('none is read to find candidates that has nothing to do with the query', async () => {
    const app = new Client({ connectionString: large.appUrl, options: sessionOptions })
    await app.connect()
    const organisationId = uuidOf(await large.organisationId('many'))
    const scansOf = async (text: string, kind: string) => {
      const count = async () => {
        await app.query('select pg_stat_force_next_flush()')
        const { rows } = await large.sql.query<{ seq: number; index: number }>(
          `select seq_scan::int as seq, idx_scan::int as index
           from pg_stat_user_tables where relname = 'search_entry'`,
        )
        return rows[0]!
      }
      const before = await count()
      await app.query('begin')
      await app.query(
        `select set_config('viewer.kind', $1, true), set_config('viewer.organisation_ids', $2, true),
           set_config('viewer.association_ids', '{}', true)`,
        [kind, kind === 'member' ? `{${organisationId}}` : '{}'],
      )
      const { rowCount } = await app.query(text)
      await app.query('commit')
      const after = await count()
      return { seq: after.seq - before.seq, index: after.index - before.index, rows: rowCount ?? 0 }
    }
    const found = (query: string, conditions = 'null, null, null, null, null, null, false') =>
      `select id from find_search_candidates(array[$$${query}$$]::tsquery[],
        array[false], array[100], array[false], 20, ${conditions})`
    const narrowed = `'{PROBLEM}', '{elder-care}', null, null, '{diakonie}', null, true`
    for (const kind of ['visitor', 'member'])
      for (const [text, least] of [
        [found(`'wort7'`), 10],
        [found(`'wort8' & 'eintrag'`), 10],
        [found(`'wort8' | 'wort9'`, narrowed), 10],
        [`select id from find_title_candidates('Eintrag 12', $$'12':*$$, 60)`, 10],
        [`select * from find_search_terms(array['wort7', 'eintrag'], array['eintrxg'])`, 3],
      ] as const) {
        const scans = await scansOf(text, kind)
        expect([scans.seq, text]).toEqual([0, text])
        expect(scans.rows).toBeGreaterThanOrEqual(least)
      }
    // What counts does notice one.
    expect((await scansOf('select count(*) from search_entry', 'member')).seq).toBe(1)
    await app.end()
  })
})
