import { afterAll, beforeAll, expect, it } from 'vitest'
import { statements } from '#database/read.ts'
import {
  AnswerProblemDocument,
  OrganisationsDocument,
  ProblemsDocument,
  SearchDocument,
  SolutionsDocument,
} from '#test/__generated__/operations.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

// The number of statements of a list must not depend on the number of its rows, nor on how much
// hangs on each of them.

let world: World
let reader: Caller

beforeAll(async () => {
  world = await createWorld('demo')
  reader = await world.token('a-nordmark')
  // The first rows have all that rows can have, so that they read from as many tables as thirty do.
  await world.sql.query("update solution set published_at = now() where code = 'S02'")
  await world.sql.query("update problem set published_at = now() where code = 'P02'")
})

afterAll(() => world.close())

async function countStatements(run: () => Promise<unknown>): Promise<number> {
  const texts: string[] = []
  const note = (message: unknown) => texts.push((message as { text: string }).text)
  statements.subscribe(note)
  await run()
  statements.unsubscribe(note)
  return texts.length
}

const lists: Record<string, { most: number; few?: number; run(first: number): Promise<unknown> }> =
  {
    // session, page, count, organisations and their associations, answers, their organisations and solutions, solutions, versions
    problems: { most: 12, run: (first: number) => reader.run(ProblemsDocument, { first }) },
    solutions: { most: 7, run: (first: number) => reader.run(SolutionsDocument, { first }) },
    organisations: {
      most: 6,
      run: (first: number) => reader.run(OrganisationsDocument, { first }),
    },
    search: {
      // session, words, candidates; problems, solutions and answers that are hits, their organisations
      most: 8,
      // Problems, solutions and answers are among so many, as they are among thirty.
      few: 20,
      run: (first: number) =>
        reader.run(SearchDocument, {
          query: 'Dienstplan Ausfall Stufenplan Team Pflege',
          filter: { kinds: ['PROBLEM', 'SOLUTION'] },
          first,
        }),
    },
  }

it.each(Object.entries(lists))(
  'reads 30 %s by as few statements as a few',
  async (_, { run, most, few = 2 }) => {
    const some = await countStatements(() => run(few))
    const thirty = await countStatements(() => run(30))
    expect(thirty).toBe(some)
    expect(thirty).toBeLessThanOrEqual(most)
  },
)

it('reads many answers by as few statements as one', async () => {
  const { problems } = await reader.run(ProblemsDocument, {
    filter: { organisation: 'o-tannwerra' },
    first: 1,
  })
  const problemId = problems.edges[0]!.node.id
  const one = () =>
    reader.run(ProblemsDocument, { first: 1, filter: { organisation: 'o-tannwerra' } })
  const before = await countStatements(one)
  for (let index = 0; index < 10; index += 1)
    await reader.run(AnswerProblemDocument, {
      input: { problemId, type: 'EXPERIENCE', body: `Nummer ${index}` },
    })
  expect(await countStatements(one)).toBeLessThanOrEqual(before)
})
