import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql'
import { limits } from '@netzwerkdiakonie/schema'
import type {
  PostProblemInput,
  ProblemFilter,
  ProblemOrder,
  UpdateProblemInput,
} from '#api/__generated__/resolvers.ts'
import { UserFailure } from '#api/errors.ts'
import type { Context } from '#api/context.ts'
import { uuidOf } from '#lib/global-id.ts'
import { createOnce } from '#lib/idempotency/create-once.ts'
import type { Page, PageArguments } from '#lib/page.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import { canReleaseEntry, canUpdateEntry, canWithdrawEntry } from '#modules/entry/entry.policy.ts'
import { InputCheck } from '#modules/entry/input.ts'
import {
  isUnreviewedAiText,
  needsHumanReview,
  versionVisibility,
} from '#modules/entry/lifecycle.ts'
import { saveVersioned } from '#modules/entry/versions.ts'
import { authorize } from '#modules/identity/authorize.ts'
import { authorizeContributor } from '#modules/identity/viewer.ts'
import { canAccept, canSaySameHere } from '#modules/problem/problem.policy.ts'
import {
  Problem,
  type ProblemRow,
  type ProblemStatus,
  ProblemVersion,
  statusesAfter,
} from '#modules/problem/problem.entity.ts'
import { readProblems } from '#modules/problem/problem.repository.ts'
import { SameHere } from '#modules/problem/same-here.entity.ts'

/** A page of problems. */
// public: row security shows to everybody what they may see
export function listProblems(
  context: Context,
  filter: ProblemFilter | null | undefined,
  order: ProblemOrder,
  page: PageArguments,
): Promise<Page<ProblemRow>> {
  return readProblems(context, filter, order, page)
}

/**
 * Posts a problem for the organisation that the viewer acts for.
 *
 * @returns the UUID of the problem
 * @throws UserFailure for what the caller can mend
 */
export async function postProblem(context: Context, input: PostProblemInput): Promise<string> {
  const viewer = authorizeContributor(context.viewer)
  const check = new InputCheck()
  const title = check.text('title', input.title, { max: limits.title, required: true })
  const body = check.text('body', input.body, { max: limits.problemBody })
  const { fieldsOfWork, competences } = checkTopics(check, input)
  check.clientData({ title, body }, input.confirmedNoClientData)
  const key = check.idempotencyKey(input.idempotencyKey ?? context.idempotencyKey)
  check.done()
  const aiShare = input.aiShare ?? 'NONE'
  const state = needsHumanReview(viewer, aiShare) ? 'IN_REVIEW' : 'PUBLISHED'
  const visibility = input.visibility ?? 'ALL_MEMBERS'
  const call = {
    actorId: viewer.actorId,
    organisationId: viewer.organisationId,
    operation: 'postProblem',
    input,
    key,
  }
  return createOnce(context.em, call, async (em, id) => {
    const owned = { title, body, organisationId: viewer.organisationId }
    em.create(Problem, {
      ...owned,
      id,
      authorId: viewer.caller === 'PERSON' ? viewer.actorId : null,
      submittedById: viewer.mandatedAssociationId,
      visibility,
      state,
      fieldsOfWork,
      competences,
      aiShare,
      licence: 'CC-BY-4.0',
    })
    em.create(ProblemVersion, {
      ...owned,
      entryId: id,
      number: 1,
      visibility: versionVisibility({ state, visibility }),
    })
  })
}

/**
 * Changes a problem and keeps the former wording.
 *
 * @returns the UUID of the problem
 * @throws UserFailure for what the caller can mend
 */
export async function updateProblem(context: Context, input: UpdateProblemInput): Promise<string> {
  const viewer = authorizeContributor(context.viewer)
  return unitOfWork(context.em, async (em) => {
    const problem = await findProblemForChange(em, input.id)
    authorize(canUpdateEntry(viewer, problem))
    const check = new InputCheck()
    const before = { title: problem.title, body: problem.body }
    if (input.title != null)
      problem.title = check.text('title', input.title, { max: limits.title, required: true })
    if (input.body != null)
      problem.body = check.text('body', input.body, { max: limits.problemBody })
    const topics = checkTopics(check, {
      fieldsOfWork: input.fieldsOfWork ?? problem.fieldsOfWork,
      competences: input.competences ?? problem.competences,
    })
    const changeNote = check.text('changeNote', input.changeNote, { max: limits.changeNote })
    const { title, body } = problem
    check.clientData({ title, body }, input.confirmedNoClientData, before)
    const isReworded = title !== before.title || body !== before.body
    if (isUnreviewedAiText(viewer, problem, input.aiShare, isReworded))
      check.fault('aiShare', { code: 'AI_REVIEW_REQUIRED' })
    check.done()
    Object.assign(problem, topics)
    if (input.visibility) problem.visibility = input.visibility
    if (input.aiShare) problem.aiShare = input.aiShare
    const current = await em.findOne(ProblemVersion, {
      entryId: problem.id,
      number: problem.version,
    })
    const change = {
      content: { title, body },
      changeNote: changeNote || null,
      expectedVersion: input.version,
    }
    await saveVersioned(em, problem, current, change, (version) =>
      em.create(ProblemVersion, version),
    )
    return problem.id
  })
}

/**
 * Withdraws a problem: a tombstone stays, content, former wordings and answers are out of sight.
 *
 * @returns the UUID of the problem
 * @throws UserFailure for what the caller can mend
 */
export async function withdrawProblem(context: Context, id: string): Promise<string> {
  const viewer = authorizeContributor(context.viewer)
  return unitOfWork(context.em, async (em) => {
    const problem = await findProblemForChange(em, id)
    authorize(canWithdrawEntry(viewer, problem))
    Object.assign(problem, { state: 'WITHDRAWN', title: '', body: '', competences: [] })
    await em.nativeDelete(ProblemVersion, { entryId: problem.id })
    return problem.id
  })
}

/**
 * Publishes a problem that waited for a second person.
 *
 * @returns the UUID of the problem
 * @throws UserFailure for what the caller can mend
 */
export async function releaseProblem(context: Context, id: string): Promise<string> {
  const viewer = authorizeContributor(context.viewer)
  return unitOfWork(context.em, async (em) => {
    const problem = await findProblemForChange(em, id)
    if (problem.state !== 'IN_REVIEW') throw new UserFailure({ code: 'WRONG_STATE' })
    authorize(canReleaseEntry(viewer, problem))
    problem.state = 'PUBLISHED'
    problem.publishedAt = new Date()
    await em.nativeUpdate(
      ProblemVersion,
      { entryId: problem.id, number: problem.version },
      { visibility: problem.visibility },
    )
    return problem.id
  })
}

/**
 * Says how a problem goes on.
 *
 * @returns the UUID of the problem
 * @throws UserFailure WRONG_STATE if that status does not follow on the present one
 */
export async function setProblemStatus(
  context: Context,
  id: string,
  status: ProblemStatus,
): Promise<string> {
  const viewer = authorizeContributor(context.viewer)
  return unitOfWork(context.em, async (em) => {
    const problem = await findProblemForChange(em, id)
    authorize(canAccept(viewer, problem))
    if (problem.status !== status && !statusesAfter(problem.status).includes(status))
      throw new UserFailure({ code: 'WRONG_STATE', path: ['input', 'status'] })
    problem.status = status
    return problem.id
  })
}

/**
 * Says for the viewer's organisation that it has the same problem. Saying it twice changes nothing.
 *
 * @returns the UUID of the problem
 * @throws UserFailure for what the caller can mend
 */
export async function sameHere(context: Context, problemId: string): Promise<string> {
  const viewer = authorizeContributor(context.viewer)
  const problem = await findProblem(context.em, problemId, 'problemId')
  authorize(canSaySameHere(viewer, problem))
  await context.em.execute(
    'insert into same_here (problem_id, organisation_id) values (?, ?) on conflict do nothing',
    [problem.id, viewer.organisationId],
  )
  return problem.id
}

/**
 * Takes that back. Taking it back twice changes nothing.
 *
 * @returns the UUID of the problem
 * @throws UserFailure NOT_FOUND
 */
export async function undoSameHere(context: Context, problemId: string): Promise<string> {
  const viewer = authorizeContributor(context.viewer)
  const problem = await findProblem(context.em, problemId, 'problemId')
  await context.em.nativeDelete(SameHere, {
    problemId: problem.id,
    organisationId: viewer.organisationId,
  })
  return problem.id
}

/**
 * The problem behind an opaque id, for a change within the unit of work of `em`.
 *
 * @throws UserFailure NOT_FOUND, also where row security hides it
 */
// public: row security decides; each caller authorizes what it does next
export async function findProblem(
  em: SqlEntityManager,
  id: string,
  field = 'id',
): Promise<Problem> {
  const uuid = uuidOf('Problem', id)
  const problem = uuid ? await em.findOne(Problem, uuid) : null
  if (!problem) throw new UserFailure({ code: 'NOT_FOUND', path: ['input', field] })
  return problem
}

/**
 * The same, locked until the transaction ends: without that, a change could write content into what
 * was withdrawn meanwhile. Where row security forbids the viewer to change it, nothing is locked,
 * and the policy that follows refuses.
 *
 * @throws UserFailure NOT_FOUND, also where row security hides it; WRONG_STATE for what is withdrawn
 */
async function findProblemForChange(em: SqlEntityManager, id: string): Promise<Problem> {
  const problem = await findProblem(em, id)
  await em.refresh(problem, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (problem.state === 'WITHDRAWN')
    throw new UserFailure({ code: 'WRONG_STATE', path: ['input', 'id'] })
  return problem
}

function checkTopics(
  check: InputCheck,
  input: Pick<PostProblemInput, 'fieldsOfWork' | 'competences'>,
): { fieldsOfWork: string[]; competences: string[] } {
  return {
    fieldsOfWork: check.codes('fieldsOfWork', 'fieldsOfWork', input.fieldsOfWork, {
      max: limits.fieldsOfWork,
      required: true,
    }),
    competences: check.codes('competences', 'competences', input.competences, {
      max: limits.competences,
    }),
  }
}
