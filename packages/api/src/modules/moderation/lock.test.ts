import { MikroORM } from '@mikro-orm/postgresql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseConfig } from '#database/mikro-orm.config.ts'
import { fromGlobalId } from '#lib/global-id.ts'
import {
  AcceptAnswerDocument,
  AnswerLockDocument,
  AnswerProblemDocument,
  NodesDocument,
  ProblemDocument,
  ProblemsDocument,
  PublishSolutionDocument,
  ReleaseProblemDocument,
  SameHereDocument,
  SearchDocument,
  SolutionDocument,
  SolutionsDocument,
  UpdateProblemDocument,
  WithdrawProblemDocument,
} from '#test/__generated__/operations.ts'
import {
  createModeratedWorld,
  decide,
  type ModeratedWorld,
  post,
  report,
} from '#test/moderation.ts'
import { faultsOf } from '#test/refusals.ts'
import type { Caller } from '#test/world.ts'

let all: ModeratedWorld
let problemId: string
let answerId: string
let solutionId: string
let outsiders: Record<string, Caller>

beforeAll(async () => {
  all = await createModeratedWorld()
  const { world, author, executive, stranger, sibling, first } = all
  problemId = await post(author, { title: 'Zebrafink' })
  await author.run(UpdateProblemDocument, { input: { id: problemId, body: 'Zebrafink, neu' } })
  const { answerProblem } = await sibling.run(AnswerProblemDocument, {
    input: { problemId, type: 'EXPERIENCE', body: 'Antwort zum Zebrafink' },
  })
  answerId = answerProblem.answer!.id
  const { publishSolution } = await executive.run(PublishSolutionDocument, {
    input: {
      title: 'Zebrafink',
      summary: 'Zebrafink',
      kind: 'PROCESS',
      visibility: 'PUBLIC',
      fieldsOfWork: ['elder-care'],
    },
  })
  solutionId = publishSolution.solution!.id
  outsiders = {
    visitor: world.visitor,
    stranger,
    sibling,
    moderator: first,
    token: await world.token('stranger'),
  }
})

afterAll(() => all.world.close())

/** Everything that a caller gets to see of the world, through all doors. */
async function everything(caller: Caller) {
  const answers = [
    await caller.send(ProblemsDocument, { first: 100 }),
    await caller.send(SolutionsDocument, { first: 100 }),
    await caller.send(SearchDocument, { query: 'Zebrafink', first: 100 }),
    await caller.send(ProblemDocument, { id: problemId }),
    await caller.send(SolutionDocument, { id: solutionId }),
    await caller.send(NodesDocument, { ids: [problemId, solutionId, answerId] }),
  ]
  // Cursors are sealed anew each time.
  return JSON.parse(
    JSON.stringify(answers, (key, value: unknown) => (/cursor/i.test(key) ? undefined : value)),
  ) as unknown
}

/** Locks something for as long as `look` runs. */
async function whileLocked(id: string, look: (reference: string) => Promise<void>): Promise<void> {
  const { reference } = await report(all.stranger, id)
  await decide(all.first, reference, 'LOCK')
  await look(reference)
  expect(faultsOf(await decide(all.first, reference, 'UNLOCK'))).toEqual([])
}

describe('a locked problem', () => {
  it('is nowhere for anybody else, and comes back exactly as it was', async () => {
    const before: Record<string, unknown> = {}
    for (const [name, caller] of Object.entries(outsiders)) before[name] = await everything(caller)
    const versions = () =>
      all.world.sql.query('select * from problem_version order by entry_id, number')
    const stored = (await versions()).rows
    await whileLocked(problemId, async () => {
      for (const [name, caller] of Object.entries(outsiders)) {
        const { problems } = await caller.run(ProblemsDocument, { first: 100 })
        const { search } = await caller.run(SearchDocument, { query: 'Zebrafink' })
        const { nodes } = await caller.run(NodesDocument, { ids: [problemId, answerId] })
        expect({
          name,
          problem: (await caller.run(ProblemDocument, { id: problemId })).problem,
          listed: problems.edges.length,
          counted: problems.totalCount.value,
          found: search.totalCount.value,
          facets: search.facets.map(({ kind }) => kind),
          nodes,
        }).toEqual({
          name,
          problem: null,
          listed: 0,
          counted: 0,
          found: 1,
          facets: ['SOLUTION'],
          nodes: [null, null],
        })
      }
    })
    for (const [name, caller] of Object.entries(outsiders))
      expect([name, await everything(caller)]).toEqual([name, before[name]])
    expect((await versions()).rows).toEqual(stored)
  })

  it('answers every mutation of others like one that does not exist', async () => {
    await whileLocked(problemId, async () => {
      const unknown = problemId.slice(0, 3) + 'A'.repeat(20)
      for (const caller of [all.stranger, all.sibling, all.first]) {
        const tries = async (id: string) => [
          await caller.send(SameHereDocument, { input: { problemId: id } }),
          await caller.send(AnswerProblemDocument, {
            input: { problemId: id, type: 'EXPERIENCE', body: 'Ja' },
          }),
          await caller.send(UpdateProblemDocument, { input: { id, title: 'Ja' } }),
          await caller.send(WithdrawProblemDocument, { input: { id } }),
        ]
        expect(await tries(problemId)).toEqual(await tries(unknown))
      }
    })
  })

  it('shows to its own people, who may change or withdraw it, but not publish it', async () => {
    await whileLocked(problemId, async () => {
      const { problem } = await all.author.run(ProblemDocument, { id: problemId })
      expect(problem).toMatchObject({
        state: 'LOCKED',
        viewerCanUpdate: true,
        viewerCanWithdraw: true,
        viewerCanRelease: false,
        viewerCanAnswer: false,
        viewerCanAccept: false,
      })
      expect(problem?.versions).toHaveLength(2)
      const { problems } = await all.author.run(ProblemsDocument, {})
      expect(problems.totalCount.value).toBe(0)
      const { releaseProblem } = await all.executive.run(ReleaseProblemDocument, {
        input: { id: problemId },
      })
      expect(faultsOf(releaseProblem)).toEqual(['WRONG_STATE'])
      const { updateProblem } = await all.author.run(UpdateProblemDocument, {
        input: { id: problemId, body: 'Geändert', visibility: 'PUBLIC' },
      })
      expect(updateProblem.problem?.state).toBe('LOCKED')
      expect((await all.stranger.run(ProblemDocument, { id: problemId })).problem).toBeNull()
    })
    const { problem } = await all.stranger.run(ProblemDocument, { id: problemId })
    expect(problem?.body).toBe('Geändert')
  })

  it('stays locked past the services, too: only decisions unlock', async () => {
    const orm = await MikroORM.init(databaseConfig(all.world.appUrl))
    const uuid = fromGlobalId(problemId)!.uuid
    const { rows } = await all.world.sql.query("select id from organisation where code = 'owner'")
    const em = orm.em.fork()
    em.setSessionContext({
      variables: { 'viewer.kind': 'member', 'viewer.organisation_ids': `{${rows[0].id}}` },
    })
    const setState = (state: string) =>
      em.execute(`update problem set state = '${state}' where id = '${uuid}'`)
    await whileLocked(problemId, async () => {
      await expect(setState('PUBLISHED')).rejects.toThrow(/Only a decision/)
      await expect(setState('IN_REVIEW')).rejects.toThrow(/Only a decision/)
    })
    await expect(setState('LOCKED')).rejects.toThrow(/Only a decision/)
    await orm.close()
  })

  it('stays locked while another notice demands it', async () => {
    const other = await report(all.stranger, problemId, 'COPYRIGHT')
    await whileLocked(problemId, async () => {
      await decide(all.second, other.reference, 'LOCK')
    })
    expect((await all.stranger.run(ProblemDocument, { id: problemId })).problem).toBeNull()
    await decide(all.second, other.reference, 'UNLOCK')
    expect((await all.stranger.run(ProblemDocument, { id: problemId })).problem).not.toBeNull()
  })
})

it('a locked solution is nowhere for anybody else, and comes back exactly as it was', async () => {
  const before = await everything(all.stranger)
  await whileLocked(solutionId, async () => {
    expect((await all.stranger.run(SolutionDocument, { id: solutionId })).solution).toBeNull()
    const { solutions } = await all.stranger.run(SolutionsDocument, {})
    expect(solutions.totalCount.value).toBe(0)
    const { solution } = await all.author.run(SolutionDocument, { id: solutionId })
    expect(solution?.state).toBe('LOCKED')
  })
  expect(await everything(all.stranger)).toEqual(before)
})

describe('a locked answer', () => {
  const seen = async (caller: Caller) => {
    const { problem } = await caller.run(ProblemDocument, { id: problemId })
    return [
      problem?.status,
      problem?.answerCount,
      problem?.answers.edges.length,
      problem?.answers.totalCount.value,
    ]
  }

  // The owner of the answer is the sibling, of the same association.
  it('counts for nobody; its problem looks as if it had never come, and comes back as it was', async () => {
    await all.author.run(AcceptAnswerDocument, { input: { answerId } })
    expect(await seen(all.stranger)).toEqual(['SOLVED', 1, 1, 1])
    await whileLocked(answerId, async () => {
      for (const caller of [all.world.visitor, all.stranger, all.author, all.first]) {
        expect(await seen(caller)).toEqual(['OPEN', 0, 0, 0])
        expect(await caller.run(NodesDocument, { ids: [answerId] })).toEqual({ nodes: [null] })
      }
      const own = await all.sibling.run(AnswerLockDocument, { id: answerId })
      expect(own.node).toEqual({ locked: true, viewerCanAccept: false })
      const { acceptAnswer } = await all.author.run(AcceptAnswerDocument, { input: { answerId } })
      expect(faultsOf(acceptAnswer)).toEqual(['NOT_FOUND answerId'])
    })
    expect(await seen(all.stranger)).toEqual(['SOLVED', 1, 1, 1])
  })
})
