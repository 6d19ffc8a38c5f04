import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { Page } from '#lib/page.ts'
import { hideLocked, ownerPolicy, ownRow, visiblePublished } from '#database/policies.ts'
import { type AiShare, aiShares, entryStates, visibilities } from '#modules/entry/entry.entity.ts'
import { Account } from '#modules/identity/account.entity.ts'
import { Organisation } from '#modules/organisation/organisation.entity.ts'
import { Problem, problemStatuses } from '#modules/problem/problem.entity.ts'
import { Solution } from '#modules/solution/solution.entity.ts'

/** Kinds of answers, domain §2.10. */
export const answerTypes = ['EXPERIENCE', 'LINK', 'OFFER_CALL', 'OFFER_JOIN', 'QUESTION'] as const

export type AnswerType = (typeof answerTypes)[number]

const ownAnswer = 'answering_organisation_id = any((select viewer_organisation_ids())::uuid[])'

/**
 * What an organisation answers to a problem. It is seen by whoever sees the problem; the columns
 * that decide this are copied from the problem by trigger, so that the policy needs no second table.
 */
export const Answer = defineEntity({
  name: 'Answer',
  tableName: 'answer',
  rowLevelSecurity: 'force',
  policies: [
    ownerPolicy,
    { name: 'read_visible', command: 'select', using: visiblePublished },
    hideLocked('not locked', ownAnswer),
    {
      name: 'insert_own',
      command: 'insert',
      check: `${ownAnswer} and exists (select from problem where problem.id = problem_id)`,
    },
    {
      name: 'update_own_or_asked',
      command: 'update',
      using: `${ownAnswer} or ${ownRow}`,
      check: `${ownAnswer} or ${ownRow}`,
    },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    problemId: () => p.manyToOne(Problem).mapToPk().fieldName('problem_id'),
    /** The organisation that answers. */
    answeringOrganisationId: () =>
      p.manyToOne(Organisation).mapToPk().fieldName('answering_organisation_id'),
    /** Who wrote it: may withdraw it; never shown. */
    authorId: () => p.manyToOne(Account).mapToPk().fieldName('author_id').nullable(),
    /** The association that answered by mandate, where the organisation did not do so itself. */
    submittedById: () =>
      p.manyToOne(Organisation).mapToPk().fieldName('submitted_by_id').nullable(),
    type: p.enum(answerTypes).columnType('text'),
    body: p.string().columnType('text'),
    solutionId: () => p.manyToOne(Solution).mapToPk().fieldName('solution_id').nullable(),
    accepted: p.boolean().default(false),
    withdrawn: p.boolean().default(false),
    /** Locked by a decision: only those who gave it see it. Triggers alone change it. */
    locked: p.boolean().default(false),
    /** What the problem's status comes back to once the answer does. Kept by triggers. */
    statusBeforeLock: p
      .enum(problemStatuses)
      .columnType('text')
      .fieldName('status_before_lock')
      .nullable(),
    aiShare: p.enum(aiShares).columnType('text').default('NONE'),
    createdAt: p.datetime().columnType('timestamptz').defaultRaw('clock_timestamp()'),
    /** The asking organisation, copied from the problem. */
    organisationId: () => p.manyToOne(Organisation).mapToPk().fieldName('organisation_id'),
    /** Copied from the problem. */
    visibility: p.enum(visibilities).columnType('text').default('OWN_ORGANISATION'),
    /** Copied from the problem. */
    selectedOrganisationIds: p.array().columnType('uuid[]').defaultRaw("'{}'"),
    /** Copied from the problem. */
    state: p.enum(entryStates).columnType('text').default('IN_REVIEW'),
    /** Given under the pseudonym of whoever asked: its day is a Monday. */
    anonymousToNetwork: p.boolean().default(false),
  },
  indexes: [{ properties: ['problemId', 'accepted', 'createdAt', 'id'] }],
})

export type Answer = InferEntity<typeof Answer>

/** An answer as lists and loaders read it. */
export interface AnswerRow {
  id: string
  problemId: string
  answeringOrganisationId: string
  organisationId: string
  authorId: string | null
  submittedById: string | null
  type: AnswerType
  body: string
  solutionId: string | null
  accepted: boolean
  withdrawn: boolean
  locked: boolean
  aiShare: AiShare
  /** ISO day. */
  asOf: string
}

/** A page of a list of them. */
export type AnswerPage = Page<AnswerRow>
