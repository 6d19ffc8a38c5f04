import type { NoticeFilter } from '#api/__generated__/resolvers.ts'
import sql, { raw, type Sql } from 'sql-template-tag'
import type { Context } from '#api/context.ts'
import { read, type ReadContext } from '#database/read.ts'
import { type Ordering, type Page, type PageArguments, readPage } from '#lib/page.ts'
import type {
  DecisionRow,
  NoticeRow,
  ObjectionRow,
  OwnDecisionRow,
  ReportedEntryRow,
  ReportedNoticeRow,
} from '#modules/moderation/notice.entity.ts'

const noticeColumns = sql`notice.id, notice.reference, notice.kind, notice.entry_id as "entryId",
  notice.entry_version as "entryVersion", notice.reason, notice.explanation, notice.contact,
  notice.state, notice.urgent as "isUrgent", notice.locks, notice.reported_on::text as "reportedOn",
  notice.id = any((select viewer_decided_notice_ids())::uuid[]) as "viewerDecided"`

// What may harm a person first, then whoever waits longest; the day is all that is stored.
const mostUrgent: Ordering = {
  columns: [
    { sql: '(not notice.urgent)::int', type: 'int' },
    { sql: 'notice.reported_on', type: 'date' },
    { sql: 'notice.id', type: 'uuid' },
  ],
  direction: 'asc',
}

/** A page of the notices that the viewer decides about. */
export function readNotices(
  context: Context,
  filter: NoticeFilter | null | undefined,
  page: PageArguments,
): Promise<Page<NoticeRow>> {
  const states = filter?.states?.length ? filter.states : ['OPEN', 'OBJECTED']
  const conditions = [sql`notice.state = any(${states}::text[])`]
  if (filter?.reasons?.length) conditions.push(sql`notice.reason = any(${filter.reasons}::text[])`)
  return readPage(context, page, {
    columns: noticeColumns,
    from: sql`notice`,
    conditions,
    ordering: mostUrgent,
  })
}

/** The notice with this number, if the viewer decides about it. */
export async function findNoticeByReference(
  context: ReadContext,
  reference: string,
): Promise<NoticeRow | null> {
  const [notice] = await read<NoticeRow>(
    context,
    sql`select ${noticeColumns} from notice where reference = ${reference}`,
  )
  return notice ?? null
}

/** What the holder of a secret link may know. */
export async function findNoticeBySecret(
  context: ReadContext,
  secretHash: Buffer,
): Promise<ReportedNoticeRow | null> {
  const [notice] = await read<ReportedNoticeRow>(
    context,
    sql`select id, reference, request_hash as "requestHash", kind, entry_id as "entryId", reason, state,
        hidden as "isHidden", reported_on as "reportedOn", can_object as "canObject", decisions,
        objections
      from find_notice(${secretHash})`,
  )
  return notice ?? null
}

/** For which of the viewer's associations this case is decided; null if the viewer does not decide it. */
export async function findDecidingAssociationId(
  context: ReadContext,
  noticeId: string,
): Promise<string | null> {
  const [row] = await read<{ id: string | null }>(
    context,
    sql`select viewer_deciding_association_id(${noticeId}::uuid) as id`,
  )
  return row?.id ?? null
}

/** What was reported in these cases, as far as there is something to decide. */
export function readReportedEntries(
  context: ReadContext,
  noticeIds: string[],
): Promise<Omit<ReportedEntryRow, 'notice'>[]> {
  return read(
    context,
    sql`select notice_id as "noticeId", title, body, organisation_id as "organisationId",
        locked as "isLocked", withdrawn as "isWithdrawn", version
      from find_reported_entries(${noticeIds}::uuid[])`,
  )
}

const decisionColumns = sql`notice_decision.notice_id as "noticeId", notice_decision.decision,
  notice_decision.reason, notice_decision.rule, notice_decision.provisional as "isProvisional",
  notice_decision.on_objection as "onObjection",
  notice_decision.association_id as "associationId",
  notice_decision.decided_on::text as "decidedOn"`

/** Decisions in these cases, the first one first. */
export function readDecisions(context: ReadContext, noticeIds: string[]): Promise<DecisionRow[]> {
  return read(
    context,
    sql`select ${decisionColumns} from notice_decision
      where notice_id = any(${noticeIds}::uuid[]) order by position`,
  )
}

/** Objections in these cases, the first one first. */
export function readObjections(context: ReadContext, noticeIds: string[]): Promise<ObjectionRow[]> {
  return read(
    context,
    sql`select notice_id as "noticeId", side, text, objected_on::text as "objectedOn"
      from notice_objection where notice_id = any(${noticeIds}::uuid[])
      order by objected_on, side`,
  )
}

const latestDecision: Ordering = {
  columns: [
    { sql: 'notice_decision.decided_on', type: 'date' },
    { sql: 'notice_decision.position', type: 'int' },
    { sql: 'notice_decision.id', type: 'uuid' },
  ],
  direction: 'desc',
}

const isLatest = raw(`not exists (select from notice_decision later
  where later.notice_id = notice_decision.notice_id and later.position > notice_decision.position)`)

/** A page of the decisions on what the viewer's organisations published. */
export function readOwnDecisions(
  context: Context,
  entryId: string | null,
  page: PageArguments,
): Promise<Page<OwnDecisionRow>> {
  const conditions: Sql[] = [
    sql`notice_decision.organisation_id = any((select viewer_organisation_ids())::uuid[])`,
  ]
  if (entryId) conditions.push(sql`notice_decision.entry_id = ${entryId}::uuid`)
  return readPage(context, page, {
    columns: sql`${decisionColumns}, notice_decision.id, notice_decision.reference,
      notice_decision.kind, notice_decision.entry_id as "entryId",
      notice_decision.organisation_id as "organisationId",
      notice_decision.notice_reason as "noticeReason", ${isLatest} as "isLatest",
      (${isLatest} and not notice_decision.provisional
        and notice_decision.decided_on + interval '6 months' >= current_date
        and not exists (select from notice_objection
          where notice_objection.notice_id = notice_decision.notice_id and side = 'OWNER'))
        as "canObject"`,
    from: sql`notice_decision`,
    conditions,
    ordering: latestDecision,
  })
}

/** The latest decision in a case on something of the viewer's organisations. */
export async function findOwnCase(
  context: ReadContext,
  reference: string,
): Promise<{ noticeId: string; organisationId: string } | null> {
  const [found] = await read<{ noticeId: string; organisationId: string }>(
    context,
    sql`select notice_id as "noticeId", organisation_id as "organisationId" from notice_decision
      where reference = ${reference}
        and organisation_id = any((select viewer_organisation_ids())::uuid[])
      order by position desc limit 1`,
  )
  return found ?? null
}
