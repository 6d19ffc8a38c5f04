import { missedSearchThreshold } from '@netzwerkdiakonie/schema'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { mondayOf, today } from '#lib/today.ts'
import {
  AuditEntriesDocument,
  DismissMissedSearchDocument,
  MissedSearchesDocument,
  NoteOpenedHitDocument,
  ThesaurusNodeDocument,
} from '#test/__generated__/operations.ts'
import { checksums } from '#test/checksums.ts'
import { post } from '#test/moderation.ts'
import { faultsOf, topLevelCode } from '#test/refusals.ts'
import { createThesaurusWorld, missedBy, missedId, type ThesaurusWorld } from '#test/thesaurus.ts'
import type { Caller } from '#test/world.ts'

let all: ThesaurusWorld
const monday = mondayOf(today())
const often = missedSearchThreshold

beforeAll(async () => {
  all = await createThesaurusWorld()
})
afterAll(() => all.close())
beforeEach(() => all.world.sql.query('delete from missed_search'))

async function countsOf(query: string) {
  const { rows } = await all.world.sql.query<Record<string, unknown>>(
    `select search_count, no_hit_count, opened_count, week::text from missed_search where query = $1`,
    [query],
  )
  return rows
}

async function open(caller: Caller, query: string, entryId: string) {
  return (await caller.run(NoteOpenedHitDocument, { input: { query, entryId } })).noteOpenedHit
}

async function dismiss(caller: Caller, id: string) {
  return (await caller.run(DismissMissedSearchDocument, { input: { id } })).dismissMissedSearch
}

describe('counting', () => {
  it('counts the same words of a week together, and stores nothing else', async () => {
    await all.searched('Dienstplan  Ausfall', 2)
    await all.searched(' dienstplan ausfall ', 1, true)
    expect(await countsOf('dienstplan ausfall')).toEqual([
      { search_count: 3, no_hit_count: 2, opened_count: 0, week: monday },
    ])
    const { rows } = await all.world.sql.query<{ name: string }>(
      `select column_name as name from information_schema.columns
       where table_name = 'missed_search' order by 1`,
    )
    expect(rows.map(({ name }) => name)).toEqual([
      'dismissed',
      'id',
      'no_hit_count',
      'opened_count',
      'query',
      'search_count',
      'week',
    ])
  })

  it('loses none of many at once', async () => {
    await Promise.all(Array.from({ length: 20 }, () => all.searched('Springerpool')))
    expect(await countsOf('springerpool')).toMatchObject([{ search_count: 20, no_hit_count: 20 }])
  })

  it.each(['Frau Schmidt', 'frau schmidt', 'anna@beispiel.de', 'ab', 'x'.repeat(101)])(
    'does not count “%s”',
    async (query) => {
      await all.searched(query, often)
      const { rows } = await all.world.sql.query('select from missed_search')
      expect(rows).toEqual([])
    },
  )

  it('never fails a search', async () => {
    await all.world.sql.query('alter function count_search(text, boolean) rename to gone')
    await expect(all.searched('Dienstplan')).resolves.toBeUndefined()
    await all.world.sql.query('alter function gone(text, boolean) rename to count_search')
  })

  it('goes through functions alone: the app’s login changes no count', async () => {
    const { rows } = await all.world.sql.query<Record<string, unknown>>(
      `select privilege_type as privilege, array_agg(column_name::text order by 1) as columns
       from information_schema.column_privileges
       where table_name = 'missed_search' and grantee = 'netzwerkdiakonie_app'
         and privilege_type <> 'SELECT' group by 1`,
    )
    expect(rows).toEqual([{ privilege: 'UPDATE', columns: ['dismissed'] }])
  })
})

describe('the list', () => {
  it('holds what had no hit often enough, and not what had none once less', async () => {
    await all.searched('Springerpool', often - 1)
    expect(await missedBy(all.editor)).toEqual([])
    await all.searched('Springerpool')
    expect(await missedBy(all.editor)).toEqual([
      {
        id: expect.any(String),
        query: 'springerpool',
        week: monday,
        searchCount: often,
        noHitCount: often,
        openedCount: 0,
        reason: 'NO_HIT',
      },
    ])
  })

  it('holds what had hits that nobody opened, until somebody does', async () => {
    const entryId = await post(all.executive, { visibility: 'PUBLIC' })
    await all.searched('Teilhabe', often - 1, true)
    expect(await missedBy(all.editor)).toEqual([])
    await all.searched('Teilhabe', 1, true)
    expect(await missedBy(all.editor)).toMatchObject([{ query: 'teilhabe', reason: 'NOT_OPENED' }])
    expect((await open(all.world.visitor, 'Teilhabe', entryId)).counted).toBe(true)
    expect(await missedBy(all.editor)).toEqual([])
  })

  it('is for those who manage an association of any kind, and for nobody else', async () => {
    await all.searched('Springerpool', often)
    for (const caller of [all.editor, all.other, all.head])
      expect(await missedBy(caller)).toHaveLength(1)
    const id = await missedId(all.editor, 'springerpool')
    expect((await all.editor.run(ThesaurusNodeDocument, { id })).node).toMatchObject({ id })
    for (const caller of [
      all.world.visitor,
      all.advisor,
      all.executive,
      await all.world.token('assoc'),
    ]) {
      const { missedSearches } = await caller.run(MissedSearchesDocument)
      expect(missedSearches).toMatchObject({ edges: [], totalCount: { value: 0 } })
      expect((await caller.run(ThesaurusNodeDocument, { id })).node).toBeNull()
    }
  })

  it('does not know below the threshold either by id', async () => {
    await all.searched('Springerpool', often)
    const id = await missedId(all.editor, 'springerpool')
    await all.world.sql.query('update missed_search set search_count = 2, no_hit_count = 2')
    expect((await all.editor.run(ThesaurusNodeDocument, { id })).node).toBeNull()
    expect(faultsOf(await dismiss(all.editor, id))).toEqual(['NOT_FOUND id'])
  })

  it('is filtered by week and reason, and ordered by frequency or words', async () => {
    await all.searched('Zuletzt', often)
    await all.searched('Ängste', often + 2)
    await all.searched('Bald', often + 1, true)
    await all.world.sql.query(
      `insert into missed_search (query, week, search_count, no_hit_count)
       values ('zuletzt', $1::date - 7, 9, 9)`,
      [monday],
    )
    const words = async (filter: Parameters<typeof missedBy>[1]) =>
      (await missedBy(all.editor, filter)).map(({ query }) => query)
    expect(await words(null)).toEqual(['zuletzt', 'ängste', 'bald', 'zuletzt'])
    expect(await words({ week: today() })).toEqual(['ängste', 'bald', 'zuletzt'])
    expect(await words({ week: '2020-01-01' })).toEqual([])
    expect(await words({ reasons: ['NOT_OPENED'] })).toEqual(['bald'])
    expect(await words({ reasons: ['NO_HIT'] })).toEqual(['zuletzt', 'ängste', 'zuletzt'])
    const { missedSearches } = await all.editor.run(MissedSearchesDocument, {
      orderBy: 'ALPHABETICAL',
    })
    expect(missedSearches.edges.map(({ node }) => node.query)).toEqual([
      'ängste',
      'bald',
      'zuletzt',
      'zuletzt',
    ])
  })
})

describe('noteOpenedHit', () => {
  it('counts for anybody, as often as the query was searched for', async () => {
    const entryId = await post(all.executive, { visibility: 'PUBLIC' })
    await all.searched('Teilhabe', 2, true)
    const opened = []
    for (const caller of [all.world.visitor, all.executive, all.editor])
      opened.push(await open(caller, ' TEILHABE', entryId))
    expect(opened.map(({ counted }) => counted)).toEqual([true, true, false])
    expect(await countsOf('teilhabe')).toMatchObject([{ search_count: 2, opened_count: 2 }])
  })

  it('counts nothing for a query that nobody searched for this week', async () => {
    const entryId = await post(all.executive, { visibility: 'PUBLIC' })
    await all.world.sql.query(
      `insert into missed_search (query, week, search_count) values ('teilhabe', $1::date - 7, 5)`,
      [monday],
    )
    const before = await checksums(all.world)
    for (const query of ['Teilhabe', 'Nie gesucht', 'ab', 'Frau Schmidt'])
      expect(await open(all.world.visitor, query, entryId)).toEqual({
        counted: false,
        userErrors: [],
      })
    expect(await checksums(all.world)).toEqual(before)
  })

  it('takes what only some may see for what does not exist, from those, too', async () => {
    const hidden = await post(all.executive, { visibility: 'OWN_ORGANISATION' })
    await all.searched('Teilhabe', 2, true)
    const before = await checksums(all.world)
    for (const caller of [all.world.visitor, all.executive])
      for (const entryId of [hidden, `${hidden.slice(0, 2)}${'A'.repeat(21)}`, 'x'])
        expect(await open(caller, 'Teilhabe', entryId)).toEqual({ counted: false, userErrors: [] })
    expect(await checksums(all.world)).toEqual(before)
    const organisation = await all.world.organisationId('member')
    expect((await open(all.world.visitor, 'Teilhabe', organisation)).counted).toBe(true)
  })
})

describe('dismissMissedSearch', () => {
  it('is for those who manage an association', async () => {
    await all.searched('Springerpool', often)
    const id = await missedId(all.editor, 'springerpool')
    const before = await checksums(all.world)
    for (const caller of [all.world.visitor, await all.world.token('assoc')])
      expect(topLevelCode(await caller.send(DismissMissedSearchDocument, { input: { id } }))).toBe(
        'UNAUTHENTICATED',
      )
    for (const caller of [all.advisor, all.executive])
      expect(faultsOf(await dismiss(caller, id))).toEqual(['FORBIDDEN'])
    const { api_token: _, ...after } = await checksums(all.world)
    expect(before).toMatchObject(after)
  })

  it('takes it off the list of all, for this week, and once', async () => {
    await all.searched('Springerpool', often)
    const id = await missedId(all.editor, 'springerpool')
    expect(await dismiss(all.other, id)).toEqual({ dismissedId: id, userErrors: [] })
    expect(await missedBy(all.editor)).toEqual([])
    await all.searched('Springerpool', often)
    expect(await missedBy(all.editor)).toEqual([])
    expect((await all.editor.run(ThesaurusNodeDocument, { id })).node).toBeNull()
    expect(faultsOf(await dismiss(all.editor, id))).toEqual(['NOT_FOUND id'])
    const organisationId = await all.world.organisationId('other')
    const { auditEntries } = await all.other.run(AuditEntriesDocument, { organisationId, first: 1 })
    expect(auditEntries.edges[0]?.node.action).toBe('MISSED_SEARCH_DISMISSED')
  })

  it.each(['', 'x', 'Problem'])('knows nothing by the id “%s”', async (kind) => {
    const id = kind === 'Problem' ? await post(all.executive) : kind
    expect(faultsOf(await dismiss(all.editor, id))).toEqual(['NOT_FOUND id'])
  })
})

describe('housekeeping', () => {
  it('forgets what is old, and of each week that is over what was never listed', async () => {
    await all.world.sql.query(
      `insert into missed_search (query, week, search_count, no_hit_count, opened_count, dismissed)
       select query, $1::date + 7 * week, searches, missed, opened, dismissed from (values
         ('too old', -27, 9, 9, 0, false), ('old', -26, 9, 9, 0, false),
         ('seldom', -1, 2, 2, 0, false), ('opened', -1, 9, 0, 1, false),
         ('not opened', -1, 3, 0, 0, false), ('dismissed', -1, 9, 9, 0, true),
         ('seldom yet', 0, 1, 1, 0, false), ('dismissed now', 0, 9, 9, 0, true)
       ) rows (query, week, searches, missed, opened, dismissed)`,
      [monday],
    )
    await all.world.sql.query('select delete_old_missed_searches()')
    const { rows } = await all.world.sql.query<{ query: string }>(
      'select query from missed_search order by query',
    )
    expect(rows.map(({ query }) => query)).toEqual([
      'dismissed now',
      'not opened',
      'old',
      'seldom yet',
    ])
  })
})
