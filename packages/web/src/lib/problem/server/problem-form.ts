import { aiShares, visibilities } from '#lib/entry/labels.ts'
import { oneOf } from '#lib/entry/choice.ts'
import { namedOrganisations } from '#lib/entry/circle.ts'
import { circleFields, readCircle } from '#lib/entry/server/circle.ts'
import { signInFields } from '#lib/entry/server/form-state.ts'
import { m } from '#lib/i18n.ts'
import type { ProblemValues } from '#lib/problem/form-values.ts'
import { flag, list, text, type FieldErrors } from '#lib/server/form.ts'
import { fieldOfWorkGroups, sortedTermOptions } from '#lib/vocabulary/terms.ts'

/** Fields of the form from top to bottom. */
export const problemFields = [
  'title',
  'fieldsOfWork',
  'body',
  'moreFieldsOfWork',
  'competences',
  ...circleFields,
  'confirmedGeneralisation',
  'aiShare',
  'changeNote',
  'confirmedNoClientData',
  ...signInFields,
]

/** What the form offers to choose from; sent along, so that no vocabulary gets into a script. */
export function problemChoices() {
  return {
    fields: fieldOfWorkGroups((label) => m.entry_field_whole({ label })),
    competences: sortedTermOptions('competences'),
  }
}

/** What was typed, as it was typed. */
export function readProblem(form: FormData): ProblemValues {
  return {
    // One sentence: the field wraps on phones, but a line end has no place in a title.
    title: text(form, 'title').replace(/\s*\n\s*/g, ' '),
    body: text(form, 'body'),
    fieldsOfWork: text(form, 'fieldsOfWork'),
    moreFieldsOfWork: list(form, 'moreFieldsOfWork'),
    competences: list(form, 'competences'),
    ...readCircle(form),
    anonymousToNetwork: flag(form, 'anonymousToNetwork'),
    aiShare: text(form, 'aiShare'),
    changeNote: text(form, 'changeNote'),
    version: text(form, 'version'),
    idempotencyKey: text(form, 'idempotencyKey'),
  }
}

/** What has to be there before it is worth asking the API. */
export function missingInProblem(values: ProblemValues): FieldErrors {
  const errors: FieldErrors = {}
  if (!values.title) errors['title'] = m.entry_title_missing()
  if (!values.fieldsOfWork) errors['fieldsOfWork'] = m.entry_fields_missing()
  return errors
}

/** The part of the input that posting and changing have in common. */
export function problemInput(values: ProblemValues, form: FormData) {
  return {
    title: values.title,
    body: values.body,
    fieldsOfWork: [...new Set([values.fieldsOfWork, ...values.moreFieldsOfWork])],
    competences: values.competences,
    visibility: oneOf(visibilities, values.visibility) ?? 'ALL_MEMBERS',
    selectedOrganisations: namedOrganisations(values),
    confirmedGeneralisation: flag(form, 'confirmedGeneralisation'),
    aiShare: oneOf(aiShares, values.aiShare) ?? 'NONE',
    confirmedNoClientData: flag(form, 'confirmedNoClientData'),
  }
}
