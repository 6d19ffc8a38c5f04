import { createHash, createHmac, randomInt } from 'node:crypto'
import { limits } from '@netzwerkdiakonie/schema'
import sql from 'sql-template-tag'
import type { ReportEntryInput } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { forbiddenScope, UserFailure } from '#api/errors.ts'
import { read } from '#database/read.ts'
import { fromGlobalId } from '#lib/global-id.ts'
import { hashToken, newSessionToken } from '#lib/secret-token.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import { InputCheck } from '#modules/entry/input.ts'
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

/** Signs that nobody confuses when they read them out. */
const signs = '23456789CDFGHJKLMNPQRTVWXYZ'

/**
 * Reports an entry or answer that the viewer sees. A repetition with the same key gives the same
 * secret again, as it follows from the key: a reporter whose connection broke does not lose the link.
 *
 * @throws UserFailure for what the caller can mend; NOT_FOUND also for what the viewer may not see
 */
// public: whoever sees something may report it, without an account
export async function reportEntry(context: Context, input: ReportEntryInput): Promise<Report> {
  const { viewer } = context
  if (!canReport(viewer)) throw forbiddenScope('WRITE')
  const check = new InputCheck()
  const text = (field: 'explanation' | 'contact', max: number, required: boolean) =>
    check.text(field, input[field], { max, required })
  const explanation = text('explanation', limits.noticeExplanation, true)
  const contact = text('contact', limits.noticeContact, false)
  if (!input.inGoodFaith) check.fault('inGoodFaith', { code: 'REQUIRED' })
  const key = check.idempotencyKey(input.idempotencyKey ?? context.idempotencyKey)
  check.done()
  const reported = await findReported(context, input.entryId)
  const secret = key ? await secretFor(context, key) : newSessionToken()
  const secretHash = hashToken(secret)
  const requestHash = createHash('sha256')
    .update(JSON.stringify([input.entryId, input.reason, explanation, contact]))
    .digest()
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
          Boolean(input.hideAtOnce) && canHideAtOnce(viewer),
        ],
      ),
    )
  } catch (error) {
    throw refusedState(error, 'entryId')
  }
  const notice = await findNoticeBySecret(context, secretHash)
  if (!notice) throw new Error('A notice that was just written is not there')
  if (!notice.requestHash?.equals(requestHash))
    throw new UserFailure({ code: 'IDEMPOTENCY_KEY_REUSED', path: ['input', 'idempotencyKey'] })
  return { reference: notice.reference, secret, isHidden: notice.isHidden }
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

async function secretFor(context: Context, key: string): Promise<string> {
  const [row] = await read<{ secret: Buffer }>(
    context,
    sql`select find_instance_secret() as secret`,
  )
  return createHmac('sha256', row?.secret ?? '')
    .update(JSON.stringify(['notice', context.viewer.actorId, key]))
    .digest('base64url')
}
