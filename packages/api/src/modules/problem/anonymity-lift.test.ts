import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromGlobalId } from '#lib/global-id.ts'
import {
  AnswerProblemDocument,
  LiftAnonymityDocument,
  NodesDocument,
  PostProblemDocument,
  ProblemDocument,
} from '#test/__generated__/operations.ts'
import { faultsOf } from '#test/refusals.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

let world: World
let author: Caller
let colleague: Caller
let editor: Caller
let stranger: Caller

beforeAll(async () => {
  world = await createWorld()
  for (const code of ['asker', 'stranger', 'three', 'four', 'five']) await world.organisation(code)
  author = await world.person({ asker: 'PRACTITIONER' })
  colleague = await world.person({ asker: 'PRACTITIONER' })
  editor = await world.person({ asker: 'EDITOR' })
  stranger = await world.person({ stranger: 'EXECUTIVE' })
})

afterAll(() => world.close())

async function asked(
  caller: Caller,
  { visibility }: { visibility: 'PUBLIC' | 'OWN_ORGANISATION' } = { visibility: 'PUBLIC' },
): Promise<string> {
  const { postProblem } = await caller.run(PostProblemDocument, {
    input: {
      title: 'Noch soll es niemand wissen',
      fieldsOfWork: ['elder-care.home-care'],
      visibility,
      anonymousToNetwork: true,
      confirmedGeneralisation: true,
    },
  })
  expect(postProblem.userErrors).toEqual([])
  return postProblem.problem!.id
}

describe('liftAnonymity', () => {
  it('is for the author alone', async () => {
    const id = await asked(author)
    const input = { input: { id } }
    await expect(world.visitor.run(LiftAnonymityDocument, input)).rejects.toThrow(/UNAUTHENTICATED/)
    for (const caller of [stranger, colleague, editor]) {
      const { liftAnonymity } = await caller.run(LiftAnonymityDocument, input)
      expect(faultsOf(liftAnonymity)).toEqual(['FORBIDDEN'])
    }
    const hidden = await asked(author, { visibility: 'OWN_ORGANISATION' })
    const { liftAnonymity } = await stranger.run(LiftAnonymityDocument, { input: { id: hidden } })
    expect(faultsOf(liftAnonymity)).toEqual(['NOT_FOUND id'])
  })

  it('puts the name to the whole thread and leaves nothing of the pseudonym', async () => {
    const id = await asked(author)
    await colleague.run(AnswerProblemDocument, {
      input: { problemId: id, type: 'EXPERIENCE', body: 'Nachtrag' },
    })
    const { problem: before } = await stranger.run(ProblemDocument, { id })
    const { liftAnonymity } = await author.run(LiftAnonymityDocument, { input: { id } })
    expect(liftAnonymity.problem).toMatchObject({
      anonymousToNetwork: false,
      askedBy: null,
      organisation: { code: 'asker' },
    })
    const { problem } = await stranger.run(ProblemDocument, { id })
    expect(problem?.organisation.code).toBe('asker')
    expect(problem?.answers.edges[0]?.node.organisation.code).toBe('asker')
    const pseudonymId = before!.organisation.id
    const { nodes } = await author.run(NodesDocument, { ids: [pseudonymId] })
    expect(nodes).toEqual([null])
    const { rows } = await world.sql.query('select from pseudonym where id = $1', [
      fromGlobalId(pseudonymId)?.uuid,
    ])
    expect(rows).toEqual([])
    const again = await author.run(LiftAnonymityDocument, { input: { id } })
    expect(faultsOf(again.liftAnonymity)).toEqual(['FORBIDDEN'])
  })

  it('of what a system asked is for those who manage the organisation', async () => {
    const id = await asked(await world.token('asker'))
    const { liftAnonymity: refused } = await author.run(LiftAnonymityDocument, { input: { id } })
    expect(faultsOf(refused)).toEqual(['FORBIDDEN'])
    const { liftAnonymity } = await editor.run(LiftAnonymityDocument, { input: { id } })
    expect(liftAnonymity.problem?.organisation.code).toBe('asker')
  })
})
