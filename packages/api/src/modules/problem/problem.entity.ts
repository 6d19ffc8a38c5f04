import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { Page } from '#lib/page.ts'
import { entryPolicies, versionPolicies } from '#database/policies.ts'
import {
  entryIndexes,
  entryProperties,
  type EntryRow,
  entryVersionProperties,
} from '#modules/entry/entry.entity.ts'

/** How far a problem has come, domain §5.4. */
export const problemStatuses = [
  'OPEN',
  'ANSWERED',
  'TRIED',
  'SOLVED',
  'UNSOLVED',
  'PARKED',
] as const

export type ProblemStatus = (typeof problemStatuses)[number]

/** What an organisation wants to hear from others about. */
export const Problem = defineEntity({
  name: 'Problem',
  tableName: 'problem',
  rowLevelSecurity: 'force',
  policies: entryPolicies(),
  properties: {
    ...entryProperties,
    status: p.enum(problemStatuses).columnType('text').default('OPEN'),
    /** Kept by triggers, so that lists need not count. */
    answerCount: p.integer().default(0),
    /** Kept by triggers. */
    sameHereCount: p.integer().default(0),
    /** Asked without a name: its organisation is a pseudonym, its days are Mondays. */
    anonymousToNetwork: p.boolean().default(false),
  },
  indexes: entryIndexes,
})

export type Problem = InferEntity<typeof Problem>

/** A problem as lists and loaders read it. */
export interface ProblemRow extends EntryRow {
  status: ProblemStatus
  answerCount: number
  sameHereCount: number
  anonymousToNetwork: boolean
}

/** The wording of a problem at a time. */
export const ProblemVersion = defineEntity({
  name: 'ProblemVersion',
  tableName: 'problem_version',
  rowLevelSecurity: 'force',
  policies: versionPolicies('problem'),
  properties: {
    ...entryVersionProperties,
    entryId: () => p.manyToOne(Problem).mapToPk().fieldName('entry_id'),
  },
  uniques: [{ properties: ['entryId', 'number'] }],
})

const nextStatuses: Record<ProblemStatus, readonly ProblemStatus[]> = {
  OPEN: ['TRIED', 'SOLVED', 'PARKED'],
  ANSWERED: ['TRIED', 'SOLVED', 'UNSOLVED', 'PARKED'],
  TRIED: ['SOLVED', 'UNSOLVED', 'PARKED', 'OPEN'],
  SOLVED: ['OPEN', 'TRIED', 'UNSOLVED'],
  UNSOLVED: ['OPEN', 'TRIED', 'SOLVED', 'PARKED'],
  PARKED: ['OPEN', 'TRIED', 'SOLVED'],
}

/** The statuses that the asking organisation can choose from here. */
export function statusesAfter(status: ProblemStatus): readonly ProblemStatus[] {
  return nextStatuses[status]
}

/** A page of a list of them. */
export type ProblemPage = Page<ProblemRow>
