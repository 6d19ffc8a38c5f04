import { limits } from '@netzwerkdiakonie/schema'
import type {
  DecideNoticeInput,
  NoticeFilter,
  ObjectToDecisionInput,
} from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { UserFailure } from '#api/errors.ts'
import { fromGlobalId } from '#lib/global-id.ts'
import { emptyPage, type Page, type PageArguments } from '#lib/page.ts'
import { hashToken } from '#lib/secret-token.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import { InputCheck } from '#modules/entry/input.ts'
import { audit } from '#modules/identity/audit.ts'
import { authorize } from '#modules/identity/authorize.ts'
import { authorizeContributor } from '#modules/identity/viewer.ts'
import type {
  NoticeRow,
  OwnDecisionRow,
  ReportedNoticeRow,
} from '#modules/moderation/notice.entity.ts'
import { canObjectForOwner, decisionsFor } from '#modules/moderation/notice.policy.ts'
import {
  findDecidingAssociationId,
  findNoticeByReference,
  findNoticeBySecret,
  findOwnCase,
  readNotices,
  readOwnDecisions,
} from '#modules/moderation/notice.repository.ts'
import { refusedState } from '#modules/moderation/refused-state.ts'

/** A page of the notices that the viewer decides about. */
// public: row security shows notices to those alone who decide about them
export async function listNotices(
  context: Context,
  filter: NoticeFilter | null | undefined,
  page: PageArguments,
): Promise<Page<NoticeRow>> {
  if (context.viewer.managedOrganisationIds.length === 0) return emptyPage
  return readNotices(context, filter, page)
}

/** One of them, or null. */
// public: row security shows notices to those alone who decide about them
export function noticeByReference(context: Context, reference: string): Promise<NoticeRow | null> {
  return findNoticeByReference(context, reference)
}

/** What became of a report, for whoever holds its secret link. */
// public: the secret is the right
export function reportedNotice(
  context: Context,
  secret: string,
): Promise<ReportedNoticeRow | null> {
  return findNoticeBySecret(context, hashToken(secret))
}

/** A page of decisions on what the viewer's organisations published. */
// public: row security shows them to the people of these organisations
export async function listOwnDecisions(
  context: Context,
  entryId: string | null | undefined,
  page: PageArguments,
): Promise<Page<OwnDecisionRow>> {
  if (context.viewer.organisationIds.length === 0) return emptyPage
  if (!entryId) return readOwnDecisions(context, null, page)
  const node = fromGlobalId(entryId)
  return node ? readOwnDecisions(context, node.uuid, page) : emptyPage
}

/**
 * Decides about a notice, with reasons that both sides read. It takes effect with the decision.
 *
 * @returns the number of the notice
 * @throws UserFailure NOT_FOUND for whoever does not decide about it; FORBIDDEN for whoever decided
 *   the case before and now has an objection before them
 */
export async function decideNotice(context: Context, input: DecideNoticeInput): Promise<string> {
  const viewer = authorizeContributor(context.viewer)
  const notice = await findNoticeByReference(context, input.reference)
  const associationId = notice && (await findDecidingAssociationId(context, notice.id))
  if (!notice || !associationId)
    throw new UserFailure({ code: 'NOT_FOUND', path: ['input', 'reference'] })
  authorize(notice.state !== 'OBJECTED' || !notice.viewerDecided)
  const check = new InputCheck()
  const reason = check.text('reason', input.reason, { max: limits.decisionReason, required: true })
  const rule = check.text('rule', input.rule, { max: limits.decisionRule, required: true })
  const latest = (await context.loaders.decisionsOf.load(notice.id)).at(-1)
  if (!decisionsFor(viewer, notice, latest).includes(input.decision))
    check.fault('decision', { code: 'WRONG_STATE' })
  check.done()
  try {
    return await unitOfWork(context.em, async (em) => {
      await em.execute(
        `insert into notice_decision (notice_id, decision, reason, rule, association_id, decided_by)
         values (?, ?, ?, ?, ?, ?)`,
        [notice.id, input.decision, reason, rule, associationId, viewer.actorId],
      )
      await audit(em, viewer, {
        organisationId: associationId,
        action: 'NOTICE_DECIDED',
        subject: notice.reference,
        details: { decision: input.decision },
      })
      return notice.reference
    })
  } catch (error) {
    throw refusedState(error, 'decision')
  } finally {
    context.loaders.decisionsOf.clearAll()
  }
}

/**
 * Objects to a decision: the reporter by the secret, people of the organisation by the number.
 *
 * @returns the number of the case
 * @throws UserFailure NOT_FOUND for an unknown secret and for cases of others; WRONG_STATE where this
 *   side has objected before, or six months have passed
 */
// public: the secret is the right; without one, the viewer has to be a person of the organisation
export async function objectToDecision(
  context: Context,
  input: ObjectToDecisionInput,
): Promise<string> {
  const { secret } = input
  if (!secret) return objectForOwner(context, input)
  const text = checkedObjection(input.text)
  const notice = await findNoticeBySecret(context, hashToken(secret))
  if (!notice) throw new UserFailure({ code: 'NOT_FOUND', path: ['input', 'secret'] })
  try {
    await unitOfWork(context.em, (em) =>
      em.execute('select object_by_link(?, ?)', [hashToken(secret), text]),
    )
  } catch (error) {
    throw refusedState(error, 'text')
  }
  return notice.reference
}

async function objectForOwner(context: Context, input: ObjectToDecisionInput): Promise<string> {
  const { viewer } = context
  const reference = input.reference ?? ''
  const decided = await findOwnCase(context, reference)
  if (!decided) throw new UserFailure({ code: 'NOT_FOUND', path: ['input', 'reference'] })
  authorize(canObjectForOwner(viewer))
  const text = checkedObjection(input.text)
  try {
    // The trigger writes it to the log: only the database knows whose a pseudonym is.
    await unitOfWork(context.em, (em) =>
      em.execute(
        `insert into notice_objection (notice_id, organisation_id, side, text)
         values (?, ?, 'OWNER', ?)`,
        [decided.noticeId, decided.organisationId, text],
      ),
    )
  } catch (error) {
    throw refusedState(error, 'text')
  }
  return reference
}

function checkedObjection(value: string): string {
  const check = new InputCheck()
  const text = check.text('text', value, { max: limits.objection, required: true })
  check.done()
  return text
}
