import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  FoundPassagesDocument,
  ProblemsDocument,
  SearchInDetailDocument,
  SearchSuggestionsDocument,
  SimilarDocument,
  SolutionsDocument,
} from '#test/__generated__/operations.ts'
import {
  common,
  createHiddenWorld,
  everybody,
  idOf,
  type HiddenWorld,
  type Row,
  rows,
  search,
  unknownWord,
} from '#test/hidden-words.ts'
import type { Caller, World } from '#test/world.ts'

let made: HiddenWorld
let world: World
let callers: HiddenWorld['callers']
let ids: HiddenWorld['ids']
let question: string

beforeAll(async () => {
  made = await createHiddenWorld()
  ;({ world, callers, ids, question } = made)
}, 60_000)

afterAll(() => made.world.close())

/** Everything that the search says about a word, by channel. */
const channels: Record<string, (caller: Caller, word: string) => Promise<unknown>> = {
  search: (caller, query) => caller.run(SearchInDetailDocument, { query, first: 5 }),
  'search, with another word': (caller, word) =>
    caller.run(SearchInDetailDocument, { query: `${common} ${word}`, first: 5 }),
  'search, filtered': (caller, query) =>
    caller.run(SearchInDetailDocument, { query, filter: { fieldsOfWork: ['elder-care'] } }),
  'search, mistyped': (caller, word) =>
    caller.run(SearchInDetailDocument, { query: `${word.slice(0, -1)}d` }),
  'search, begun': (caller, word) =>
    caller.run(SearchInDetailDocument, { query: word.slice(0, 6) }),
  suggestions: (caller, query) => caller.run(SearchSuggestionsDocument, { query }),
  'suggestions, begun': (caller, word) =>
    caller.run(SearchSuggestionsDocument, { query: word.slice(0, 4) }),
  'suggestions, second word': (caller, word) =>
    caller.run(SearchSuggestionsDocument, { query: `${common} ${word.slice(0, 4)}` }),
  similar: (caller, word) => caller.run(SimilarDocument, { title: `${common} ${word}`, first: 20 }),
  'list of problems': (caller, query) => caller.run(ProblemsDocument, { filter: { query } }),
  'list of solutions': (caller, query) => caller.run(SolutionsDocument, { filter: { query } }),
}

describe.each(everybody)('%s', (viewer) => {
  const seen = rows.filter(({ foundBy }) => foundBy.includes(viewer))
  const hidden = rows.filter(({ foundBy }) => !foundBy.includes(viewer))
  const caller = () => callers[viewer]!
  const idsOf = (some: Row[]) => some.map(({ word }) => ids.get(word)).sort()

  it('finds, counts and facets exactly what is visible', async () => {
    const found = await search(caller(), common)
    expect(found.ids.filter((id) => id !== question).sort()).toEqual(idsOf(seen))
    const all = seen.length + 1
    expect(found.totalCount).toEqual({ value: all, isExact: true })
    const solutions = seen.filter(({ of }) => of === 'solution').length
    expect(found.facets.map(({ kind, count }) => [kind, count.value]).sort()).toEqual([
      ['PROBLEM', all - solutions],
      ['SOLUTION', solutions],
    ])
    expect(found.termFacets.map(({ term, count }) => [term.code, count.value])).toEqual(
      expect.arrayContaining([
        ['elder-care', seen.length],
        ['migration', 1],
        ['process-management', seen.length],
      ]),
    )
    for (const { count } of found.termFacets) expect(count.value).toBeLessThanOrEqual(all)
    const umbrellas = found.termFacets.filter(({ dimension }) => dimension === 'UMBRELLA')
    expect(umbrellas.reduce((sum, { count }) => sum + count.value, 0)).toBeLessThanOrEqual(all)
  })

  it('narrows lists to exactly what is visible', async () => {
    const { problems } = await caller().run(ProblemsDocument, {
      filter: { query: common },
      first: 100,
    })
    const { solutions } = await caller().run(SolutionsDocument, {
      filter: { query: common },
      first: 100,
    })
    const entries = [...problems.edges, ...solutions.edges].map(({ node }) => node.id)
    expect(entries.filter((id) => id !== question).sort()).toEqual(
      idsOf(seen.filter(({ of }) => of !== 'answer')),
    )
    expect(problems.totalCount.value + solutions.totalCount.value).toBe(entries.length)
  })

  it('is pointed to nothing hidden by what looks on by itself', async () => {
    const { problem } = await caller().run(FoundPassagesDocument, { id: question })
    const { similar } = await caller().run(SimilarDocument, {
      title: `${common} gesucht`,
      body: rows.map(({ word }) => word).join(' '),
      first: 20,
    })
    const beyond = (await search(caller(), 'Rohrdommel')).beyond?.hit
    const shown = [
      ...problem!.foundPassages.map(idOf),
      ...similar.map(idOf),
      ...(beyond ? [idOf(beyond)] : []),
    ]
    expect(problem!.foundPassages.length).toBeGreaterThan(0)
    expect(beyond).toBeDefined()
    // The problem of an answer that is gone is there all the same.
    const gone = idsOf(hidden.filter(({ of, becomes }) => !(of === 'answer' && becomes)))
    expect(shown.filter((id) => gone.includes(id))).toEqual([])
  })

  it.each(seen)('finds $word by its word, everywhere', async ({ word, of }) => {
    const id = ids.get(word)!
    const found = await search(caller(), word)
    expect(found.ids).toEqual([id])
    expect(found.interpretation.words).toMatchObject([{ word, isKnown: true }])
    if (of === 'answer') {
      expect(found.edges[0]?.node.highlight).toContain(`<mark>${word}</mark>`)
      return
    }
    const { similar } = await caller().run(SimilarDocument, { title: `${common} ${word}` })
    expect(similar.map(idOf)).toContain(id)
    const { searchSuggestions } = await caller().run(SearchSuggestionsDocument, {
      query: word.slice(0, 5),
    })
    expect(searchSuggestions.map(({ kind }) => kind).sort()).toEqual(['TITLE', 'WORD'])
    const filter = { query: word }
    const { edges } =
      of === 'problem'
        ? (await caller().run(ProblemsDocument, { filter })).problems
        : (await caller().run(SolutionsDocument, { filter })).solutions
    expect(edges.map(({ node }) => node.id)).toEqual([id])
  })

  it.each(hidden)('cannot tell $word from a word that nobody wrote', async ({ word }) => {
    for (const [name, ask] of Object.entries(channels)) {
      // Both are cut and changed alike; what is echoed is the word as it was typed.
      const [one, other] = [word, unknownWord.slice(0, word.length - 1).concat('t')]
      const text = async (asked: string) =>
        JSON.stringify(await ask(caller(), asked)).replaceAll(
          new RegExp(asked.slice(0, 4) + '[a-z]*', 'g'),
          '…',
        )
      expect(`${name}: ${await text(one)}`).toBe(`${name}: ${await text(other)}`)
    }
  })
})

describe('who asked without a name', () => {
  it('is found by nothing of its organisation', async () => {
    for (const caller of Object.values(callers)) {
      const found = await search(caller, 'Organisation owner')
      expect(found.ids).not.toContain(ids.get('Ychlodunert'))
      expect(found.ids).toContain(await world.organisationId('owner'))
    }
  })

  it('has no row of its own in the index', async () => {
    const { rows } = await world.sql.query(
      `select from search_entry join organisation using (id) where is_pseudonym`,
    )
    expect(rows).toEqual([])
  })
})
