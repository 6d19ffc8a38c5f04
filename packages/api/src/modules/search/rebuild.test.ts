import { setTimeout } from 'node:timers/promises'
import { analyserVersion, lexemesOf } from '@netzwerkdiakonie/analyser'
import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { rebuildSearch } from '#api/index.ts'
import { sessionOptions } from '#database/mikro-orm.config.ts'
import { SearchDocument } from '#test/__generated__/operations.ts'
import { createWorld, type World } from '#test/world.ts'

const count = 1_200
const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

let world: World

beforeAll(async () => {
  world = await createWorld()
  await world.organisation('writer')
  await world.sql.query(
    `insert into problem (id, title, body, organisation_id, visibility, state, fields_of_work)
     select ('00000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid,
       'Schlüssel ' || number, 'Die Nummer' || number || ' fehlt.', organisation.id, 'PUBLIC',
       'PUBLISHED', '{elder-care}'
     from generate_series(1, $1::int) number, organisation where code = 'writer'`,
    [count],
  )
  await world.index()
})

afterAll(() => world.close())

/** As an earlier version left it. */
beforeEach(() => world.sql.query('update search_entry set analyser_version = -1'))

async function found(query: string): Promise<string[]> {
  const { search } = await world.visitor.run(SearchDocument, { query, filter: null, first: 100 })
  return search.edges.map(({ node }) => node.title)
}

async function outdated(): Promise<number> {
  const { rows } = await world.sql.query<{ count: number }>(
    'select count(*)::int as count from search_entry where analyser_version <> $1',
    [analyserVersion],
  )
  return rows[0]?.count ?? 0
}

const rebuild = (all = false, progress: (done: number, of: number) => void = () => {}) =>
  rebuildSearch({ url: world.url, all, progress })

it('finds everything before, during and after it', async () => {
  const during: Promise<string[]>[] = []
  expect(await found('Nummer7')).toEqual(['Schlüssel 7'])
  const done = await rebuild(false, () => during.push(found('Nummer7'), found('Nummer1150')))
  expect(done).toBeGreaterThanOrEqual(count)
  const steps = await Promise.all(during)
  expect(steps.length).toBeGreaterThanOrEqual(6)
  expect(new Set(steps.flat())).toEqual(new Set(['Schlüssel 7', 'Schlüssel 1150']))
  expect(steps.every(({ length }) => length === 1)).toBe(true)
  expect(await found('Nummer1150')).toEqual(['Schlüssel 1150'])
  expect(await outdated()).toBe(0)
  expect(await rebuild()).toBe(0)
})

it('goes on where it was interrupted', async () => {
  const total = await outdated()
  const interrupted = rebuild(false, () => {
    throw new Error('interrupted')
  })
  await expect(interrupted).rejects.toThrow('interrupted')
  const left = await outdated()
  expect(left).toBeLessThan(total)
  expect(left).toBeGreaterThan(0)
  expect(await rebuild()).toBe(left)
  expect(await outdated()).toBe(0)
})

it.each([
  ['what waits', false],
  ['everything', true],
])('overwrites no change that is written meanwhile, looking at %s', async (_, all) => {
  const writer = new Client({ connectionString: world.url, options: sessionOptions })
  await writer.connect()
  const body = `Eine Quittung${all} fehlt.`
  await writer.query('begin')
  await writer.query('update problem set body = $2 where id = $1', [idOf(900), body])
  const rebuilt = rebuild(all)
  await setTimeout(700)
  const { title, all: terms } = lexemesOf('Schlüssel 900', body)
  await writer.query('select write_search_lexemes($1, $2::tsvector, $3::tsvector, $4::smallint)', [
    idOf(900),
    title,
    terms,
    analyserVersion,
  ])
  await writer.query('commit')
  await writer.end()
  await rebuilt
  expect(await found(`Quittung${all}`)).toEqual(['Schlüssel 900'])
  expect(await outdated()).toBe(0)
})

it('writes with --all what differs, and nothing else', async () => {
  await rebuild()
  await world.sql.query(`update search_entry set lexemes = '' where id = $1`, [idOf(5)])
  const versions = () =>
    world.sql.query<{ id: string; row: string }>(
      `select id, xmin::text as row from search_entry where entry_id <> $1 order by id`,
      [idOf(5)],
    )
  const before = await versions()
  expect(await found('Nummer5')).toEqual([])
  expect(await rebuild(true)).toBeGreaterThanOrEqual(count)
  expect(await found('Nummer5')).toEqual(['Schlüssel 5'])
  expect((await versions()).rows).toEqual(before.rows)
})
