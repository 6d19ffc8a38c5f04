import { createHash, randomInt } from 'node:crypto'
import { limits } from '@netzwerkdiakonie/schema'
import type { ReportEntryInput } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { UserFailure } from '#api/errors.ts'
import { fromGlobalId } from '#lib/global-id.ts'
import { hashToken, newSessionToken } from '#lib/secret-token.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import { InputCheck } from '#modules/entry/input.ts'
import { authorize } from '#modules/identity/authorize.ts'
import { networkOf, takeAttempt, tooManyAttempts } from '#modules/identity/throttle.ts'
import { refusedState } from '#modules/moderation/refused-state.ts'
import type { ReportedKind } from '#modules/moderation/notice.entity.ts'
import { canHideAtOnce, canReport } from '#modules/moderation/notice.policy.ts'
import { findNoticeBySecret } from '#modules/moderation/notice.repository.ts'

/** What a reporter gets, once. */
export interface Report {
  reference: string
  secret: string
  isHidden: boolean
}

/** Reports of one person, or of one network of visitors, in an hour. */
const reportsPerHour = 20
/** Entries that one person may have hidden in a day before anybody decided. */
const hidesPerDay = 10

/** Signs that nobody confuses when they read them out. */
const signs = '23456789CDFGHJKLMNPQRTVWXYZ'

/**
 * Reports an entry or answer that the viewer sees. A repetition with the same key gives the same
 * secret again, as it follows from the key: a reporter whose connection broke does not lose the link.
 *
 * @throws UserFailure for what the caller can mend; FORBIDDEN for tokens that only read; NOT_FOUND also for what the viewer may not see
 */
export async function reportEntry(context: Context, input: ReportEntryInput): Promise<Report> {
  const { viewer } = context
  authorize(canReport(viewer))
  const check = new InputCheck()
  const text = (field: 'explanation' | 'contact', max: number, required: boolean) =>
    check.text(field, input[field], { max, required })
  const explanation = text('explanation', limits.noticeExplanation, true)
  const contact = text('contact', limits.noticeContact, false)
  if (!input.inGoodFaith) check.fault('inGoodFaith', { code: 'REQUIRED' })
  const key = check.idempotencyKey(input.idempotencyKey ?? context.idempotencyKey)
  check.done()
  const secret = key ? secretFor(context, key) : newSessionToken()
  const secretHash = hashToken(secret)
  const requestHash = createHash('sha256')
    .update(JSON.stringify([input.entryId, input.reason, explanation, contact]))
    .digest()
  const result = async (): Promise<Report | null> => {
    const notice = await findNoticeBySecret(context, secretHash)
    if (notice && !notice.requestHash?.equals(requestHash))
      throw new UserFailure({ code: 'IDEMPOTENCY_KEY_REUSED', path: ['input', 'idempotencyKey'] })
    return notice && { reference: notice.reference, secret, isHidden: notice.isHidden }
  }
  // What was reported the first time may be hidden by now.
  const repeated = key ? await result() : null
  if (repeated) return repeated

  const reported = await findReported(context, input.entryId)
  await takeReport(context)
  const hides = Boolean(input.hideAtOnce) && (await mayHideAtOnce(context))
  try {
    await unitOfWork(context.em, (em) =>
      em.execute(
        `insert into notice (id, reference, secret_hash, request_hash, kind, entry_id, reason,
           explanation, contact, locks)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
        [
          crypto.randomUUID(),
          newReference(),
          secretHash,
          requestHash,
          reported.kind,
          reported.id,
          input.reason,
          explanation,
          contact || null,
          hides,
        ],
      ),
    )
  } catch (error) {
    throw refusedState(error, 'entryId')
  }
  const report = await result()
  if (!report) throw new Error('A notice that was just written is not there')
  return report
}

/** What is behind an opaque id, if the viewer sees it published. */
async function findReported(
  { loaders }: Context,
  globalId: string,
): Promise<{ kind: ReportedKind; id: string }> {
  const node = fromGlobalId(globalId)
  const path = ['input', 'entryId']
  if (node?.type === 'Answer') {
    const answer = await loaders.answer.load(node.uuid)
    if (!answer) throw new UserFailure({ code: 'NOT_FOUND', path })
    return { kind: 'ANSWER', id: node.uuid }
  }
  if (node?.type === 'Problem' && (await loaders.problem.load(node.uuid)))
    return { kind: 'PROBLEM', id: node.uuid }
  if (node?.type === 'Solution' && (await loaders.solution.load(node.uuid)))
    return { kind: 'SOLUTION', id: node.uuid }
  throw new UserFailure({ code: 'NOT_FOUND', path })
}

/** Numbers do not count: they would tell how many reports there are. */
function newReference(): string {
  const text = Array.from({ length: 8 }, () => signs[randomInt(signs.length)]).join('')
  return `M-${text.slice(0, 4)}-${text.slice(4)}`
}

/** The same for the same reporter and key, and for nobody else to find. */
function secretFor({ keyedHash, viewer }: Context, key: string): string {
  return keyedHash('secret of a notice', JSON.stringify([viewer.actorId, key])).toString(
    'base64url',
  )
}

/**
 * Takes one report out of the reporter's budget. It belongs to the account, else to the network that
 * the reporter comes from: nobody uses up the budget of others.
 */
async function takeReport(context: Context): Promise<void> {
  const { viewer, clientAddress } = context
  const attempt = await takeAttempt(context, {
    name: 'report of an entry',
    key: viewer.actorId ?? networkOf(clientAddress),
    limit: reportsPerHour,
    perSeconds: 3_600,
  })
  if (!attempt.allowed) throw tooManyAttempts(attempt)
}

/** Whether this reporter may have an entry hidden now: hiding is rarer than reporting. */
async function mayHideAtOnce(context: Context): Promise<boolean> {
  const { viewer } = context
  if (!canHideAtOnce(viewer)) return false
  const attempt = await takeAttempt(context, {
    name: 'hiding of an entry',
    key: viewer.actorId,
    limit: hidesPerDay,
    perSeconds: 86_400,
  })
  return attempt.allowed
}
