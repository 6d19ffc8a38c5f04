import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createSchema } from '#api/schema.ts'
import { fromGlobalId } from '#lib/global-id.ts'
import { AnswerProblemDocument, PostProblemDocument } from '#test/__generated__/operations.ts'
import { Caller, cloneWorld, createWorld, type World } from '#test/world.ts'
import { compare, type Request, requestsOf } from './replay.ts'

// One problem without a name, asked by A in one world and by B in the other. Nobody else can tell.

const title = 'Nachtfalter: Wie haltet ihr es mit dem Nachtdienst?'
const input = {
  title,
  body: 'Nachtfalter am Abend',
  fieldsOfWork: ['elder-care'],
  anonymousToNetwork: true,
  confirmedGeneralisation: true,
}

let headers: Record<string, Record<string, string>>
let worlds: [World, World]
let requests: Request[]

beforeAll(async () => {
  const base = await createWorld()
  await base.association('association')
  await base.association('other-association')
  // A and B are alike but for their names and their associations; the others make a circle of five.
  await base.organisation('a', { associations: ['association'] })
  await base.organisation('b', { associations: ['other-association'] })
  await base.organisation('neighbour', { associations: ['association'] })
  for (const code of ['stranger', 'third', 'fourth', 'fifth'])
    await base.organisation(code, { associations: ['other-association'] })
  const askers = { a: await base.token('a'), b: await base.token('b') }
  const callers = {
    'A itself': askers.a,
    visitor: base.visitor,
    'neighbour of A': await base.person({ neighbour: 'PRACTITIONER' }),
    'executive in the association of B': await base.person({ stranger: 'EXECUTIVE' }),
    'editor of the association of A': await base.person({ association: 'EDITOR' }),
    'editor of the association of B': await base.person({ 'other-association': 'EDITOR' }),
    'writing token of a neighbour of B': await base.token('third'),
    'reading token of a neighbour of A': await base.token('neighbour', ['read']),
  }
  const visible = await callers['neighbour of A'].run(PostProblemDocument, {
    input: { title: 'Nachtfalter mit Namen', fieldsOfWork: ['elder-care'], visibility: 'PUBLIC' },
  })
  await base.close()
  headers = Object.fromEntries(
    Object.entries(callers).map(([name, { headers }]) => [name, headers]),
  )
  worlds = [await cloneWorld(base.url), await cloneWorld(base.url)]
  const ids = await askIn(worlds[0], askers.a.headers)
  const same = await askIn(worlds[1], askers.b.headers)
  if (same.join() !== ids.join()) throw new Error('The worlds do not hold the same ids')
  await copyMoments(...worlds, ids)
  requests = requestsOf(createSchema(), {
    ids: [...ids, visible.postProblem.problem!.id, await worlds[0].organisationId('a')],
    words: ['Nachtfalter', 'Organisation', 'Organisation a'],
  })
}, 120_000)

afterAll(() => Promise.all(worlds.map((world) => world.close())))

describe('a problem without a name, by A or by B', () => {
  it.each([
    'visitor',
    'neighbour of A',
    'executive in the association of B',
    'editor of the association of A',
    'editor of the association of B',
    'writing token of a neighbour of B',
    'reading token of a neighbour of A',
  ])(
    'is the same, byte for byte, to: %s',
    async (name) => {
      const { answers, refused, bytes, differences } = await compare(
        worlds,
        headers[name]!,
        requests,
      )
      console.log(
        `Swap as ${name}: ${answers} answers, ${bytes} bytes, ${differences.length} differ`,
      )
      expect(answers).toBeGreaterThan(100)
      expect(refused).toBe(0)
      expect(differences.slice(0, 1)).toEqual([])
    },
    120_000,
  )

  it('differs to A itself', async () => {
    const { differences } = await compare(worlds, headers['A itself']!, requests)
    expect(differences.length).toBeGreaterThan(5)
  }, 120_000)
})

/** Asks, and answers as the asker, in two circles. Ids are random and tell nothing; here they are the same. */
async function askIn(world: World, asker: Record<string, string>): Promise<string[]> {
  const caller = new Caller(world.api, asker)
  const ids: string[] = []
  let number = 0
  const random = vi
    .spyOn(globalThis.crypto, 'randomUUID')
    .mockImplementation(() => `00000000-0000-4000-8000-${String(++number).padStart(12, '0')}`)
  for (const visibility of ['ALL_MEMBERS', 'PUBLIC'] as const) {
    const posted = await caller.run(PostProblemDocument, { input: { ...input, visibility } })
    const problem = posted.postProblem.problem!
    const answered = await caller.run(AnswerProblemDocument, {
      input: { problemId: problem.id, type: 'EXPERIENCE', body: 'Nachtfalter als Antwort' },
    })
    ids.push(problem.id, problem.organisation.id, answered.answerProblem.answer!.id)
  }
  random.mockRestore()
  return ids
}

/** What is asked without a name sorts by a random moment; the other world takes those of the one. */
async function copyMoments(one: World, other: World, ids: string[]): Promise<void> {
  const uuids = ids.map((id) => fromGlobalId(id)!.uuid)
  for (const [table, column] of [
    ['problem', 'published_at'],
    ['answer', 'created_at'],
  ]) {
    const { rows } = await one.sql.query<{ id: string; moment: string }>(
      `select id, ${column}::text as moment from ${table} where id = any($1)`,
      [uuids],
    )
    expect(rows).toHaveLength(2)
    for (const { id, moment } of rows)
      await other.sql.query(`update ${table} set ${column} = $2 where id = $1`, [id, moment])
  }
}
