import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { managedRow, ownerPolicy } from '#database/policies.ts'
import type { Page } from '#lib/page.ts'
import { Account } from '#modules/identity/account.entity.ts'
import { Organisation } from '#modules/organisation/organisation.entity.ts'
import { Answer } from '#modules/problem/answer.entity.ts'
import { Problem } from '#modules/problem/problem.entity.ts'
import { Solution } from '#modules/solution/solution.entity.ts'

/** An open entry whose author left. It says who looks after it now, and nothing of who left. */
export const HandOver = defineEntity({
  name: 'HandOver',
  tableName: 'hand_over',
  rowLevelSecurity: 'force',
  policies: [ownerPolicy, { name: 'read_managed', command: 'select', using: managedRow }],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    organisationId: () => p.manyToOne(Organisation).mapToPk().fieldName('organisation_id'),
    /** Null where the managers have to agree on somebody. */
    successorId: () => p.manyToOne(Account).mapToPk().fieldName('successor_id').nullable(),
    problemId: () =>
      p.manyToOne(Problem).mapToPk().fieldName('problem_id').nullable().deleteRule('cascade'),
    solutionId: () =>
      p.manyToOne(Solution).mapToPk().fieldName('solution_id').nullable().deleteRule('cascade'),
    answerId: () =>
      p.manyToOne(Answer).mapToPk().fieldName('answer_id').nullable().deleteRule('cascade'),
    handedOverOn: p.date().defaultRaw('current_date'),
  },
  indexes: [{ properties: ['organisationId', 'handedOverOn', 'id'] }],
  checks: [
    {
      name: 'hand_over_one_entry',
      expression: 'num_nonnulls(problem_id, solution_id, answer_id) = 1',
    },
  ],
})

export type HandOver = InferEntity<typeof HandOver>

/** A hand-over as lists read it. */
export interface HandOverRow {
  entryType: 'Problem' | 'Solution' | 'Answer'
  entryId: string
  /** Who looks after it, by the id of the member. */
  successorMemberId: string | null
  /** ISO day. */
  handedOverOn: string
}

/** A page of a list of them. */
export type HandOverPage = Page<HandOverRow>
