import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql'
import { limits } from '@netzwerkdiakonie/schema'
import type { AnswerProblemInput } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { UserFailure } from '#api/errors.ts'
import { uuidOf } from '#lib/global-id.ts'
import { createOnce } from '#lib/idempotency/create-once.ts'
import { checkedSize, emptyPage, type Page, type PageArguments, toPage } from '#lib/page.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import { InputCheck } from '#modules/entry/input.ts'
import { needsHumanReview } from '#modules/entry/lifecycle.ts'
import { authorize } from '#modules/identity/authorize.ts'
import { authorizeContributor } from '#modules/identity/viewer.ts'
import { Answer, type AnswerRow } from '#modules/problem/answer.entity.ts'
import { Problem, type ProblemRow } from '#modules/problem/problem.entity.ts'
import {
  answersAs,
  canAccept,
  canAnswer,
  canWithdrawAnswer,
} from '#modules/problem/problem.policy.ts'
import { readAnswers } from '#modules/problem/problem.repository.ts'
import { withinThisWeek } from '#modules/problem/unnamed.ts'
import { findProblem } from '#modules/problem/problem.service.ts'
import { Solution } from '#modules/solution/solution.entity.ts'

/**
 * A page of the answers to a problem. First pages of many problems are read in one statement; what
 * is withdrawn or locked has none.
 */
// public: row security shows to everybody what they may see
export async function listAnswers(
  context: Context,
  problem: ProblemRow,
  page: PageArguments,
): Promise<Page<AnswerRow>> {
  if (problem.state === 'WITHDRAWN' || problem.state === 'LOCKED') return emptyPage
  const count = async () => ({ value: problem.answerCount, isExact: true })
  if (page.after) return { ...(await readAnswers(context, problem.id, page)), count }
  const size = checkedSize(page.first)
  const rows = await context.loaders.firstAnswers(size + 1).load(problem.id)
  return toPage(context.cursors, rows, size, false, count)
}

/**
 * Answers a problem for the organisation that the viewer acts for.
 *
 * @returns the UUID of the answer
 * @throws UserFailure for what the caller can mend
 */
export async function answerProblem(context: Context, input: AnswerProblemInput): Promise<string> {
  const viewer = authorizeContributor(context.viewer)
  const problem = await findProblem(context.em, input.problemId, 'problemId')
  authorize(canAnswer(viewer, problem))
  const check = new InputCheck()
  const body = check.text('body', input.body, { max: limits.answerBody, required: true })
  const solutionId = await findLinkedSolution(context, check, input)
  check.clientData({ body }, input.confirmedNoClientData)
  const key = check.idempotencyKey(input.idempotencyKey ?? context.idempotencyKey)
  const aiShare = input.aiShare ?? 'NONE'
  if (needsHumanReview(viewer, aiShare)) check.fault('aiShare', { code: 'AI_REVIEW_REQUIRED' })
  check.done()
  const call = {
    actorId: viewer.actorId,
    organisationId: viewer.organisationId,
    operation: 'answerProblem',
    input,
    key,
  }
  const answeringOrganisationId = answersAs(viewer, problem)
  const isUnnamed = answeringOrganisationId !== viewer.organisationId
  return createOnce(context.em, call, async (em, id) => {
    em.create(Answer, {
      id,
      ...(isUnnamed && { createdAt: await withinThisWeek(em) }),
      anonymousToNetwork: isUnnamed,
      problemId: problem.id,
      answeringOrganisationId,
      organisationId: problem.organisationId,
      authorId: viewer.caller === 'PERSON' && !isUnnamed ? viewer.actorId : null,
      submittedById: isUnnamed ? null : viewer.mandatedAssociationId,
      type: input.type,
      body,
      solutionId,
      aiShare,
    })
  })
}

/**
 * Withdraws an answer: its id stays, its text goes.
 *
 * @returns the UUID of the answer
 * @throws UserFailure for what the caller can mend
 */
export async function withdrawAnswer(context: Context, answerId: string): Promise<string> {
  const viewer = authorizeContributor(context.viewer)
  return unitOfWork(context.em, async (em) => {
    const answer = await findAnswer(em, answerId)
    authorize(canWithdrawAnswer(viewer, answer))
    Object.assign(answer, { withdrawn: true, accepted: false, body: '', solutionId: null })
    return answer.id
  })
}

/**
 * Marks an answer as one that helped, which solves the problem, or takes the mark back. With the last
 * mark gone, the problem is answered, but no longer solved.
 *
 * @returns the UUID of the answer
 * @throws UserFailure for what the caller can mend
 */
export async function markHelpful(
  context: Context,
  answerId: string,
  accepted: boolean,
): Promise<string> {
  const viewer = authorizeContributor(context.viewer)
  return unitOfWork(context.em, async (em) => {
    const answer = await findAnswer(em, answerId)
    const problem = await em.findOneOrFail(Problem, answer.problemId)
    // Marks are counted below: who marks or unmarks at the same time has to wait.
    await em.refresh(problem, { lockMode: LockMode.PESSIMISTIC_WRITE })
    authorize(canAccept(viewer, problem))
    if (answer.withdrawn || answer.locked)
      throw new UserFailure({ code: 'WRONG_STATE', path: ['input', 'answerId'] })
    // Without a change of the mark, a status that the organisation chose itself stays as it is.
    if (answer.accepted === accepted) return answer.id
    answer.accepted = accepted
    await em.flush()
    const marks = await em.count(Answer, { problemId: problem.id, accepted: true })
    if (accepted) problem.status = 'SOLVED'
    else if (marks === 0 && problem.status === 'SOLVED') problem.status = 'ANSWERED'
    return answer.id
  })
}

/** @throws UserFailure NOT_FOUND, also where row security hides it */
async function findAnswer(em: SqlEntityManager, id: string): Promise<Answer> {
  const uuid = uuidOf('Answer', id)
  const answer = uuid ? await em.findOne(Answer, uuid) : null
  if (!answer) throw new UserFailure({ code: 'NOT_FOUND', path: ['input', 'answerId'] })
  return answer
}

async function findLinkedSolution(
  context: Context,
  check: InputCheck,
  { type, solutionId }: AnswerProblemInput,
): Promise<string | null> {
  if (!solutionId) {
    if (type === 'LINK') check.fault('solutionId', { code: 'REQUIRED' })
    return null
  }
  const uuid = uuidOf('Solution', solutionId)
  const solution = uuid
    ? await context.em.findOne(Solution, { id: uuid, state: 'PUBLISHED' })
    : null
  if (!solution) check.fault('solutionId', { code: 'NOT_FOUND' })
  return solution?.id ?? null
}
