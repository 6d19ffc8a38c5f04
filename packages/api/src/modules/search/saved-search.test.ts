import { limits } from '@netzwerkdiakonie/schema'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SaveSearchInput } from '#test/__generated__/operations.ts'
import {
  DeleteAccountDocument,
  DeleteSavedSearchDocument,
  MyDataDocument,
  RenameSavedSearchDocument,
  SavedSearchesDocument,
  SavedSearchNodeDocument,
  SaveSearchDocument,
} from '#test/__generated__/operations.ts'
import { checksums } from '#test/checksums.ts'
import { faultsOf, topLevelCode } from '#test/refusals.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

let world: World
let person: Caller
let colleague: Caller

beforeAll(async () => {
  world = await createWorld()
  await world.organisation('own')
  person = await world.person({ own: 'PRACTITIONER' })
  colleague = await world.person({ own: 'EXECUTIVE' })
})
afterAll(() => world.close())

async function save(caller: Caller, input: Partial<SaveSearchInput> = {}) {
  const variables = { input: { query: 'Dienstplan', ...input } }
  return (await caller.run(SaveSearchDocument, variables)).saveSearch
}

async function keptBy(caller: Caller) {
  return (await caller.run(SavedSearchesDocument)).viewer.savedSearches
}

async function rename(caller: Caller, id: string, name: string) {
  return (await caller.run(RenameSavedSearchDocument, { input: { id, name } })).renameSavedSearch
}

async function remove(caller: Caller, id: string) {
  return (await caller.run(DeleteSavedSearchDocument, { input: { id } })).deleteSavedSearch
}

describe('a saved search', () => {
  it('is kept by persons alone', async () => {
    const { savedSearch } = await save(person)
    const id = savedSearch?.id ?? ''
    const before = await checksums(world)
    for (const caller of [world.visitor, await world.token('own')]) {
      const calls = [
        await caller.send(SaveSearchDocument, { input: { query: 'Dienstplan' } }),
        await caller.send(RenameSavedSearchDocument, { input: { id, name: 'x' } }),
        await caller.send(DeleteSavedSearchDocument, { input: { id } }),
      ]
      for (const response of calls) expect(topLevelCode(response)).toBe('UNAUTHENTICATED')
      expect(await keptBy(caller)).toEqual([])
    }
    const { api_token: _, ...after } = await checksums(world)
    expect(after).toEqual(
      Object.fromEntries(Object.entries(before).filter(([table]) => table in after)),
    )
  })

  it('belongs to one person: to others it does not exist, colleagues who manage them included', async () => {
    const { savedSearch } = await save(person, { name: 'Nur für mich' })
    const id = savedSearch?.id ?? ''
    const before = await checksums(world)
    expect(await keptBy(colleague)).toEqual([])
    expect((await colleague.run(SavedSearchNodeDocument, { id })).node).toBeNull()
    expect(faultsOf(await rename(colleague, id, 'Meins'))).toEqual(['NOT_FOUND id'])
    expect(faultsOf(await remove(colleague, id))).toEqual(['NOT_FOUND id'])
    expect(await checksums(world)).toEqual(before)
    expect((await person.run(SavedSearchNodeDocument, { id })).node).toMatchObject({
      name: 'Nur für mich',
    })
  })

  it('keeps what it is narrowed to, and is listed by name', async () => {
    const keeper = await world.person({ own: 'PRACTITIONER' })
    const filter = {
      kinds: ['TOOL', 'TOOL', 'SOLUTION'],
      fieldsOfWork: ['elder-care', 'elder-care'],
      competences: ['process-management'],
      toolCategories: ['client-management'],
      umbrellas: ['diakonie'],
      updatedSince: '2026-01-31',
    } satisfies SaveSearchInput['filter']
    const saved = await save(keeper, { query: ' Ärger ', filter })
    expect(saved.userErrors).toEqual([])
    await save(keeper, { name: 'Aufnahme' })
    await save(keeper, { query: '', name: 'Zuletzt', filter: { kinds: ['PROBLEM'] } })
    const kept = await keptBy(keeper)
    expect(kept.map(({ name }) => name)).toEqual(['Ärger', 'Aufnahme', 'Zuletzt'])
    expect(kept[0]).toEqual({
      id: saved.savedSearch?.id,
      name: 'Ärger',
      query: 'Ärger',
      kinds: ['TOOL', 'SOLUTION'],
      fieldsOfWork: [{ code: 'elder-care' }],
      competences: [{ code: 'process-management' }],
      toolCategories: [{ code: 'client-management' }],
      umbrellas: [{ code: 'diakonie' }],
      updatedSince: '2026-01-31',
    })
  })

  it('is checked before it is kept', async () => {
    const long = (length: number) => 'x'.repeat(length)
    const wrong: [Partial<SaveSearchInput>, string[]][] = [
      [{ query: '  ' }, ['REQUIRED name']],
      [{ query: long(limits.searchQuery + 1) }, ['TOO_LONG query']],
      [{ name: long(limits.savedSearchName + 1) }, ['TOO_LONG name']],
      [
        { filter: { fieldsOfWork: ['elder-care', 'space-travel'], umbrellas: ['nobody'] } },
        ['UNKNOWN_CODE filter fieldsOfWork', 'UNKNOWN_CODE filter umbrellas'],
      ],
      [{ filter: { competences: ['x'] } }, ['UNKNOWN_CODE filter competences']],
      [{ filter: { toolCategories: ['x'] } }, ['UNKNOWN_CODE filter toolCategories']],
    ]
    for (const [input, faults] of wrong) expect(faultsOf(await save(person, input))).toEqual(faults)
    // A long query makes a name that is cut, and not a mistake of anybody.
    const { savedSearch } = await save(person, { query: long(limits.searchQuery) })
    expect(savedSearch?.name).toBe(long(limits.savedSearchName))
  })

  it('gets another name, and goes', async () => {
    const id = (await save(person)).savedSearch?.id ?? ''
    expect(faultsOf(await rename(person, id, ' '))).toEqual(['REQUIRED name'])
    expect(faultsOf(await rename(person, id, 'x'.repeat(limits.savedSearchName + 1)))).toEqual([
      'TOO_LONG name',
    ])
    expect(await rename(person, id, ' Neuer Name ')).toEqual({
      savedSearch: { id, name: 'Neuer Name' },
      userErrors: [],
    })
    expect(await remove(person, id)).toEqual({ deletedId: id, userErrors: [] })
    expect(faultsOf(await remove(person, id))).toEqual(['NOT_FOUND id'])
    expect((await person.run(SavedSearchNodeDocument, { id })).node).toBeNull()
  })

  it('is kept once for a key, and is refused for another search under it', async () => {
    const first = await save(person, { idempotencyKey: 'one' })
    const before = (await keptBy(person)).length
    expect(await save(person, { idempotencyKey: 'one' })).toEqual(first)
    expect(faultsOf(await save(person, { idempotencyKey: 'one', query: 'Anderes' }))).toEqual([
      'IDEMPOTENCY_KEY_REUSED idempotencyKey',
    ])
    expect(await keptBy(person)).toHaveLength(before)
  })

  it(`finds room ${limits.savedSearches} times, also when two come at once`, async () => {
    const keeper = await world.person({ own: 'PRACTITIONER' })
    for (let at = 1; at < limits.savedSearches; at += 1) await save(keeper, { name: `Nr. ${at}` })
    const last = await Promise.all([save(keeper), save(keeper), save(keeper)])
    expect(last.flatMap(faultsOf)).toEqual(['TOO_MANY', 'TOO_MANY'])
    expect(await keptBy(keeper)).toHaveLength(limits.savedSearches)
  })

  it('is among the data that are stored about the person, and goes with the account', async () => {
    const leaver = await world.person({ own: 'PRACTITIONER' })
    await save(leaver, { query: 'Kündigungsfrist', filter: { kinds: ['PROBLEM'] } })
    const { myData } = await leaver.run(MyDataDocument)
    const values = myData
      .find(({ code }) => code === 'SavedSearch')
      ?.rows.map(({ values }) => values.map(({ name, value }) => [name, value]))
    expect(values).toHaveLength(1)
    expect(values?.[0]).toEqual(
      expect.arrayContaining([
        ['query', 'Kündigungsfrist'],
        ['kinds', '{PROBLEM}'],
      ]),
    )
    const count = async () => {
      const { rows } = await world.sql.query<{ count: number }>(
        `select count(*)::int as count from saved_search where query = 'Kündigungsfrist'`,
      )
      return rows[0]?.count
    }
    expect(await count()).toBe(1)
    await leaver.run(DeleteAccountDocument, { confirmed: true })
    expect(await count()).toBe(0)
  })
})
