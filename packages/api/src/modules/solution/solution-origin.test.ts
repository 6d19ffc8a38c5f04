import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Visibility } from '#modules/entry/entry.entity.ts'
import {
  AcceptAnswerDocument,
  AnswerProblemDocument,
  PostProblemDocument,
  ProblemDocument,
  PublishSolutionDocument,
  UpdateSolutionDocument,
} from '#test/__generated__/operations.ts'
import { faultsOf } from '#test/refusals.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

// What one organisation asked in a small circle must not get around by the solution of another.

let world: World
let asker: Caller
let helper: Caller

beforeAll(async () => {
  world = await createWorld()
  await world.association('assoc')
  await world.organisation('asker', { associations: ['assoc'] })
  await world.organisation('helper', { associations: ['assoc'] })
  asker = await world.person({ asker: 'EDITOR' })
  helper = await world.person({ helper: 'EDITOR' })
})

afterAll(() => world.close())

async function helpfulAnswer(visibility: Visibility) {
  const { postProblem } = await asker.run(PostProblemDocument, {
    input: { title: 'Nur unter uns', fieldsOfWork: ['elder-care'], visibility },
  })
  const problemId = postProblem.problem!.id
  const { answerProblem } = await helper.run(AnswerProblemDocument, {
    input: { problemId, type: 'EXPERIENCE', body: 'So ging es.' },
  })
  const answerId = answerProblem.answer!.id
  await asker.run(AcceptAnswerDocument, { input: { answerId } })
  return { problemId, answerId }
}

const publish = async (caller: Caller, answerId: string, visibility: Visibility) =>
  (
    await caller.run(PublishSolutionDocument, {
      input: {
        title: 'Lösung',
        summary: 'Kurz',
        kind: 'PROCESS',
        fieldsOfWork: ['elder-care'],
        answerId,
        visibility,
      },
    })
  ).publishSolution

describe('a solution of who answered', () => {
  it.each<[Visibility, Visibility[]]>([
    ['PUBLIC', ['OWN_ORGANISATION', 'OWN_ASSOCIATION', 'ALL_MEMBERS', 'PUBLIC']],
    ['ALL_MEMBERS', ['OWN_ORGANISATION', 'OWN_ASSOCIATION', 'ALL_MEMBERS']],
    ['OWN_ASSOCIATION', ['OWN_ORGANISATION']],
  ])('from a problem for %s goes no further than %j', async (problem, allowed) => {
    const { answerId } = await helpfulAnswer(problem)
    for (const visibility of [
      'OWN_ORGANISATION',
      'OWN_ASSOCIATION',
      'ALL_MEMBERS',
      'PUBLIC',
    ] as const) {
      const faults = faultsOf(await publish(helper, answerId, visibility))
      expect({ visibility, faults }).toEqual({
        visibility,
        faults: allowed.includes(visibility) ? [] : ['VISIBILITY_TOO_WIDE visibility'],
      })
    }
  })

  it('cannot be widened later, but changed otherwise', async () => {
    const { answerId } = await helpfulAnswer('ALL_MEMBERS')
    const { solution } = await publish(helper, answerId, 'ALL_MEMBERS')
    const update = async (input: object) =>
      faultsOf(
        (await helper.run(UpdateSolutionDocument, { input: { id: solution!.id, ...input } }))
          .updateSolution,
      )
    expect(await update({ visibility: 'PUBLIC' })).toEqual(['VISIBILITY_TOO_WIDE visibility'])
    expect(await update({ visibility: 'ALL_MEMBERS', body: 'Mehr dazu' })).toEqual([])
  })
})

describe('a solution of who asked', () => {
  it('goes as far as they want', async () => {
    const { answerId } = await helpfulAnswer('OWN_ASSOCIATION')
    expect(faultsOf(await publish(asker, answerId, 'PUBLIC'))).toEqual([])
  })
})

describe('the problem', () => {
  it('names a solution in review to its own organisation alone', async () => {
    const practitioner = await world.person({ asker: 'PRACTITIONER' })
    const { problemId, answerId } = await helpfulAnswer('PUBLIC')
    const { solution } = await publish(practitioner, answerId, 'PUBLIC')
    const seen = async (caller: Caller) =>
      (await caller.run(ProblemDocument, { id: problemId })).problem?.solutions.map(({ id }) => id)
    expect(await seen(asker)).toEqual([solution!.id])
    expect(await seen(helper)).toEqual([])
    expect(await seen(world.visitor)).toEqual([])
  })
})
