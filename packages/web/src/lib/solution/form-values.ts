import type { SolutionDraftQuery, SolutionPartsFragment } from '#lib/__generated__/graphql.ts'
import { type CircleValues, noCircleSearch } from '#lib/entry/circle.ts'

/** What stands in the form of a solution. */
export interface SolutionValues extends CircleValues {
  title: string
  summary: string
  body: string
  kind: string
  /** The field of work that everybody has to name. */
  fieldsOfWork: string
  /** Further ones, up to four. */
  moreFieldsOfWork: string[]
  competences: string[]
  toolCategories: string[]
  minSizeClass: string
  /** 'yes', 'no', or '' where nobody knows. */
  worksWithoutItDepartment: string
  effort: string
  costBand: string
  licence: string
  aiShare: string
  changeNote: string
  version: string
  /** The answer that it comes out of. */
  answerId: string
  idempotencyKey: string
}

/** A form that nobody has filled in yet. */
export function emptySolution(idempotencyKey: string, title = ''): SolutionValues {
  return {
    title,
    summary: '',
    body: '',
    kind: '',
    fieldsOfWork: '',
    moreFieldsOfWork: [],
    competences: [],
    toolCategories: [],
    minSizeClass: '',
    worksWithoutItDepartment: '',
    effort: '',
    costBand: '',
    licence: 'CC-BY-4.0',
    ...noCircleSearch,
    visibility: 'ALL_MEMBERS',
    aiShare: 'NONE',
    changeNote: '',
    version: '',
    answerId: '',
    idempotencyKey,
  }
}

/** A form filled in from problem and answer. */
export function valuesOfDraft(
  draft: NonNullable<SolutionDraftQuery['solutionDraft']>,
  idempotencyKey: string,
): SolutionValues {
  const [first, ...more] = draft.fieldsOfWork.map(({ code }) => code)
  return {
    ...emptySolution(idempotencyKey),
    title: draft.title,
    summary: draft.summary,
    body: draft.body,
    fieldsOfWork: first ?? '',
    moreFieldsOfWork: more,
    competences: draft.competences.map(({ code }) => code),
    answerId: draft.answerId,
  }
}

/** The form of a solution as it is now. */
export function valuesOfSolution(solution: SolutionPartsFragment): SolutionValues {
  const [first, ...more] = solution.fieldsOfWork.map(({ code }) => code)
  const withoutIt = solution.worksWithoutItDepartment
  return {
    ...emptySolution(''),
    title: solution.title,
    summary: solution.summary,
    body: solution.body,
    kind: solution.kind,
    fieldsOfWork: first ?? '',
    moreFieldsOfWork: more,
    competences: solution.competences.map(({ code }) => code),
    toolCategories: solution.toolCategories.map(({ code }) => code),
    minSizeClass: solution.minSizeClass ?? '',
    worksWithoutItDepartment: withoutIt === null ? '' : withoutIt ? 'yes' : 'no',
    effort: solution.effort ?? '',
    costBand: solution.costBand ?? '',
    licence: solution.licence ?? '',
    visibility: solution.visibility,
    selectedOrganisations: (solution.selectedOrganisations ?? []).map(({ id }) => id),
    aiShare: solution.aiShare,
    version: String(solution.version),
  }
}
