import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { ownerPolicy, ownRow } from '#database/policies.ts'
import type { Page } from '#lib/page.ts'
import { Organisation } from '#modules/organisation/organisation.entity.ts'

/** What can be reported. */
export const reportedKinds = ['PROBLEM', 'SOLUTION', 'ANSWER'] as const

export type ReportedKind = (typeof reportedKinds)[number]

/** Why something is reported, domain L04 and L13. */
export const noticeReasons = [
  'ILLEGAL',
  'PERSONAL_DATA',
  'COPYRIGHT',
  'INSULT',
  'ADVERTISING',
  'ANTITRUST',
  'OTHER',
] as const

export type NoticeReason = (typeof noticeReasons)[number]

/** Where a notice stands. */
export const noticeStates = ['OPEN', 'DECIDED', 'OBJECTED'] as const

export type NoticeState = (typeof noticeStates)[number]

const moderated = (column: string) =>
  `${column} = any((select viewer_moderated_notice_ids())::uuid[])`

const seesEntry = ['problem', 'solution', 'answer']
  .map((table) => `exists (select from ${table} where ${table}.id = entry_id)`)
  .join(' or ')

/**
 * That somebody reported something they saw. Only those read it who decide about it: the organisation
 * whose entry it is never learns who reported.
 */
export const Notice = defineEntity({
  name: 'Notice',
  tableName: 'notice',
  rowLevelSecurity: 'force',
  policies: [
    ownerPolicy,
    { name: 'read_moderated', command: 'select', using: moderated('id') },
    {
      name: 'insert_seen',
      command: 'insert',
      check: `(select viewer_kind()) is not null and (${seesEntry})`,
    },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    /** What people call the case by. */
    reference: p.string().columnType('text').unique(),
    /** SHA-256 of the secret in the reporter's link; null once the case is over. */
    secretHash: p.blob().nullable().unique(),
    /** Tells a repeated report from another one with the same key. */
    requestHash: p.blob().nullable(),
    kind: p.enum(reportedKinds).columnType('text'),
    entryId: p.uuid().index(),
    /** The version that was reported. */
    entryVersion: p.integer().default(1),
    /** The organisation that the entry appears under, or that answered. Filled by trigger. */
    organisationId: () => p.manyToOne(Organisation).mapToPk().fieldName('organisation_id').index(),
    reason: p.enum(noticeReasons).columnType('text'),
    explanation: p.string().columnType('text'),
    /** How to reach the reporter, if they want to be reached: for questions back, and for those who decide alone. */
    contact: p.string().columnType('text').nullable(),
    state: p.enum(noticeStates).columnType('text').default('OPEN'),
    /** It goes before others. Filled by trigger. */
    urgent: p.boolean().default(false),
    /** The entry is locked because of this notice. */
    locks: p.boolean().default(false),
    reportedOn: p.date().defaultRaw('current_date'),
    /** The day of the last decision. */
    decidedOn: p.date().nullable(),
  },
})

export type Notice = InferEntity<typeof Notice>

/** What can be decided about a notice. */
export const noticeDecisions = ['NO_ACTION', 'LOCK', 'UNLOCK', 'ASK_TO_CHANGE'] as const

export type NoticeDecision = (typeof noticeDecisions)[number]

/** A decision with its reasons. Its organisation reads it; who decided is told to nobody. */
export const NoticeDecisionEntity = defineEntity({
  name: 'NoticeDecision',
  tableName: 'notice_decision',
  rowLevelSecurity: 'force',
  policies: [
    ownerPolicy,
    {
      name: 'read_own_or_moderated',
      command: 'select',
      using: `${ownRow} or ${moderated('notice_id')}`,
    },
    {
      name: 'insert_moderated',
      command: 'insert',
      check: `${moderated('notice_id')} and not provisional and decided_by = (select viewer_actor_id()) and association_id = any((select viewer_managed_organisation_ids())::uuid[])`,
    },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    noticeId: () => p.manyToOne(Notice).mapToPk().fieldName('notice_id'),
    // The next five are copied from the notice by trigger: its organisation cannot read the notice.
    reference: p.string().columnType('text'),
    kind: p.enum(reportedKinds).columnType('text'),
    entryId: p.uuid(),
    noticeReason: p.enum(noticeReasons).columnType('text'),
    organisationId: () => p.manyToOne(Organisation).mapToPk().fieldName('organisation_id').index(),
    position: p.smallint(),
    decision: p.enum(noticeDecisions).columnType('text'),
    reason: p.string().columnType('text'),
    rule: p.string().columnType('text'),
    /** Hidden at once, before anybody decided. */
    provisional: p.boolean().default(false),
    onObjection: p.boolean().default(false),
    /** The association that decided. */
    associationId: () => p.manyToOne(Organisation).mapToPk().fieldName('association_id').nullable(),
    /** The account that decided, so that somebody else decides the objection. Goes with the case. */
    decidedBy: p.uuid().nullable(),
    decidedOn: p.date().defaultRaw('current_date'),
  },
  uniques: [{ properties: ['noticeId', 'position'] }],
})

/** Who objects. */
export const objectionSides = ['REPORTER', 'OWNER'] as const

export type ObjectionSide = (typeof objectionSides)[number]

/** An objection to a decision; those of the reporter are read by those alone who decide. */
export const NoticeObjection = defineEntity({
  name: 'NoticeObjection',
  tableName: 'notice_objection',
  rowLevelSecurity: 'force',
  policies: [
    ownerPolicy,
    {
      name: 'read_own_or_moderated',
      command: 'select',
      using: `(side = 'OWNER' and ${ownRow}) or ${moderated('notice_id')}`,
    },
    { name: 'insert_own', command: 'insert', check: `side = 'OWNER' and ${ownRow}` },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    noticeId: () => p.manyToOne(Notice).mapToPk().fieldName('notice_id'),
    organisationId: () => p.manyToOne(Organisation).mapToPk().fieldName('organisation_id'),
    side: p.enum(objectionSides).columnType('text'),
    text: p.string().columnType('text'),
    objectedOn: p.date().defaultRaw('current_date'),
  },
  uniques: [{ properties: ['noticeId', 'side'] }],
})

/** A notice as those read it who decide about it. */
export interface NoticeRow {
  id: string
  reference: string
  kind: ReportedKind
  entryId: string
  entryVersion: number
  reason: NoticeReason
  explanation: string
  contact: string | null
  state: NoticeState
  isUrgent: boolean
  locks: boolean
  /** ISO day. */
  reportedOn: string
  /** The viewer has decided it before. */
  viewerDecided: boolean
}

/** A page of a list of them. */
export type NoticePage = Page<NoticeRow>

/** A decision as it is shown. */
export interface DecisionRow {
  noticeId: string
  decision: NoticeDecision
  reason: string
  rule: string
  isProvisional: boolean
  onObjection: boolean
  associationId: string | null
  /** ISO day. */
  decidedOn: string
}

/** An objection as it is shown. */
export interface ObjectionRow {
  noticeId: string
  side: ObjectionSide
  text: string
  /** ISO day. */
  objectedOn: string
}

/** What the holder of a secret link may know. */
export interface ReportedNoticeRow {
  id: string
  reference: string
  requestHash: Buffer | null
  kind: ReportedKind
  entryId: string
  reason: NoticeReason
  state: NoticeState
  isHidden: boolean
  /** ISO day. */
  reportedOn: string
  canObject: boolean
  decisions: DecisionRow[]
  objections: ObjectionRow[]
}

/** What was reported, for those who decide about it. */
export interface ReportedEntryRow {
  noticeId: string
  title: string
  body: string
  organisationId: string
  isLocked: boolean
  isWithdrawn: boolean
  version: number
  /** What the notice knows of it. */
  notice: NoticeRow
}

/** A decision on something of the viewer's organisation. */
export interface OwnDecisionRow extends DecisionRow {
  id: string
  reference: string
  kind: ReportedKind
  entryId: string
  organisationId: string
  noticeReason: NoticeReason
  isLatest: boolean
  canObject: boolean
}

/** A page of a list of them. */
export type OwnDecisionPage = Page<OwnDecisionRow>
