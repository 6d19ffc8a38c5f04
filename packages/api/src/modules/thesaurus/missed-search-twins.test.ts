import { Pool } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sessionOptions } from '#database/mikro-orm.config.ts'
import { countSearch } from '#modules/thesaurus/missed-search.service.ts'
import {
  MissedSearchesDocument,
  NoteOpenedHitDocument,
  SearchDocument,
} from '#test/__generated__/operations.ts'
import { post } from '#test/moderation.ts'
import { Caller, cloneWorld, createWorld, type World } from '#test/world.ts'

// Two worlds that differ in one hidden problem. Everybody searches for its words in both, its own
// people included; the list of missed searches is the same.

const word = 'Nachtfalter'
let bare: World
let full: World
let hiddenId: string
let editorHeaders: Record<string, string>
let insiderHeaders: Record<string, string>

beforeAll(async () => {
  const base = await createWorld()
  await base.association('assoc')
  await base.organisation('elsewhere')
  editorHeaders = (await base.person({ assoc: 'EDITOR' })).headers
  insiderHeaders = (await base.person({ elsewhere: 'EDITOR' })).headers
  await base.close()
  bare = await cloneWorld(base.url)
  full = await cloneWorld(base.url)
  const insider = new Caller(full.api, insiderHeaders)
  hiddenId = await post(insider, { title: word, visibility: 'OWN_ORGANISATION' })
})
afterAll(async () => {
  await bare.close()
  await full.close()
})

/** Searches as somebody, and counts as the search service does: by what every member may see. */
async function search(world: World, caller: Caller): Promise<number> {
  const { search } = await caller.run(SearchDocument, { query: word })
  const members = await world.visitor.run(SearchDocument, { query: word })
  const pool = new Pool({ connectionString: world.appUrl, options: sessionOptions, max: 1 })
  await countSearch({ pool }, word, members.search.totalCount.value > 0)
  await pool.end()
  const input = { query: word, entryId: hiddenId }
  const { noteOpenedHit } = await caller.run(NoteOpenedHitDocument, { input })
  expect(noteOpenedHit).toEqual({ counted: false, userErrors: [] })
  return search.totalCount.value
}

/** The list as it goes over the wire, ids and cursors included. */
async function listOf(world: World): Promise<string> {
  const editor = new Caller(world.api, editorHeaders)
  return JSON.stringify(await editor.run(MissedSearchesDocument))
}

it('tells nothing of what is hidden, whoever searched for it', async () => {
  const found: number[][] = []
  for (const world of [bare, full]) {
    const callers = [world.visitor, new Caller(world.api, insiderHeaders)]
    const hits: number[] = []
    for (const caller of [...callers, ...callers]) hits.push(await search(world, caller))
    found.push(hits)
  }
  // The insider does find it, so that the list could tell.
  expect(found).toEqual([
    [0, 0, 0, 0],
    [0, 1, 0, 1],
  ])
  expect(await listOf(full)).toContain(`"query":"${word.toLowerCase()}"`)
  expect(await listOf(full)).toBe(await listOf(bare))
})
