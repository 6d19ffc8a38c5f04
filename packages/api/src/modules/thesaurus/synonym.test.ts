import { missedSearchThreshold } from '@netzwerkdiakonie/schema'
import { Pool } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { visitor } from '#modules/identity/viewer.ts'
import { synonymsInEffect } from '#modules/thesaurus/synonym.service.ts'
import {
  ActForDocument,
  AddSynonymsDocument,
  type AddSynonymsInput,
  AuditEntriesDocument,
  RemoveSynonymsDocument,
  SynonymGroupsDocument,
  ThesaurusNodeDocument,
} from '#test/__generated__/operations.ts'
import { contentOf, faultsOf, topLevelCode } from '#test/refusals.ts'
import { createThesaurusWorld, missedBy, missedId, type ThesaurusWorld } from '#test/thesaurus.ts'
import type { Caller } from '#test/world.ts'

let all: ThesaurusWorld
let pool: Pool

beforeAll(async () => {
  all = await createThesaurusWorld()
  pool = new Pool({ connectionString: all.world.appUrl, pipeline: true, max: 1 })
})
afterAll(async () => {
  await pool.end()
  await all.close()
})
beforeEach(() => all.world.sql.query('delete from synonym_group; delete from missed_search'))

async function add(caller: Caller, input: Partial<AddSynonymsInput> = {}) {
  const variables = { input: { terms: ['Pool', 'Springer'], ...input } }
  return (await caller.run(AddSynonymsDocument, variables)).addSynonyms
}

async function remove(caller: Caller, id: string) {
  return (await caller.run(RemoveSynonymsDocument, { input: { id } })).removeSynonyms
}

async function groupsOf(caller: Caller, query: string | null = null) {
  const { synonymGroups } = await caller.run(SynonymGroupsDocument, { query })
  return synonymGroups.edges.map(({ node }) => node)
}

/** What the next search of anybody looks at. */
async function inEffect() {
  return (await synonymsInEffect({ pool, viewer: visitor })).map(({ terms }) => terms)
}

describe('addSynonyms', () => {
  it('is for those who manage an association', async () => {
    const before = await contentOf(all.world)
    const input = { terms: ['Pool', 'Springer'] }
    for (const caller of [all.world.visitor, await all.world.token('assoc')])
      expect(topLevelCode(await caller.send(AddSynonymsDocument, { input }))).toBe(
        'UNAUTHENTICATED',
      )
    for (const caller of [all.advisor, all.executive])
      expect(faultsOf(await add(caller))).toEqual(['FORBIDDEN'])
    const [assoc, member] = [
      await all.world.organisationId('assoc'),
      await all.world.organisationId('member'),
    ]
    expect(faultsOf(await add(all.other, { associationId: assoc }))).toEqual(['FORBIDDEN'])
    expect(faultsOf(await add(all.editor, { associationId: member }))).toEqual(['FORBIDDEN'])
    expect(faultsOf(await add(all.editor, { associationId: 'x' }))).toEqual([
      'NOT_FOUND associationId',
    ])
    expect(await contentOf(all.world)).toBe(before)
    expect(await inEffect()).toEqual([])
  })

  it('takes effect for everybody at once', async () => {
    const { synonymGroup, userErrors } = await add(all.editor, {
      terms: [' Springer  Pool ', 'Ausfallteam', 'springer pool'],
    })
    expect(userErrors).toEqual([])
    expect(synonymGroup).toMatchObject({
      terms: ['springer pool', 'Ausfallteam'],
      association: { code: 'assoc' },
      viewerCanRemove: true,
    })
    expect(await inEffect()).toEqual([['springer pool', 'Ausfallteam']])
    for (const caller of [all.world.visitor, all.other])
      expect(await groupsOf(caller)).toEqual([{ ...synonymGroup, viewerCanRemove: false }])
    const organisationId = await all.world.organisationId('assoc')
    const { auditEntries } = await all.editor.run(AuditEntriesDocument, {
      organisationId,
      first: 1,
    })
    expect(auditEntries.edges[0]?.node).toMatchObject({
      action: 'SYNONYMS_ADDED',
      details: [{ name: 'terms', value: 'springer pool, Ausfallteam' }],
    })
  })

  it.each([
    [['Pool'], ['REQUIRED terms']],
    [['Pool', ' POOL'], ['REQUIRED terms']],
    [['Pool', ' '], ['REQUIRED terms']],
    [['Pool', 'x'.repeat(61)], ['TOO_LONG terms']],
    [['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8', 'a9'], ['TOO_MANY terms']],
    [['Pool', 'Frau Schmidt'], ['CLIENT_DATA_SUSPECTED terms']],
  ])('refuses %j', async (terms, faults) => {
    expect(faultsOf(await add(all.editor, { terms }))).toEqual(faults)
  })

  it('asks those who manage several associations for which one, unless they act for one', async () => {
    const both = await all.world.person({ member: 'PRACTITIONER', assoc: 'EDITOR', head: 'EDITOR' })
    const actFor = async (code: string) => {
      const organisationId = await all.world.organisationId(code)
      await both.run(ActForDocument, { input: { organisationId } })
      return organisationId
    }
    await actFor('member')
    expect(faultsOf(await add(both))).toEqual(['REQUIRED associationId'])
    const associationId = await all.world.organisationId('head')
    expect((await add(both, { associationId })).synonymGroup?.association.code).toBe('head')
    await actFor('assoc')
    expect((await add(both)).synonymGroup?.association.code).toBe('assoc')
  })

  it('answers a missed search, which is back once the group is gone', async () => {
    await all.searched('Springerpool', missedSearchThreshold)
    const missedSearchId = await missedId(all.editor, 'springerpool')
    const { synonymGroup } = await add(all.editor, { missedSearchId, idempotencyKey: 'answer' })
    expect(await missedBy(all.other)).toEqual([])
    // A repetition gives the first result although there is nothing left to answer.
    const again = await add(all.editor, { missedSearchId, idempotencyKey: 'answer' })
    expect(again.synonymGroup?.id).toBe(synonymGroup?.id)
    expect(faultsOf(await add(all.other, { missedSearchId }))).toEqual(['NOT_FOUND missedSearchId'])
    expect(await inEffect()).toHaveLength(1)
    await remove(all.editor, synonymGroup?.id ?? '')
    expect(await missedBy(all.other)).toHaveLength(1)
  })

  it('knows no missed search below the threshold, and none by another id', async () => {
    await all.searched('Springerpool', missedSearchThreshold)
    const missedSearchId = await missedId(all.editor, 'springerpool')
    await all.world.sql.query('update missed_search set search_count = 2, no_hit_count = 2')
    for (const id of [missedSearchId, 'x'])
      expect(faultsOf(await add(all.editor, { missedSearchId: id }))).toEqual([
        'NOT_FOUND missedSearchId',
      ])
    expect(await inEffect()).toEqual([])
  })
})

describe('removeSynonyms', () => {
  it('is for those who manage the association that added them', async () => {
    const id = (await add(all.editor)).synonymGroup?.id ?? ''
    const before = await contentOf(all.world)
    for (const caller of [all.world.visitor, await all.world.token('assoc')])
      expect(topLevelCode(await caller.send(RemoveSynonymsDocument, { input: { id } }))).toBe(
        'UNAUTHENTICATED',
      )
    for (const caller of [all.advisor, all.executive, all.other, all.head])
      expect(faultsOf(await remove(caller, id))).toEqual(['FORBIDDEN'])
    expect(await contentOf(all.world)).toBe(before)
    expect(await remove(all.editor, id)).toEqual({ removedId: id, userErrors: [] })
    expect(await inEffect()).toEqual([])
    expect((await all.editor.run(ThesaurusNodeDocument, { id })).node).toBeNull()
    expect(faultsOf(await remove(all.editor, id))).toEqual(['NOT_FOUND id'])
  })
})

describe('synonymGroups', () => {
  it('finds groups by a part of a word', async () => {
    await add(all.editor, { terms: ['Ärger', 'Konflikt'] })
    await add(all.other, { terms: ['Pool', 'Springer'] })
    expect((await groupsOf(all.editor, ' ärg ')).map(({ terms }) => terms)).toEqual([
      ['Ärger', 'Konflikt'],
    ])
    expect(await groupsOf(all.editor, '%')).toEqual([])
    expect(await groupsOf(all.editor)).toHaveLength(2)
  })
})
