import { licences } from '@netzwerkdiakonie/schema/limits'
import { oneOf } from '#lib/entry/choice.ts'
import { aiShares, visibilities } from '#lib/entry/labels.ts'
import { namedOrganisations } from '#lib/entry/circle.ts'
import { circleFields, readCircle } from '#lib/entry/server/circle.ts'
import { signInFields } from '#lib/entry/server/form-state.ts'
import { m } from '#lib/i18n.ts'
import { flag, list, text, type FieldErrors } from '#lib/server/form.ts'
import type { SolutionValues } from '#lib/solution/form-values.ts'
import { costBands, efforts, solutionKinds } from '#lib/solution/labels.ts'
import { fieldOfWorkGroups, sortedTermOptions, termOptions } from '#lib/vocabulary/terms.ts'

/** Fields of the form from top to bottom. */
export const solutionFields = [
  'title',
  'summary',
  'kind',
  'fieldsOfWork',
  'body',
  'minSizeClass',
  'worksWithoutItDepartment',
  'effort',
  'costBand',
  'toolCategories',
  'moreFieldsOfWork',
  'competences',
  'licence',
  ...circleFields,
  'aiShare',
  'changeNote',
  'confirmedNoClientData',
  ...signInFields,
]

/** What the form offers to choose from; sent along, so that no vocabulary gets into a script. */
export function solutionChoices() {
  return {
    fields: fieldOfWorkGroups((label) => m.entry_field_whole({ label })),
    competences: sortedTermOptions('competences'),
    tools: sortedTermOptions('toolCategories'),
    sizes: termOptions('sizeClasses'),
  }
}

/** What the form of a solution offers to choose from. */
export type SolutionChoices = ReturnType<typeof solutionChoices>

/** What was typed, as it was typed. */
export function readSolution(form: FormData): SolutionValues {
  return {
    title: text(form, 'title'),
    summary: text(form, 'summary'),
    body: text(form, 'body'),
    kind: text(form, 'kind'),
    fieldsOfWork: text(form, 'fieldsOfWork'),
    moreFieldsOfWork: list(form, 'moreFieldsOfWork'),
    competences: list(form, 'competences'),
    toolCategories: list(form, 'toolCategories'),
    minSizeClass: text(form, 'minSizeClass'),
    worksWithoutItDepartment: text(form, 'worksWithoutItDepartment'),
    effort: text(form, 'effort'),
    costBand: text(form, 'costBand'),
    licence: text(form, 'licence'),
    ...readCircle(form),
    aiShare: text(form, 'aiShare'),
    changeNote: text(form, 'changeNote'),
    version: text(form, 'version'),
    answerId: text(form, 'answerId'),
    idempotencyKey: text(form, 'idempotencyKey'),
  }
}

/** What has to be there before it is worth asking the API. */
export function missingInSolution(values: SolutionValues): FieldErrors {
  const errors: FieldErrors = {}
  if (!values.title) errors['title'] = m.solution_title_missing()
  if (!values.summary) errors['summary'] = m.solution_summary_missing()
  if (!oneOf(solutionKinds, values.kind)) errors['kind'] = m.solution_kind_missing()
  if (!values.fieldsOfWork) errors['fieldsOfWork'] = m.entry_fields_missing()
  return errors
}

/** The part of the input that publishing and changing have in common. */
export function solutionInput(values: SolutionValues, form: FormData) {
  const withoutIt = oneOf(['yes', 'no'], values.worksWithoutItDepartment)
  return {
    title: values.title,
    summary: values.summary,
    body: values.body,
    kind: oneOf(solutionKinds, values.kind) ?? 'PROCESS',
    fieldsOfWork: [...new Set([values.fieldsOfWork, ...values.moreFieldsOfWork])],
    competences: values.competences,
    toolCategories: values.toolCategories,
    minSizeClass: values.minSizeClass || null,
    worksWithoutItDepartment: withoutIt ? withoutIt === 'yes' : null,
    effort: oneOf(efforts, values.effort),
    costBand: oneOf(costBands, values.costBand),
    licence: oneOf(licences, values.licence) ?? licences[0],
    visibility: oneOf(visibilities, values.visibility) ?? 'ALL_MEMBERS',
    selectedOrganisations: namedOrganisations(values),
    aiShare: oneOf(aiShares, values.aiShare) ?? 'NONE',
    confirmedNoClientData: flag(form, 'confirmedNoClientData'),
  }
}
