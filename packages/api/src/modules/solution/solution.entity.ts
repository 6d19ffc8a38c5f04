import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { Page } from '#lib/page.ts'
import { entryPolicies, versionPolicies } from '#database/policies.ts'
import {
  entryIndexes,
  entryProperties,
  type EntryRow,
  entryVersionProperties,
} from '#modules/entry/entry.entity.ts'

/** Kinds of solutions, domain §2.10. */
export const solutionKinds = ['PROCESS', 'TEMPLATE', 'FORMAT', 'ORGANISATION', 'TOOL'] as const

export type SolutionKind = (typeof solutionKinds)[number]

/** How long something takes. */
export const efforts = ['HOURS', 'DAYS', 'WEEKS', 'MONTHS'] as const

export type Effort = (typeof efforts)[number]

/** Cost in a year; bands only, for competition law forbids more. */
export const costBands = ['FREE', 'LT_500', 'LT_5K', 'LT_25K', 'GT_25K', 'UNKNOWN'] as const

export type CostBand = (typeof costBands)[number]

/** What helped an organisation and may help others; a tool is a solution of kind TOOL. */
export const Solution = defineEntity({
  name: 'Solution',
  tableName: 'solution',
  rowLevelSecurity: 'force',
  policies: entryPolicies(),
  properties: {
    ...entryProperties,
    summary: p.string().columnType('text'),
    kind: p.enum(solutionKinds).columnType('text'),
    toolCategories: p.array().columnType('text[]').defaultRaw("'{}'"),
    /** Position of the smallest size class in its vocabulary: comparable, unlike the code. */
    minSize: p.smallint().nullable(),
    worksWithoutItDepartment: p.boolean().nullable(),
    effort: p.enum(efforts).columnType('text').nullable(),
    costBand: p.enum(costBands).columnType('text').nullable(),
    /** The answer that it came out of. No foreign key: answers point to solutions already. */
    answerId: p.uuid().nullable(),
    /** The problem that it came out of. */
    problemId: p.uuid().nullable().index(),
    creditedOrganisationIds: p.array().columnType('uuid[]').defaultRaw("'{}'"),
  },
  indexes: entryIndexes,
})

export type Solution = InferEntity<typeof Solution>

/** A solution as lists and loaders read it. */
export interface SolutionRow extends EntryRow {
  summary: string
  kind: SolutionKind
  toolCategories: string[]
  minSize: number | null
  worksWithoutItDepartment: boolean | null
  effort: Effort | null
  costBand: CostBand | null
  problemId: string | null
  creditedOrganisationIds: string[]
}

/** The wording of a solution at a time. */
export const SolutionVersion = defineEntity({
  name: 'SolutionVersion',
  tableName: 'solution_version',
  rowLevelSecurity: 'force',
  policies: versionPolicies('solution'),
  properties: {
    ...entryVersionProperties,
    entryId: () => p.manyToOne(Solution).mapToPk().fieldName('entry_id'),
  },
  uniques: [{ properties: ['entryId', 'number'] }],
})

/** A page of a list of them. */
export type SolutionPage = Page<SolutionRow>
