import { afterAll, beforeAll, expect, it } from 'vitest'
import { statements } from '#database/read.ts'
import {
  MissedSearchesDocument,
  SearchInvitationsDocument,
  SynonymGroupsDocument,
} from '#test/__generated__/operations.ts'
import { createThesaurusWorld, type ThesaurusWorld } from '#test/thesaurus.ts'

// The number of statements of a list must not depend on the number of its rows, and its pages must
// hold what one page holds.

let all: ThesaurusWorld

beforeAll(async () => {
  all = await createThesaurusWorld()
  await all.world.sql.query(`
    insert into missed_search (query, week, search_count, no_hit_count)
      select 'wort ' || number % 20, date_trunc('week', current_date) - interval '7 days' * (number / 20),
        9, case when number % 3 = 0 then 0 else 3 + number % 4 end
      from generate_series(1, 35) number;
    insert into synonym_group (terms, association_id, added_on)
      select array['wort ' || number, 'term ' || number], id, current_date - number % 5
      from generate_series(1, 35) number
      join organisation on code = case when number % 2 = 0 then 'assoc' else 'other' end;
    insert into search_invitation (topic, association_id, invited_on)
      select 'thema ' || number, id, current_date - number % 5
      from generate_series(1, 35) number
      join organisation on code = case when number % 2 = 0 then 'assoc' else 'other' end`)
})
afterAll(() => all.close())

async function countStatements(run: () => Promise<unknown>): Promise<number> {
  const texts: string[] = []
  const note = (message: unknown) => texts.push((message as { text: string }).text)
  statements.subscribe(note)
  await run()
  statements.unsubscribe(note)
  return texts.length
}

interface List {
  edges: readonly { node: { id: string } }[]
  pageInfo: { hasNextPage: boolean; endCursor?: string | null }
  totalCount: { value: number }
}

const lists: Record<string, (first: number, after?: string | null) => Promise<List>> = {
  'missed searches': async (first, after = null) =>
    (await all.editor.run(MissedSearchesDocument, { first, after })).missedSearches,
  'missed searches by words': async (first, after = null) =>
    (await all.editor.run(MissedSearchesDocument, { orderBy: 'ALPHABETICAL', first, after }))
      .missedSearches,
  'synonym groups': async (first, after = null) =>
    (await all.editor.run(SynonymGroupsDocument, { first, after })).synonymGroups,
  invitations: async (first, after = null) =>
    (await all.editor.run(SearchInvitationsDocument, { first, after })).searchInvitations,
}

it.each(Object.entries(lists))('reads 30 %s by as few statements as 2', async (_, list) => {
  const two = await countStatements(() => list(2))
  let edges: readonly unknown[] = []
  const thirty = await countStatements(async () => {
    ;({ edges } = await list(30))
  })
  expect(edges).toHaveLength(30)
  expect(thirty).toBe(two)
  // The session and its pseudonyms, the page, its count, the associations.
  expect(thirty).toBeLessThanOrEqual(5)
})

it.each(Object.entries(lists))('walks all %s in pages as in one', async (_, list) => {
  const whole = await list(100)
  const ids: string[] = []
  let after: string | null = null
  do {
    const page: List = await list(4, after)
    ids.push(...page.edges.map(({ node }) => node.id))
    after = page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null
  } while (after)
  expect(ids).toEqual(whole.edges.map(({ node }) => node.id))
  expect(whole.totalCount.value).toBe(35)
  expect(new Set(ids).size).toBe(35)
})
