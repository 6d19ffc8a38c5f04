import type { CostBand, Effort, SolutionKind } from '#lib/__generated__/graphql.ts'
import { m } from '#lib/i18n.ts'

/** All kinds of solutions. */
export const solutionKinds = [
  'PROCESS',
  'TEMPLATE',
  'FORMAT',
  'ORGANISATION',
  'TOOL',
] as const satisfies readonly SolutionKind[]

const kindWords: Record<SolutionKind, () => string> = {
  PROCESS: m.solution_kind_process,
  TEMPLATE: m.solution_kind_template,
  FORMAT: m.solution_kind_format,
  ORGANISATION: m.solution_kind_organisation,
  TOOL: m.solution_kind_tool,
}

/** What kind of solution it is, in words. */
export function solutionKindLabel(kind: SolutionKind): string {
  return kindWords[kind]()
}

/** Kinds of solutions to choose from. */
export function solutionKindOptions() {
  return solutionKinds.map((value) => ({ value, label: solutionKindLabel(value) }))
}

/** How long a solution can take, from short to long. */
export const efforts = ['HOURS', 'DAYS', 'WEEKS', 'MONTHS'] as const satisfies readonly Effort[]

const effortWords: Record<Effort, () => string> = {
  HOURS: m.solution_effort_hours,
  DAYS: m.solution_effort_days,
  WEEKS: m.solution_effort_weeks,
  MONTHS: m.solution_effort_months,
}

/** How long it takes to get there, in words. */
export function effortLabel(effort: Effort): string {
  return effortWords[effort]()
}

/** Efforts to choose from. */
export function effortOptions() {
  return efforts.map((value) => ({ value, label: effortLabel(value) }))
}

/** What a solution can cost in a year, from little to much. */
export const costBands = [
  'FREE',
  'LT_500',
  'LT_5K',
  'LT_25K',
  'GT_25K',
  'UNKNOWN',
] as const satisfies readonly CostBand[]

const costWords: Record<CostBand, () => string> = {
  FREE: m.solution_cost_free,
  LT_500: m.solution_cost_lt_500,
  LT_5K: m.solution_cost_lt_5k,
  LT_25K: m.solution_cost_lt_25k,
  GT_25K: m.solution_cost_gt_25k,
  UNKNOWN: m.solution_cost_unknown,
}

/** What it costs in a year, in words. */
export function costLabel(costBand: CostBand): string {
  return costWords[costBand]()
}

/** Costs to choose from. */
export function costOptions() {
  return costBands.map((value) => ({ value, label: costLabel(value) }))
}
