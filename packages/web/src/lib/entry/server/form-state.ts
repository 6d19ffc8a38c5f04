import { fail, type RequestEvent } from '@sveltejs/kit'
import type { MutationErrorsFragment } from '#lib/__generated__/graphql.ts'
import type { FormState } from '#lib/entry/form-state.ts'
import { m } from '#lib/i18n.ts'
import { fieldErrors, summary, text, type FieldErrors } from '#lib/server/form.ts'
import { signIn } from '#lib/server/session.ts'

/** Whether somebody is signed in, and what the form has to show if not. */
interface SignedIn {
  signIn: FormState<unknown>['signIn']
  errors: FieldErrors
}

/**
 * Signs in along with the form if the session ended while somebody was typing, so that one press
 * of the button does both. Asks for user name and password where they did not come.
 */
export async function signInAlong(event: RequestEvent, form: FormData): Promise<SignedIn> {
  if ((await event.locals.viewer()).kind !== 'VISITOR') return { signIn: null, errors: {} }
  const userName = text(form, 'userName')
  // Not trimmed: a password may begin or end with a space.
  const password = String(form.get('password') ?? '')
  if (!form.has('userName')) {
    return { signIn: { userName: '' }, errors: { userName: m.entry_sign_in_needed() } }
  }
  const errors: FieldErrors = {}
  if (!userName) errors['userName'] = m.entry_user_name_missing()
  if (!password) errors['password'] = m.entry_password_missing()
  if (Object.keys(errors).length > 0) return { signIn: { userName }, errors }
  const refused = await signIn(event, { userName, password })
  return refused ? { signIn: { userName }, errors: refused } : { signIn: null, errors: {} }
}

/**
 * Shows the form again. Messages about fields that the page does not have move to the form as a
 * whole, so that none gets lost; `order` names the fields from top to bottom.
 */
export function showAgain<Values>(
  order: readonly string[],
  state: Pick<FormState<Values>, 'values' | 'errors'> & Partial<FormState<Values>>,
  status = 422,
) {
  const errors: FieldErrors = {}
  for (const [name, message] of Object.entries(state.errors)) {
    errors[order.includes(name) ? name : ''] ??= message
  }
  const full: FormState<Values> = {
    suspected: [],
    signIn: null,
    current: null,
    ...state,
    errors,
    summary: summary(errors, order),
  }
  return fail(status, full)
}

/** Sorts what the API refused: what can be confirmed asks for that instead. */
export function refusals(userErrors: readonly MutationErrorsFragment[]): {
  errors: FieldErrors
  suspected: string[]
  recognised: string[]
} {
  const wordsOf = (wanted: MutationErrorsFragment['code']) =>
    userErrors.filter(({ code }) => code === wanted).map(({ message }) => message)
  const suspected = wordsOf('CLIENT_DATA_SUSPECTED')
  const recognised = wordsOf('WOULD_BE_RECOGNISED')
  const confirmable = ['CLIENT_DATA_SUSPECTED', 'WOULD_BE_RECOGNISED']
  const { selectedOrganisations, ...errors } = fieldErrors(
    userErrors.filter(({ code }) => !confirmable.includes(code)),
  )
  // Chosen organisations are no field where none is chosen; the search for them always is.
  if (selectedOrganisations) errors['organisationQuery'] = selectedOrganisations
  if (recognised.length > 0) errors['confirmedGeneralisation'] = m.problem_unnamed_confirm_error()
  if (suspected.length > 0) errors['confirmedNoClientData'] = m.entry_client_data_error()
  return { errors, suspected: [...new Set(suspected)], recognised }
}

/** Whether the API refused for this reason. */
export function refusedFor(
  userErrors: readonly MutationErrorsFragment[],
  code: MutationErrorsFragment['code'],
): boolean {
  return userErrors.some((error) => error.code === code)
}

/** Names of the fields of sign-in, which come last on every page. */
export const signInFields = ['userName', 'password'] as const

/** What an entry says now, to compare it with what somebody typed. */
export function currentText(entry: {
  version: number
  title: string
  summary?: string
  body: string
}): FormState<unknown>['current'] {
  const { version, title, summary = null, body } = entry
  return { version, title, summary, body }
}
