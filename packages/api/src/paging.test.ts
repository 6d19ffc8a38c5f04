import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ProblemOrder, SolutionOrder } from '#api/__generated__/resolvers.ts'
import {
  PostProblemDocument,
  ProblemsDocument,
  SolutionsDocument,
} from '#test/__generated__/operations.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

let world: World
let reader: Caller

beforeAll(async () => {
  world = await createWorld('demo')
  reader = await world.token('a-nordmark')
})

afterAll(() => world.close())

async function walk(orderBy: ProblemOrder, first: number, between?: () => Promise<unknown>) {
  const ids: string[] = []
  let after: string | null = null
  do {
    const { problems }: Awaited<ReturnType<typeof page>> = await page(after)
    ids.push(...problems.edges.map(({ node }) => node.id))
    after = problems.pageInfo.hasNextPage ? (problems.pageInfo.endCursor ?? null) : null
    await between?.()
  } while (after)
  return ids

  function page(cursor: string | null) {
    return reader.run(ProblemsDocument, { orderBy, first, after: cursor })
  }
}

const orders: ProblemOrder[] = [
  'NEWEST',
  'RECENTLY_UPDATED',
  'MOST_SAME_HERE',
  'FEWEST_ANSWERS',
  'TITLE',
]

it.each(orders)('walks all problems by %s in pages as in one', async (orderBy) => {
  const { problems } = await reader.run(ProblemsDocument, { orderBy, first: 100 })
  const atOnce = problems.edges.map(({ node }) => node.id)
  expect(atOnce.length).toBe(problems.totalCount.value)
  expect(await walk(orderBy, 7)).toEqual(atOnce)
})

const solutionOrders: SolutionOrder[] = ['NEWEST', 'RECENTLY_UPDATED', 'SMALLEST_FIRST', 'TITLE']

it.each(solutionOrders)('walks all solutions by %s in pages as in one', async (orderBy) => {
  const all = await reader.run(SolutionsDocument, { orderBy, first: 100 })
  const ids: string[] = []
  let after: string | null | undefined
  do {
    const { solutions }: typeof all = await reader.run(SolutionsDocument, {
      orderBy,
      first: 4,
      after: after ?? null,
    })
    ids.push(...solutions.edges.map(({ node }) => node.id))
    after = solutions.pageInfo.hasNextPage ? solutions.pageInfo.endCursor : null
  } while (after)
  expect(ids).toEqual(all.solutions.edges.map(({ node }) => node.id))
})

it('gives no gap and no double while rows are inserted', async () => {
  const { problems } = await reader.run(ProblemsDocument, { orderBy: 'NEWEST', first: 100 })
  const before = problems.edges.map(({ node }) => node.id)
  const post = (title: string) =>
    reader.run(PostProblemDocument, { input: { title, fieldsOfWork: ['elder-care'] } })
  const walked = await walk('NEWEST', 5, () => Promise.all([post('Eins'), post('Zwei')]))
  expect(new Set(walked).size).toBe(walked.length)
  expect(walked.filter((id) => before.includes(id))).toEqual(before)
})

it.each([0, -1, 101, 2_000_000])('refuses a page of %i', async (first) => {
  const { errors, status } = await reader.send(ProblemsDocument, { first })
  expect(errors[0]?.extensions?.['code']).toBe('BAD_USER_INPUT')
  expect(status).toBeLessThan(500)
})

it.each(['', 'nonsense', 'AAAA'.repeat(20), '😀'])(
  'refuses the cursor “%s”, or reads from the start',
  async (after) => {
    const { errors, status } = await reader.send(ProblemsDocument, { after })
    expect(status).toBeLessThan(500)
    if (after !== '') expect(errors[0]?.extensions?.['code']).toBe('BAD_USER_INPUT')
  },
)

it('refuses the cursor of another list', async () => {
  const { problems } = await reader.run(ProblemsDocument, { orderBy: 'MOST_SAME_HERE', first: 1 })
  const { errors } = await reader.send(SolutionsDocument, {
    orderBy: 'TITLE',
    after: problems.pageInfo.endCursor ?? null,
  })
  expect(errors[0]?.extensions?.['code']).toBe('BAD_USER_INPUT')
})

it('tells nothing of times in cursors and ids', async () => {
  const { problems } = await reader.run(ProblemsDocument, { first: 100 })
  for (const { cursor, node } of problems.edges) {
    expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toMatch(/20\d\d-/)
    // Version 4: random, where 1, 6 and 7 would hold a time. The first byte is the type.
    expect(Buffer.from(node.id, 'base64url').readUInt8(7) >> 4).toBe(4)
  }
})
