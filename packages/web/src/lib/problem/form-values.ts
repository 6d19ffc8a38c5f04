import type { ProblemPartsFragment } from '#lib/__generated__/graphql.ts'
import { type CircleValues, noCircleSearch } from '#lib/entry/circle.ts'

/** What stands in the form of a problem. */
export interface ProblemValues extends CircleValues {
  title: string
  body: string
  /** The field of work that everybody has to name. */
  fieldsOfWork: string
  /** Further ones, up to four. */
  moreFieldsOfWork: string[]
  competences: string[]
  anonymousToNetwork: boolean
  aiShare: string
  changeNote: string
  version: string
  idempotencyKey: string
}

/** A form that nobody has filled in yet. */
export function emptyProblem(title: string, idempotencyKey: string): ProblemValues {
  return {
    title,
    body: '',
    fieldsOfWork: '',
    moreFieldsOfWork: [],
    competences: [],
    ...noCircleSearch,
    visibility: 'ALL_MEMBERS',
    anonymousToNetwork: false,
    aiShare: 'NONE',
    changeNote: '',
    version: '',
    idempotencyKey,
  }
}

/** The form of a problem as it is now. */
export function valuesOfProblem(problem: ProblemPartsFragment): ProblemValues {
  const [first, ...more] = problem.fieldsOfWork.map(({ code }) => code)
  return {
    title: problem.title,
    body: problem.body,
    fieldsOfWork: first ?? '',
    moreFieldsOfWork: more,
    competences: problem.competences.map(({ code }) => code),
    ...noCircleSearch,
    visibility: problem.visibility,
    selectedOrganisations: (problem.selectedOrganisations ?? []).map(({ id }) => id),
    anonymousToNetwork: problem.anonymousToNetwork,
    aiShare: problem.aiShare,
    changeNote: '',
    version: String(problem.version),
    idempotencyKey: '',
  }
}
