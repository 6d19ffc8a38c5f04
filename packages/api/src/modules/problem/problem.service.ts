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
import { mondayOf, today } from '#lib/today.ts'
import type { Page, PageArguments } from '#lib/page.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import { canReleaseEntry, canUpdateEntry, canWithdrawEntry } from '#modules/entry/entry.policy.ts'
import { checkCircle } from '#modules/entry/circle.service.ts'
import { InputCheck } from '#modules/entry/input.ts'
import { isUnreviewedAiText, needsHumanReview, versionCircle } from '#modules/entry/lifecycle.ts'
import { saveVersioned } from '#modules/entry/versions.ts'
import { authorize } from '#modules/identity/authorize.ts'
import {
  authorizeContributor,
  organisationBehind,
  type OwnPseudonym,
} from '#modules/identity/viewer.ts'
import {
  createPseudonym,
  learnPseudonym,
  liftAnonymity as lift,
  updatePseudonym,
} from '#modules/problem/anonymity.service.ts'
import {
  checkStillUnnamed,
  checkUnnamed,
  wantedFieldsOfWork,
  withinThisWeek,
} from '#modules/problem/unnamed.ts'
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
  const circle = await checkCircle(context, check, input, viewer.organisationId)
  const asked = { title, body, fieldsOfWork, visibility: circle.visibility }
  const unnamed = input.anonymousToNetwork ? await checkUnnamed(context, check, asked, input) : null
  const key = check.idempotencyKey(input.idempotencyKey ?? context.idempotencyKey)
  check.done()
  const aiShare = input.aiShare ?? 'NONE'
  const state = needsHumanReview(viewer, aiShare) ? 'IN_REVIEW' : 'PUBLISHED'
  const call = {
    actorId: viewer.actorId,
    organisationId: viewer.organisationId,
    operation: 'postProblem',
    input,
    key,
  }
  let pseudonym: OwnPseudonym | null = null
  const problemId = await createOnce(context.em, call, async (em, id) => {
    pseudonym = unnamed && (await createPseudonym(em, viewer, { ...unnamed, fieldsOfWork }))
    const owned = { title, body, organisationId: pseudonym?.id ?? viewer.organisationId }
    const days = unnamed ? { asOf: mondayOf(today()) } : {}
    em.create(Problem, {
      ...owned,
      ...days,
      ...(unnamed && { publishedAt: await withinThisWeek(em) }),
      id,
      authorId: viewer.caller === 'PERSON' && !unnamed ? viewer.actorId : null,
      submittedById: unnamed ? null : viewer.mandatedAssociationId,
      ...circle,
      state,
      fieldsOfWork: unnamed?.shown.fieldsOfWork ?? fieldsOfWork,
      competences,
      aiShare,
      licence: 'CC-BY-4.0',
      anonymousToNetwork: unnamed !== null,
    })
    em.create(ProblemVersion, {
      ...owned,
      ...days,
      entryId: id,
      number: 1,
      ...versionCircle({ state, ...circle }),
    })
  })
  if (pseudonym) learnPseudonym(context, pseudonym)
  return problemId
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
      fieldsOfWork: await wantedFieldsOfWork(em, problem, input),
      competences: input.competences ?? problem.competences,
    })
    const changeNote = check.text('changeNote', input.changeNote, { max: limits.changeNote })
    const { title, body } = problem
    check.clientData({ title, body }, input.confirmedNoClientData, before)
    const isReworded = title !== before.title || body !== before.body
    if (isUnreviewedAiText(viewer, problem, input.aiShare, isReworded))
      check.fault('aiShare', { code: 'AI_REVIEW_REQUIRED' })
    const owner = organisationBehind(viewer, problem.organisationId)
    const circle = await checkCircle(context, check, input, owner, problem)
    if (problem.anonymousToNetwork) {
      const asked = { title, body, fieldsOfWork: topics.fieldsOfWork, ...circle }
      const shown = await checkStillUnnamed(context, check, problem, asked, input, isReworded)
      check.done()
      await updatePseudonym(em, problem.organisationId, shown, topics.fieldsOfWork)
      topics.fieldsOfWork = shown.fieldsOfWork
    }
    check.done()
    Object.assign(problem, topics, circle)
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
    problem.publishedAt = problem.anonymousToNetwork ? await withinThisWeek(em) : new Date()
    await em.nativeUpdate(
      ProblemVersion,
      { entryId: problem.id, number: problem.version },
      versionCircle(problem),
    )
    return problem.id
  })
}

/**
 * Puts the name of the organisation to a problem that was asked without one, for good.
 *
 * @returns the UUID of the problem
 * @throws UserFailure for what the caller can mend
 */
// public: the service of anonymity authorizes
export function liftAnonymity(context: Context, id: string): Promise<string> {
  return lift(context, (em) => findProblemForChange(em, id))
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
