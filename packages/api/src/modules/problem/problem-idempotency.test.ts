import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ActForDocument,
  PostProblemDocument,
  WithdrawProblemDocument,
} from '#test/__generated__/operations.ts'
import { contentOf, faultsOf } from '#test/refusals.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

let world: World
let person: Caller
let token: Caller
let askerId: string
let secondId: string

beforeAll(async () => {
  world = await createWorld()
  askerId = await world.organisation('asker')
  secondId = await world.organisation('second')
  person = await world.person({ asker: 'PRACTITIONER' })
  token = await world.token('asker')
})

afterAll(() => world.close())

const input = { title: 'Zweimal abgeschickt', body: 'Funkloch', fieldsOfWork: ['elder-care'] }

async function post(caller: Caller, more: object, headers?: Record<string, string>) {
  const { postProblem } = await caller.run(
    PostProblemDocument,
    { input: { ...input, ...more } },
    headers,
  )
  return postProblem
}

describe('an idempotency key', () => {
  it('gives the first problem again and writes nothing more', async () => {
    const first = await post(person, { idempotencyKey: 'one' })
    const before = await contentOf(world)
    const again = await post(person, { idempotencyKey: 'one' })
    expect(again).toEqual(first)
    expect(again.problem?.id).toBeTruthy()
    expect(await contentOf(world)).toBe(before)
  })

  it('gives it again whatever the order of the fields in the input', async () => {
    const first = await post(person, { idempotencyKey: 'order' })
    const { postProblem } = await person.run(PostProblemDocument, {
      input: {
        idempotencyKey: 'order',
        fieldsOfWork: input.fieldsOfWork,
        body: input.body,
        title: input.title,
      },
    })
    expect(postProblem.problem?.id).toBe(first.problem?.id)
  })

  it('is refused with another input, and writes nothing', async () => {
    await post(person, { idempotencyKey: 'two' })
    const before = await contentOf(world)
    const other = await post(person, { idempotencyKey: 'two', title: 'Etwas anderes' })
    expect(other.problem).toBeNull()
    expect(faultsOf(other)).toEqual(['IDEMPOTENCY_KEY_REUSED idempotencyKey'])
    expect(await contentOf(world)).toBe(before)
  })

  it('counts in the header, too; that of the input goes before it', async () => {
    const header = { 'idempotency-key': 'three' }
    const first = await post(person, {}, header)
    expect((await post(person, {}, header)).problem?.id).toBe(first.problem?.id)
    expect((await post(person, { idempotencyKey: 'three' })).problem?.id).toBe(first.problem?.id)
    const own = await post(person, { idempotencyKey: 'four' }, header)
    expect(own.problem?.id).not.toBe(first.problem?.id)
  })

  it('has its limit in the header, too', async () => {
    const refused = await post(person, {}, { 'idempotency-key': 'k'.repeat(256) })
    expect(faultsOf(refused)).toEqual(['TOO_LONG idempotencyKey'])
  })

  it('makes one problem of ten calls at once', async () => {
    const title = 'Zehnmal gedrückt'
    const posted = await Promise.all(
      Array.from({ length: 10 }, () => post(person, { title, idempotencyKey: 'ten' })),
    )
    expect(new Set(posted.map(({ problem }) => problem?.id)).size).toBe(1)
    expect(posted.flatMap(({ userErrors }) => userErrors)).toEqual([])
    const { rows } = await world.sql.query('select from problem where title = $1', [title])
    expect(rows).toHaveLength(1)
  })

  it('belongs to its actor: another one’s is another key', async () => {
    const mine = await post(person, { idempotencyKey: 'shared' })
    const theirs = await post(token, { idempotencyKey: 'shared', title: 'Von jemand anderem' })
    expect(theirs.userErrors).toEqual([])
    expect(theirs.problem?.id).not.toBe(mine.problem?.id)
  })

  it('belongs to the organisation that one acts for, too', async () => {
    const both = await world.person({ asker: 'EDITOR', second: 'EDITOR' })
    const actFor = (organisationId: string) =>
      both.run(ActForDocument, { input: { organisationId } })
    await actFor(askerId)
    expect(faultsOf(await post(both, { idempotencyKey: 'hat' }))).toEqual([])
    await actFor(secondId)
    expect(faultsOf(await post(both, { idempotencyKey: 'hat' }))).toEqual([
      'IDEMPOTENCY_KEY_REUSED idempotencyKey',
    ])
  })

  it('is not used up by a call that was refused', async () => {
    expect((await post(person, { idempotencyKey: 'five', title: '' })).problem).toBeNull()
    expect((await post(person, { idempotencyKey: 'five' })).problem?.title).toBe(input.title)
  })

  it('is forgotten after 24 hours', async () => {
    const first = await post(person, { idempotencyKey: 'old' })
    await world.sql.query(`update idempotency_record set created_at = now() - interval '23 hours'`)
    expect((await post(person, { idempotencyKey: 'old' })).problem?.id).toBe(first.problem?.id)
    await world.sql.query(`update idempotency_record set created_at = now() - interval '25 hours'`)
    const later = await post(person, { idempotencyKey: 'old' })
    expect(later.problem?.id).not.toBe(first.problem?.id)
  })

  it('gives the tombstone of a problem that was withdrawn meanwhile', async () => {
    const first = await post(person, { idempotencyKey: 'gone' })
    await person.run(WithdrawProblemDocument, { input: { id: first.problem!.id } })
    const again = await post(person, { idempotencyKey: 'gone' })
    expect(again.problem).toMatchObject({ id: first.problem!.id, state: 'WITHDRAWN' })
  })

  it('without one, two equal calls make two problems', async () => {
    const [one, two] = [await post(person, {}), await post(person, {})]
    expect(one.problem?.id).not.toBe(two.problem?.id)
  })
})
