import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ProblemStatus, problemStatuses } from '#modules/problem/problem.entity.ts'
import {
  PostProblemDocument,
  ProblemDocument,
  SameHereDocument,
  SetProblemStatusDocument,
  UndoSameHereDocument,
  WithdrawProblemDocument,
} from '#test/__generated__/operations.ts'
import { contentOf, expectNeedsContributor, faultsOf } from '#test/refusals.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

let world: World
let author: Caller
let colleague: Caller
let stranger: Caller
let another: Caller

beforeAll(async () => {
  world = await createWorld()
  await world.organisation('asker')
  await world.organisation('other')
  await world.organisation('third')
  author = await world.person({ asker: 'PRACTITIONER' })
  colleague = await world.person({ asker: 'VOLUNTEER' })
  stranger = await world.person({ other: 'EDITOR' })
  another = await world.person({ third: 'PRACTITIONER' })
})

afterAll(() => world.close())

async function post(title = 'Wer kennt das?'): Promise<string> {
  const { postProblem } = await author.run(PostProblemDocument, {
    input: { title, fieldsOfWork: ['elder-care'] },
  })
  return postProblem.problem!.id
}

async function problem(id: string, caller = author) {
  return (await caller.run(ProblemDocument, { id })).problem
}

describe('setProblemStatus', () => {
  const set = async (caller: Caller, id: string, status: ProblemStatus) =>
    (await caller.run(SetProblemStatusDocument, { input: { id, status } })).setProblemStatus

  it('is for every member of the asking organisation and nobody else', async () => {
    const id = await post()
    const variables = { input: { id, status: 'TRIED' as const } }
    await expectNeedsContributor(world, 'asker', SetProblemStatusDocument, variables)
    const before = await contentOf(world)
    expect(faultsOf(await set(stranger, id, 'TRIED'))).toEqual(['FORBIDDEN'])
    expect((await problem(id, stranger))?.viewerCanAccept).toBe(false)
    expect(await contentOf(world)).toBe(before)
    expect((await problem(id, colleague))?.viewerCanAccept).toBe(true)
    expect((await set(colleague, id, 'TRIED')).problem?.status).toBe('TRIED')
    expect((await set(await world.token('asker'), id, 'PARKED')).problem?.status).toBe('PARKED')
  })

  /** Which status may follow on which, written down independently of the product. */
  const following: Record<ProblemStatus, ProblemStatus[]> = {
    OPEN: ['TRIED', 'SOLVED', 'PARKED'],
    ANSWERED: ['TRIED', 'SOLVED', 'UNSOLVED', 'PARKED'],
    TRIED: ['OPEN', 'SOLVED', 'UNSOLVED', 'PARKED'],
    SOLVED: ['OPEN', 'TRIED', 'UNSOLVED'],
    UNSOLVED: ['OPEN', 'TRIED', 'SOLVED', 'PARKED'],
    PARKED: ['OPEN', 'TRIED', 'SOLVED'],
  }
  const steps = problemStatuses.flatMap((from) => problemStatuses.map((to) => ({ from, to })))

  it.each(steps)('from $from to $to', async ({ from, to }) => {
    const title = `Von ${from} nach ${to}`
    const id = await post(title)
    await world.sql.query('update problem set status = $1 where title = $2', [from, title])
    const allowed = from === to || following[from].includes(to)
    const result = await set(author, id, to)
    expect(faultsOf(result)).toEqual(allowed ? [] : ['WRONG_STATE status'])
    expect((await problem(id))?.status).toBe(allowed ? to : from)
  })

  it('cannot be said of what is withdrawn', async () => {
    const id = await post()
    await author.run(WithdrawProblemDocument, { input: { id } })
    expect((await set(author, id, 'TRIED')).problem).toBeNull()
  })
})

describe('sameHere', () => {
  const say = async (caller: Caller, problemId: string) =>
    (await caller.run(SameHereDocument, { input: { problemId } })).sameHere
  const undo = async (caller: Caller, problemId: string) =>
    (await caller.run(UndoSameHereDocument, { input: { problemId } })).undoSameHere

  it('is for other organisations, not for visitors and not for the asker', async () => {
    const id = await post()
    const variables = { input: { problemId: id } }
    await expectNeedsContributor(world, 'other', SameHereDocument, variables)
    await expectNeedsContributor(world, 'other', UndoSameHereDocument, variables)
    const before = await contentOf(world)
    expect(faultsOf(await say(colleague, id))).toEqual(['FORBIDDEN'])
    expect((await problem(id, colleague))?.viewerCanSaySameHere).toBe(false)
    expect(await contentOf(world)).toBe(before)
    expect((await problem(id, stranger))?.viewerCanSaySameHere).toBe(true)
    expect((await say(stranger, id)).problem).toMatchObject({
      sameHereCount: 1,
      viewerSaidSameHere: true,
    })
  })

  it('counts each organisation once, whoever says it and however often', async () => {
    const id = await post()
    await Promise.all([say(stranger, id), say(stranger, id), say(another, id)])
    const token = await world.token('other')
    expect((await say(token, id)).problem?.sameHereCount).toBe(2)
    expect((await problem(id))?.sameHereCount).toBe(2)
    expect((await problem(id))?.viewerSaidSameHere).toBe(false)
    expect((await problem(id, another))?.viewerSaidSameHere).toBe(true)
  })

  it('can be taken back, by its organisation alone, and is counted no more', async () => {
    const id = await post()
    await say(stranger, id)
    expect((await undo(another, id)).problem?.sameHereCount).toBe(1)
    expect((await undo(stranger, id)).problem).toMatchObject({
      sameHereCount: 0,
      viewerSaidSameHere: false,
    })
    expect((await undo(stranger, id)).problem?.sameHereCount).toBe(0)
    expect((await say(stranger, id)).problem?.sameHereCount).toBe(1)
  })

  it('does not touch the version or the day of the problem', async () => {
    const id = await post('Nur mitgezählt')
    await world.sql.query(`update problem set as_of = '2026-01-01' where title = 'Nur mitgezählt'`)
    await say(stranger, id)
    expect(await problem(id)).toMatchObject({ version: 1, asOf: '2026-01-01' })
  })

  it('cannot be said of what is withdrawn', async () => {
    const id = await post()
    await author.run(WithdrawProblemDocument, { input: { id } })
    expect((await say(stranger, id)).problem).toBeNull()
  })
})
