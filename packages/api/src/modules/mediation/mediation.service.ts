import { limits } from '@netzwerkdiakonie/schema'
import type { WriteToMediatorInput } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { UserFailure } from '#api/errors.ts'
import { createOnce } from '#lib/idempotency/create-once.ts'
import { emptyPage, type Page, type PageArguments } from '#lib/page.ts'
import { mondayOf, today } from '#lib/today.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import { isUuid } from '#lib/uuid.ts'
import { InputCheck } from '#modules/entry/input.ts'
import { authorize } from '#modules/identity/authorize.ts'
import { authorizeContributor } from '#modules/identity/viewer.ts'
import {
  MediationMessage,
  type MediationMessageRow,
  type MediationState,
} from '#modules/mediation/mediation-message.entity.ts'
import { canAnswerLetter, canWriteToMediator } from '#modules/mediation/mediation.policy.ts'
import { readQueue } from '#modules/mediation/mediation.repository.ts'
import { findProblem } from '#modules/problem/problem.service.ts'

/** A page of the letters that the viewer passes on; nothing for whoever is no mediator. */
// public: row security shows letters to their mediator alone
export async function listQueue(
  context: Context,
  state: MediationState | null | undefined,
  page: PageArguments,
): Promise<Page<MediationMessageRow>> {
  if (context.viewer.managedOrganisationIds.length === 0) return emptyPage
  return readQueue(context, state, page)
}

/**
 * Writes to whoever asked without a name, or, as they, answers a letter. It waits for the mediator.
 * Whether there is one only the asker knows: the answer to the sender is the same.
 *
 * @returns the UUID of the letter
 * @throws UserFailure for what the caller can mend
 */
export async function writeToMediator(
  context: Context,
  input: WriteToMediatorInput,
): Promise<string> {
  const viewer = authorizeContributor(context.viewer)
  const problem = await findProblem(context.em, input.problemId, 'problemId')
  if (!problem.anonymousToNetwork || problem.state !== 'PUBLISHED')
    throw new UserFailure({ code: 'WRONG_STATE', path: ['input', 'problemId'] })
  const letter = input.inReplyTo ? await findLetter(context, input.inReplyTo, 'inReplyTo') : null
  authorize(
    letter
      ? canAnswerLetter(viewer, problem, letter, problem.id)
      : canWriteToMediator(viewer, problem),
  )
  const check = new InputCheck()
  const body = check.text('body', input.body, { max: limits.mediationMessage, required: true })
  check.clientData({ body }, input.confirmedNoClientData)
  const key = check.idempotencyKey(input.idempotencyKey ?? context.idempotencyKey)
  check.done()
  const { actorId, organisationId } = viewer
  const call = { actorId, organisationId, operation: 'writeToMediator', input, key }
  return createOnce(context.em, call, async (em, id) => {
    em.create(MediationMessage, {
      id,
      problemId: problem.id,
      askerOrganisationId: problem.organisationId,
      otherOrganisationId: letter?.otherOrganisationId ?? organisationId,
      fromAsker: letter !== null,
      body,
      writtenOn: letter ? mondayOf(today()) : today(),
    })
  })
}

/**
 * Passes a letter on, or refuses to and says why.
 *
 * @returns the UUID of the letter
 * @throws UserFailure for what the caller can mend
 */
export async function decideLetter(
  context: Context,
  id: string,
  decision: { state: 'RELAYED' } | { state: 'DECLINED'; reason: string },
): Promise<string> {
  authorizeContributor(context.viewer)
  const letter = await findLetter(context, id, 'id')
  authorize(await canDecide(context, letter))
  const check = new InputCheck()
  const reason =
    decision.state === 'DECLINED'
      ? check.text('reason', decision.reason, { max: limits.mediationReason, required: true })
      : null
  check.done()
  if (letter.state !== 'WAITING')
    throw new UserFailure({ code: 'WRONG_STATE', path: ['input', 'id'] })
  await unitOfWork(context.em, async (em) => {
    const [decided] = await em.execute<{ id: string }[]>(
      `update mediation_message set state = ?, reason = ? where id = ? and state = 'WAITING'
       returning id`,
      [decision.state, reason, letter.id],
    )
    if (!decided) throw new UserFailure({ code: 'WRONG_STATE', path: ['input', 'id'] })
  })
  context.loaders.letter.clear(letter.id)
  return letter.id
}

/** Whether the viewer is the mediator of a letter: whoever sees who asks and is not one of them. */
// public: a policy of one question, asked of row security
export async function canDecide(context: Context, letter: MediationMessageRow): Promise<boolean> {
  const { viewer, loaders } = context
  if (viewer.managedOrganisationIds.length === 0) return false
  const link = await loaders.mediatedLink.load(letter.askerOrganisationId)
  return link !== null
}

/** @throws UserFailure NOT_FOUND, also where row security hides it */
async function findLetter(
  context: Context,
  id: string,
  field: string,
): Promise<MediationMessageRow> {
  const letter = isUuid(id) ? await context.loaders.letter.load(id) : null
  if (!letter) throw new UserFailure({ code: 'NOT_FOUND', path: ['input', field] })
  return letter
}
