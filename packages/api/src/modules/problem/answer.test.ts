import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AnswerType, answerTypes } from '#modules/problem/answer.entity.ts'
import {
  AnswerDocument,
  AnswerProblemDocument,
  type AnswerProblemMutationVariables,
  PostProblemDocument,
  ProblemAnswersDocument,
  ProblemDocument,
  PublishSolutionDocument,
  WithdrawAnswerDocument,
  WithdrawProblemDocument,
  WithdrawSolutionDocument,
} from '#test/__generated__/operations.ts'
import { contentOf, expectNeedsContributor, faultsOf } from '#test/refusals.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

let world: World
let asker: Caller
let helper: Caller
let helperColleague: Caller
let helperEditor: Caller
let helperToken: Caller

beforeAll(async () => {
  world = await createWorld()
  await world.organisation('asker')
  await world.organisation('helper')
  asker = await world.person({ asker: 'EDITOR' })
  helper = await world.person({ helper: 'PRACTITIONER' })
  helperColleague = await world.person({ helper: 'VOLUNTEER' })
  helperEditor = await world.person({ helper: 'EXECUTIVE' })
  helperToken = await world.token('helper')
})

afterAll(() => world.close())

type Input = AnswerProblemMutationVariables['input']

async function post(input: object = {}): Promise<string> {
  const { postProblem } = await asker.run(PostProblemDocument, {
    input: { title: 'Wer weiß Rat?', fieldsOfWork: ['elder-care'], visibility: 'PUBLIC', ...input },
  })
  return postProblem.problem!.id
}

async function answer(caller: Caller, input: Partial<Input> & { problemId: string }) {
  const { answerProblem } = await caller.run(AnswerProblemDocument, {
    input: { type: 'EXPERIENCE', body: 'Bei uns ging es so.', ...input },
  })
  return answerProblem
}

async function publish(caller: Caller, input: object = {}): Promise<string> {
  const { publishSolution } = await caller.run(PublishSolutionDocument, {
    input: {
      title: 'Bagatellgrenze',
      summary: 'Bis 50 Euro entscheidet das Haus.',
      kind: 'PROCESS',
      fieldsOfWork: ['elder-care'],
      ...input,
    },
  })
  return publishSolution.solution!.id
}

async function problem(id: string, caller = asker) {
  return (await caller.run(ProblemDocument, { id })).problem
}

describe('answerProblem', () => {
  it('is closed to visitors and reading tokens, open to every member organisation', async () => {
    const problemId = await post()
    const variables = { input: { problemId, type: 'EXPERIENCE' as const, body: 'Nein.' } }
    await expectNeedsContributor(world, 'helper', AnswerProblemDocument, variables)
    expect((await problem(problemId, world.visitor))?.viewerCanAnswer).toBe(false)
    for (const caller of [helper, helperToken, asker]) {
      expect((await problem(problemId, caller))?.viewerCanAnswer).toBe(true)
      expect(faultsOf(await answer(caller, { problemId }))).toEqual([])
    }
    expect(await problem(problemId, world.visitor)).toMatchObject({
      answerCount: 3,
      answers: { totalCount: { value: 3 } },
    })
  })

  it.each(answerTypes)('of type %s is shown with the organisation it comes from', async (type) => {
    const problemId = await post()
    const solutionId = type === 'LINK' ? await publish(helperEditor) : null
    const { answer: given } = await answer(helper, {
      problemId,
      type,
      body: '  Text\n',
      solutionId,
    })
    expect(given).toMatchObject({
      type,
      body: 'Text',
      accepted: false,
      withdrawn: false,
      organisation: { code: 'helper' },
      problem: { id: problemId, status: type === 'QUESTION' ? 'OPEN' : 'ANSWERED' },
      solution: solutionId ? { id: solutionId, title: 'Bagatellgrenze' } : null,
    })
    const { node } = await world.visitor.run(AnswerDocument, { id: given!.id })
    expect(node).toMatchObject({ body: 'Text' })
  })

  it('tells all faults at once and writes nothing', async () => {
    const problemId = await post()
    const before = await contentOf(world)
    const refused = await answer(helper, {
      problemId,
      type: 'LINK',
      body: ' ',
      idempotencyKey: 'k'.repeat(256),
    })
    expect(faultsOf(refused)).toEqual([
      'REQUIRED body',
      'REQUIRED solutionId',
      'TOO_LONG idempotencyKey',
    ])
    expect(faultsOf(await answer(helper, { problemId, body: 'x'.repeat(10_001) }))).toEqual([
      'TOO_LONG body',
    ])
    expect(await contentOf(world)).toBe(before)
  })

  it('links only to a published solution that the caller can see', async () => {
    const problemId = await post()
    const hidden = await publish(asker, { visibility: 'OWN_ORGANISATION' })
    const waiting = await publish(helper)
    const withdrawn = await publish(helperEditor)
    await helperEditor.run(WithdrawSolutionDocument, { input: { id: withdrawn } })
    for (const solutionId of [hidden, waiting, withdrawn, problemId, 'nonsense']) {
      const refused = await answer(helper, { problemId, type: 'LINK', solutionId })
      expect(faultsOf(refused)).toEqual(['NOT_FOUND solutionId'])
    }
    const own = await publish(helperEditor, { visibility: 'OWN_ORGANISATION' })
    const { answer: given } = await answer(helper, { problemId, type: 'LINK', solutionId: own })
    expect(given?.solution?.id).toBe(own)
    const seenByAsker = await asker.run(AnswerDocument, { id: given!.id })
    expect(seenByAsker.node).toMatchObject({ solution: null })
  })

  it('warns of data of clients until somebody confirms', async () => {
    const problemId = await post()
    const body = 'Bei Frau Müller war es auch so.'
    expect(faultsOf(await answer(helper, { problemId, body }))).toEqual([
      'CLIENT_DATA_SUSPECTED body',
    ])
    const { answer: given } = await answer(helper, { problemId, body, confirmedNoClientData: true })
    expect(given?.body).toBe(body)
  })

  it('with AI in it is a person’s to send', async () => {
    const problemId = await post()
    const refused = await answer(helperToken, { problemId, aiShare: 'AI_ASSISTED' })
    expect(faultsOf(refused)).toEqual(['AI_REVIEW_REQUIRED aiShare'])
    expect(faultsOf(await answer(helper, { problemId, aiShare: 'AI_ASSISTED' }))).toEqual([])
  })

  it('happens once for each idempotency key', async () => {
    const problemId = await post()
    const call = () => answer(helper, { problemId, idempotencyKey: `once ${problemId}` })
    const given = await Promise.all([call(), call(), call()])
    expect(new Set(given.map(({ answer }) => answer?.id)).size).toBe(1)
    const other = await answer(helper, {
      problemId,
      idempotencyKey: `once ${problemId}`,
      body: 'Anders',
    })
    expect(faultsOf(other)).toEqual(['IDEMPOTENCY_KEY_REUSED idempotencyKey'])
    expect((await problem(problemId))?.answerCount).toBe(1)
  })

  it('counts right when many answer at once', async () => {
    const problemId = await post()
    const given = await Promise.all(
      Array.from({ length: 12 }, (_, n) => answer(helper, { problemId, body: `Antwort ${n}` })),
    )
    expect(given.flatMap(faultsOf)).toEqual([])
    expect((await problem(problemId))?.answerCount).toBe(12)
  })

  it('says NOT_FOUND for what does not exist, and refuses what is withdrawn', async () => {
    expect(faultsOf(await answer(helper, { problemId: 'nonsense' }))).toEqual([
      'NOT_FOUND problemId',
    ])
    const problemId = await post()
    await asker.run(WithdrawProblemDocument, { input: { id: problemId } })
    expect((await answer(helper, { problemId })).answer).toBeNull()
  })
})

describe('the status of the problem', () => {
  it.each<[AnswerType[], string]>([
    [['QUESTION'], 'OPEN'],
    [['QUESTION', 'QUESTION'], 'OPEN'],
    [['QUESTION', 'OFFER_CALL'], 'ANSWERED'],
    [['OFFER_JOIN', 'QUESTION'], 'ANSWERED'],
  ])('after %j is %s', async (types, status) => {
    const problemId = await post()
    for (const type of types) await answer(helper, { problemId, type })
    expect((await problem(problemId))?.status).toBe(status)
  })
})

describe('withdrawAnswer', () => {
  it('is for its author, the editors and the token of the answering organisation', async () => {
    const problemId = await post()
    const { answer: given } = await answer(helper, { problemId })
    const variables = { input: { answerId: given!.id } }
    await expectNeedsContributor(world, 'helper', WithdrawAnswerDocument, variables)
    const before = await contentOf(world)
    for (const caller of [asker, helperColleague]) {
      const { withdrawAnswer } = await caller.run(WithdrawAnswerDocument, variables)
      expect(faultsOf(withdrawAnswer)).toEqual(['FORBIDDEN'])
      const { node } = await caller.run(AnswerDocument, { id: given!.id })
      expect(node).toMatchObject({ viewerCanWithdraw: false })
    }
    expect(await contentOf(world)).toBe(before)
    for (const caller of [helper, helperEditor, helperToken]) {
      const { answer: own } = await answer(helper, { problemId })
      const { node } = await caller.run(AnswerDocument, { id: own!.id })
      expect(node).toMatchObject({ viewerCanWithdraw: true })
      const { withdrawAnswer } = await caller.run(WithdrawAnswerDocument, {
        input: { answerId: own!.id },
      })
      expect(withdrawAnswer.answer).toMatchObject({ withdrawn: true, body: '' })
    }
  })

  it('takes it out of list and count; its id resolves without text', async () => {
    const problemId = await post()
    const solutionId = await publish(helperEditor)
    const { answer: gone } = await answer(helper, { problemId, type: 'LINK', solutionId })
    const { answer: stays } = await answer(helper, { problemId, body: 'Bleibt' })
    await helper.run(WithdrawAnswerDocument, { input: { answerId: gone!.id } })
    const after = await problem(problemId, world.visitor)
    expect(after).toMatchObject({ answerCount: 1, answers: { totalCount: { value: 1 } } })
    expect(after?.answers.edges.map(({ node }) => node.id)).toEqual([stays!.id])
    const { node } = await world.visitor.run(AnswerDocument, { id: gone!.id })
    expect(node).toMatchObject({
      id: gone!.id,
      body: '',
      withdrawn: true,
      solution: null,
      viewerCanAccept: false,
      viewerCanWithdraw: false,
    })
    const { withdrawAnswer } = await helper.run(WithdrawAnswerDocument, {
      input: { answerId: gone!.id },
    })
    expect(withdrawAnswer.answer).toBeNull()
  })
})

describe('pages of answers', () => {
  it('read on without gap or double', async () => {
    const problemId = await post()
    for (let n = 0; n < 5; n++) await answer(helper, { problemId, body: `Antwort ${n}` })
    const walked: string[] = []
    let after: string | null = null
    do {
      const { problem: page }: { problem?: PagedProblem | null } = await helper.run(
        ProblemAnswersDocument,
        {
          id: problemId,
          first: 2,
          after,
        },
      )
      walked.push(...page!.answers.edges.map(({ node }) => node.body))
      const { hasNextPage, endCursor }: PagedProblem['answers']['pageInfo'] = page!.answers.pageInfo
      after = hasNextPage ? (endCursor ?? null) : null
    } while (after)
    expect(walked).toEqual([0, 1, 2, 3, 4].map((n) => `Antwort ${n}`))
  })

  interface PagedProblem {
    answers: {
      edges: { node: { body: string } }[]
      pageInfo: { hasNextPage: boolean; endCursor?: string | null }
    }
  }
})
