import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  AcceptAnswerDocument,
  AnswerDocument,
  AnswerProblemDocument,
  PostProblemDocument,
  ProblemDocument,
  SetProblemStatusDocument,
  SolutionDraftDocument,
  UndoAcceptAnswerDocument,
  UpdateProblemDocument,
  WithdrawAnswerDocument,
  WithdrawProblemDocument,
} from '#test/__generated__/operations.ts'
import { contentOf, expectNeedsContributor, faultsOf } from '#test/refusals.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

let world: World
let asker: Caller
let askerToken: Caller
let helper: Caller
let bystander: Caller

beforeAll(async () => {
  world = await createWorld()
  await world.organisation('asker')
  await world.organisation('helper')
  await world.organisation('bystander')
  asker = await world.person({ asker: 'VOLUNTEER' })
  askerToken = await world.token('asker')
  helper = await world.person({ helper: 'EDITOR' })
  bystander = await world.person({ bystander: 'EXECUTIVE' })
})

afterAll(() => world.close())

async function post(input: object = {}): Promise<string> {
  const { postProblem } = await asker.run(PostProblemDocument, {
    input: {
      title: 'Drei Unterschriften',
      body: 'Für jede Ausgabe.',
      fieldsOfWork: ['elder-care', 'child-daycare'],
      competences: ['process-management'],
      visibility: 'PUBLIC',
      ...input,
    },
  })
  return postProblem.problem!.id
}

async function answer(problemId: string, body = 'Eine Grenze von 50 Euro.', caller = helper) {
  const { answerProblem } = await caller.run(AnswerProblemDocument, {
    input: { problemId, type: 'EXPERIENCE', body },
  })
  return answerProblem.answer!.id
}

const accept = async (caller: Caller, answerId: string) =>
  (await caller.run(AcceptAnswerDocument, { input: { answerId } })).acceptAnswer
const undo = async (caller: Caller, answerId: string) =>
  (await caller.run(UndoAcceptAnswerDocument, { input: { answerId } })).undoAcceptAnswer
const status = async (id: string) => (await asker.run(ProblemDocument, { id })).problem?.status
const draft = async (caller: Caller, answerId: string) =>
  (await caller.run(SolutionDraftDocument, { answerId })).solutionDraft

describe('acceptAnswer and undoAcceptAnswer', () => {
  it('are for the asking organisation alone', async () => {
    const problemId = await post()
    const answerId = await answer(problemId)
    const variables = { input: { answerId } }
    await expectNeedsContributor(world, 'asker', AcceptAnswerDocument, variables)
    await expectNeedsContributor(world, 'asker', UndoAcceptAnswerDocument, variables)
    const before = await contentOf(world)
    for (const caller of [bystander, helper]) {
      expect(faultsOf(await accept(caller, answerId))).toEqual(['FORBIDDEN'])
      expect(faultsOf(await undo(caller, answerId))).toEqual(['FORBIDDEN'])
      const { node } = await caller.run(AnswerDocument, { id: answerId })
      expect(node).toMatchObject({ viewerCanAccept: false })
    }
    expect(await contentOf(world)).toBe(before)
    const { node } = await asker.run(AnswerDocument, { id: answerId })
    expect(node).toMatchObject({ viewerCanAccept: true })
    expect((await accept(asker, answerId)).answer).toMatchObject({ accepted: true })
    expect((await undo(askerToken, answerId)).answer).toMatchObject({ accepted: false })
  })

  it('say NOT_FOUND where the caller cannot see the answer', async () => {
    const answerId = await answer(await post())
    const problem = await post({ visibility: 'OWN_ORGANISATION' })
    const hidden = await answer(problem, 'Unter uns.', asker)
    expect(faultsOf(await accept(bystander, hidden))).toEqual(['NOT_FOUND answerId'])
    expect(faultsOf(await accept(asker, 'nonsense'))).toEqual(['NOT_FOUND answerId'])
    expect(faultsOf(await accept(asker, answerId.replace(/.$/, '_')))).toEqual([
      'NOT_FOUND answerId',
    ])
  })

  it('take the problem from answered to solved, and back with the last mark', async () => {
    const problemId = await post()
    const [one, two] = [await answer(problemId, 'Eins'), await answer(problemId, 'Zwei')]
    expect(await status(problemId)).toBe('ANSWERED')
    await accept(asker, one)
    await accept(asker, two)
    expect(await status(problemId)).toBe('SOLVED')
    await undo(asker, one)
    expect(await status(problemId)).toBe('SOLVED')
    await undo(asker, two)
    expect(await status(problemId)).toBe('ANSWERED')
  })

  it('at once leave the status that the marks say', async () => {
    for (let round = 0; round < 5; round++) {
      const problemId = await post()
      const [one, two] = [await answer(problemId, 'Eins'), await answer(problemId, 'Zwei')]
      await Promise.all([accept(asker, one), accept(askerToken, two)])
      await Promise.all([undo(asker, one), undo(askerToken, two)])
      expect(await status(problemId)).toBe('ANSWERED')
    }
  })

  it('repeated, change nothing', async () => {
    const problemId = await post()
    const answerId = await answer(problemId)
    await asker.run(SetProblemStatusDocument, { input: { id: problemId, status: 'SOLVED' } })
    expect((await undo(asker, answerId)).userErrors).toEqual([])
    expect(await status(problemId)).toBe('SOLVED')
    await accept(asker, answerId)
    await asker.run(SetProblemStatusDocument, { input: { id: problemId, status: 'UNSOLVED' } })
    expect((await accept(asker, answerId)).answer).toMatchObject({ accepted: true })
    expect(await status(problemId)).toBe('UNSOLVED')
  })

  it('put what helped first, then the oldest', async () => {
    const problemId = await post()
    const answers = [
      await answer(problemId, 'A'),
      await answer(problemId, 'B'),
      await answer(problemId, 'C'),
    ]
    const order = async () => {
      const { problem } = await bystander.run(ProblemDocument, { id: problemId })
      return problem?.answers.edges.map(({ node }) => node.body).join('')
    }
    expect(await order()).toBe('ABC')
    await accept(asker, answers[2]!)
    expect(await order()).toBe('CAB')
    await accept(asker, answers[1]!)
    expect(await order()).toBe('BCA')
    await undo(asker, answers[2]!)
    expect(await order()).toBe('BAC')
  })

  it('do nothing to an answer that is withdrawn', async () => {
    const answerId = await answer(await post())
    await helper.run(WithdrawAnswerDocument, { input: { answerId } })
    expect(faultsOf(await accept(asker, answerId))).toEqual(['WRONG_STATE answerId'])
    expect(faultsOf(await undo(asker, answerId))).toEqual(['WRONG_STATE answerId'])
  })
})

describe('withdrawing answers', () => {
  const withdraw = (answerId: string) => helper.run(WithdrawAnswerDocument, { input: { answerId } })

  it('takes a solved problem back to answered with the last that helped, and to open with the last', async () => {
    const problemId = await post()
    const [first, second] = [await answer(problemId), await answer(problemId)]
    await accept(asker, first)
    await withdraw(first)
    expect(await status(problemId)).toBe('ANSWERED')
    await withdraw(second)
    expect(await status(problemId)).toBe('OPEN')
  })

  it('leaves a problem solved that the organisation solved without it', async () => {
    const problemId = await post()
    const answerId = await answer(problemId)
    await asker.run(SetProblemStatusDocument, { input: { id: problemId, status: 'SOLVED' } })
    await withdraw(answerId)
    expect(await status(problemId)).toBe('SOLVED')
  })

  it('and the problem at once never fails', async () => {
    for (let round = 0; round < 10; round += 1) {
      const problemId = await post()
      const answerIds = await Promise.all([1, 2, 3].map(() => answer(problemId)))
      const results = await Promise.all([
        ...answerIds.map((answerId) =>
          helper.send(WithdrawAnswerDocument, { input: { answerId } }),
        ),
        asker.send(WithdrawProblemDocument, { input: { id: problemId } }),
      ])
      expect(results.flatMap(({ errors }) => errors)).toEqual([])
    }
  })
})

describe('solutionDraft', () => {
  it('comes with accepting, made from problem and answer, crediting both', async () => {
    const answerId = await answer(await post())
    const { solutionDraft } = await accept(asker, answerId)
    expect(solutionDraft?.creditedOrganisations).toEqual([{ code: 'asker' }, { code: 'helper' }])
    for (const caller of [asker, askerToken, helper])
      expect(await draft(caller, answerId)).toEqual({
        title: 'Drei Unterschriften',
        summary: 'Eine Grenze von 50 Euro.',
        body: '## Ausgangslage\n\nFür jede Ausgabe.\n\n## Was geholfen hat\n\nEine Grenze von 50 Euro.',
        fieldsOfWork: [{ code: 'elder-care' }, { code: 'child-daycare' }],
        creditedOrganisations: [{ code: 'asker' }, { code: 'helper' }],
      })
  })

  it('is nothing for others, nor before the answer is marked, nor after the mark is gone', async () => {
    const answerId = await answer(await post())
    expect(await draft(asker, answerId)).toBeNull()
    await accept(asker, answerId)
    for (const caller of [bystander, world.visitor, await world.token('asker', ['read'])])
      expect(await draft(caller, answerId)).toBeNull()
    await undo(asker, answerId)
    expect(await draft(asker, answerId)).toBeNull()
    expect(await draft(asker, 'nonsense')).toBeNull()
  })

  it('credits an organisation that answered itself once', async () => {
    const answerId = await answer(await post(), 'Wir haben es selbst gefunden.', asker)
    const { solutionDraft } = await accept(asker, answerId)
    expect(solutionDraft?.creditedOrganisations).toEqual([{ code: 'asker' }])
  })

  it('shortens a long answer to a summary that fits, at the end of a sentence or a word', async () => {
    const sentences = await answer(await post(), 'Dieser Satz ist kurz. '.repeat(60))
    await accept(asker, sentences)
    const summary = (await draft(asker, sentences))!.summary
    expect(summary.length).toBeLessThanOrEqual(500)
    expect(summary).toMatch(/kurz\.$/)
    const words = await answer(await post(), 'ohne Punkt und Komma '.repeat(60))
    await accept(asker, words)
    expect((await draft(asker, words))!.summary).toMatch(/^ohne .*(ohne|Punkt|und|Komma)…$/)
    const oneWord = await answer(await post(), 'x'.repeat(2_000))
    await accept(asker, oneWord)
    expect((await draft(asker, oneWord))!.summary).toBe(`${'x'.repeat(499)}…`)
  })

  it('stands on the title where the problem has no background', async () => {
    const answerId = await answer(await post({ body: '' }))
    await accept(asker, answerId)
    expect((await draft(asker, answerId))?.body).toMatch(
      /^## Ausgangslage\n\nDrei Unterschriften\n/,
    )
  })

  it('is gone for the helper once the problem is hidden', async () => {
    const problemId = await post()
    const answerId = await answer(problemId)
    await accept(asker, answerId)
    await asker.run(UpdateProblemDocument, {
      input: { id: problemId, visibility: 'OWN_ORGANISATION' },
    })
    expect(await draft(helper, answerId)).toBeNull()
    expect(await draft(asker, answerId)).not.toBeNull()
  })
})
