import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql'
import { limits } from '@netzwerkdiakonie/schema'
import type {
  PublishSolutionInput,
  SolutionFilter,
  SolutionOrder,
  UpdateSolutionInput,
} from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { UserFailure } from '#api/errors.ts'
import { uuidOf } from '#lib/global-id.ts'
import { createOnce } from '#lib/idempotency/create-once.ts'
import type { Page, PageArguments } from '#lib/page.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import { canReleaseEntry, canWithdrawEntry } from '#modules/entry/entry.policy.ts'
import { checkCircle } from '#modules/entry/circle.service.ts'
import { InputCheck } from '#modules/entry/input.ts'
import { isUnreviewedAiText, needsHumanReview, versionCircle } from '#modules/entry/lifecycle.ts'
import { saveVersioned } from '#modules/entry/versions.ts'
import { authorize } from '#modules/identity/authorize.ts'
import { authorizeContributor } from '#modules/identity/viewer.ts'
import { organisationById } from '#modules/organisation/organisation.service.ts'
import { checkSolution } from '#modules/solution/solution.input.ts'
import {
  checkOrigin,
  findHelpfulAnswer,
  originFor,
} from '#modules/solution/solution-draft.service.ts'
import { canUpdateSolution, publishesDirectly } from '#modules/solution/solution.policy.ts'
import { Solution, type SolutionRow, SolutionVersion } from '#modules/solution/solution.entity.ts'
import { readSolutions } from '#modules/solution/solution.repository.ts'

/** A page of solutions. */
// public: row security shows to everybody what they may see
export function listSolutions(
  context: Context,
  filter: SolutionFilter | null | undefined,
  order: SolutionOrder,
  page: PageArguments,
): Promise<Page<SolutionRow>> {
  return readSolutions(context, filter, order, page)
}

/**
 * Publishes a solution for the organisation that the viewer acts for; where a second person has to
 * look first, it waits for that.
 *
 * @returns the UUID of the solution
 * @throws UserFailure for what the caller can mend
 */
export async function publishSolution(
  context: Context,
  input: PublishSolutionInput,
): Promise<string> {
  const viewer = authorizeContributor(context.viewer)
  const owner = await organisationById(context, viewer.organisationId)
  const check = new InputCheck()
  const content = checkSolution(check, input)
  const answer = input.answerId ? await findHelpfulAnswer(context, check, input.answerId) : null
  const visibility = input.visibility ?? 'ALL_MEMBERS'
  const circle = await checkCircle(context, check, { visibility, ...input }, owner.id)
  const origin = originFor(viewer, answer)
  const { problemId } = origin
  await checkOrigin(context, check, { organisationId: owner.id, problemId }, visibility)
  const key = check.idempotencyKey(input.idempotencyKey ?? context.idempotencyKey)
  check.done()
  const aiShare = input.aiShare ?? 'NONE'
  const direct = publishesDirectly(viewer, owner) && !needsHumanReview(viewer, aiShare)
  const state = direct ? 'PUBLISHED' : 'IN_REVIEW'
  const call = {
    actorId: viewer.actorId,
    organisationId: viewer.organisationId,
    operation: 'publishSolution',
    input,
    key,
  }
  return createOnce(context.em, call, async (em, id) => {
    const { organisationId } = viewer
    em.create(Solution, {
      ...content,
      id,
      organisationId,
      authorId: viewer.caller === 'PERSON' ? viewer.actorId : null,
      submittedById: viewer.mandatedAssociationId,
      ...circle,
      state,
      aiShare,
      ...origin,
      creditedOrganisationIds: origin.creditedOrganisationIds.filter(
        (other) => other !== organisationId,
      ),
    })
    const { title, summary, body } = content
    em.create(SolutionVersion, {
      title,
      summary,
      body,
      organisationId,
      entryId: id,
      number: 1,
      ...versionCircle({ state, ...circle }),
    })
  })
}

/**
 * Changes a solution and keeps the former wording.
 *
 * @returns the UUID of the solution
 * @throws UserFailure for what the caller can mend
 */
export async function updateSolution(
  context: Context,
  input: UpdateSolutionInput,
): Promise<string> {
  const viewer = authorizeContributor(context.viewer)
  return unitOfWork(context.em, async (em) => {
    const solution = await findSolutionForChange(em, input.id)
    const owner = await organisationById(context, solution.organisationId)
    authorize(canUpdateSolution(viewer, solution, owner))
    const check = new InputCheck()
    const content = checkSolution(check, input, solution)
    const changeNote = check.text('changeNote', input.changeNote, { max: limits.changeNote })
    const { title, summary, body } = content
    const isReworded =
      title !== solution.title || summary !== solution.summary || body !== solution.body
    if (isUnreviewedAiText(viewer, solution, input.aiShare, isReworded))
      check.fault('aiShare', { code: 'AI_REVIEW_REQUIRED' })
    if (input.visibility && input.visibility !== solution.visibility)
      await checkOrigin(context, check, solution, input.visibility)
    const circle = await checkCircle(context, check, input, solution.organisationId, solution)
    check.done()
    Object.assign(solution, content, circle)
    if (input.aiShare) solution.aiShare = input.aiShare
    const current = await em.findOne(SolutionVersion, {
      entryId: solution.id,
      number: solution.version,
    })
    const change = {
      content: { title, summary, body },
      changeNote: changeNote || null,
      expectedVersion: input.version,
    }
    await saveVersioned(em, solution, current, change, (version) =>
      em.create(SolutionVersion, version),
    )
    return solution.id
  })
}

/**
 * Withdraws a solution: a tombstone stays, content and former wordings are gone.
 *
 * @returns the UUID of the solution
 * @throws UserFailure for what the caller can mend
 */
export async function withdrawSolution(context: Context, id: string): Promise<string> {
  const viewer = authorizeContributor(context.viewer)
  return unitOfWork(context.em, async (em) => {
    const solution = await findSolutionForChange(em, id)
    authorize(canWithdrawEntry(viewer, solution))
    Object.assign(solution, {
      state: 'WITHDRAWN',
      title: '',
      summary: '',
      body: '',
      competences: [],
      toolCategories: [],
      creditedOrganisationIds: [],
    })
    await em.nativeDelete(SolutionVersion, { entryId: solution.id })
    return solution.id
  })
}

/**
 * Publishes a solution that waited for a second person.
 *
 * @returns the UUID of the solution
 * @throws UserFailure for what the caller can mend
 */
export async function releaseSolution(context: Context, id: string): Promise<string> {
  const viewer = authorizeContributor(context.viewer)
  return unitOfWork(context.em, async (em) => {
    const solution = await findSolutionForChange(em, id)
    if (solution.state !== 'IN_REVIEW') throw new UserFailure({ code: 'WRONG_STATE' })
    authorize(canReleaseEntry(viewer, solution))
    solution.state = 'PUBLISHED'
    solution.publishedAt = new Date()
    await em.nativeUpdate(
      SolutionVersion,
      { entryId: solution.id, number: solution.version },
      versionCircle(solution),
    )
    return solution.id
  })
}

/**
 * A solution, locked until the transaction ends: without that, a change could write content into what
 * was withdrawn meanwhile. Where row security forbids the viewer to change it, nothing is locked, and
 * the policy that follows refuses.
 *
 * @throws UserFailure NOT_FOUND, also where row security hides it; WRONG_STATE for what is withdrawn
 */
async function findSolutionForChange(em: SqlEntityManager, id: string): Promise<Solution> {
  const uuid = uuidOf('Solution', id)
  const solution = uuid ? await em.findOne(Solution, uuid) : null
  if (!solution) throw new UserFailure({ code: 'NOT_FOUND', path: ['input', 'id'] })
  await em.refresh(solution, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (solution.state === 'WITHDRAWN')
    throw new UserFailure({ code: 'WRONG_STATE', path: ['input', 'id'] })
  return solution
}
