import { fail, type RequestEvent } from '@sveltejs/kit'
import type { MutationErrorsFragment } from '#lib/__generated__/graphql.ts'
import type { FormState, SignInState } from '#lib/entry/form-state.ts'
import { m } from '#lib/i18n.ts'
import { fieldErrors, summary, text, type FieldErrors } from '#lib/server/form.ts'
import { deviceAccounts, signInWithPin } from '#lib/server/pin.ts'
import { signIn } from '#lib/server/session.ts'

/** Whether somebody is signed in, and what the form has to show if not. */
interface SignedIn {
  signIn: FormState<unknown>['signIn']
  errors: FieldErrors
}

/**
 * Signs in along with the form if the session ended while somebody was typing, so that one press
 * of the button does both. Asks for person and PIN, or user name and password, where they did not come.
 */
export async function signInAlong(event: RequestEvent, form: FormData): Promise<SignedIn> {
  if ((await event.locals.viewer()).kind !== 'VISITOR') return { signIn: null, errors: {} }
  const signIn = await signInState(event, form)
  const first = signIn.people.length > 0 ? 'bindingId' : 'userName'
  if (!form.has('userName')) return { signIn, errors: { [first]: m.entry_sign_in_needed() } }
  const errors = signIn.bindingId
    ? await tryPin(event, form, signIn)
    : await tryPassword(event, form, signIn)
  return errors ? { signIn, errors } : { signIn: null, errors: {} }
}

/** The fields of sign-in stay on the page once they were there. */
export async function signInAsked(event: RequestEvent, form: FormData) {
  if ((await event.locals.viewer()).kind !== 'VISITOR' || !form.has('userName')) return null
  return signInState(event, form)
}

async function signInState(event: RequestEvent, form: FormData): Promise<SignInState> {
  const people = (await deviceAccounts(event)).filter(({ isLocked }) => !isLocked)
  // Somebody who types a user name means it, whoever is chosen above.
  const userName = text(form, 'userName')
  const bindingId = userName ? '' : text(form, 'bindingId')
  return { userName, bindingId, people }
}

async function tryPin(event: RequestEvent, form: FormData, { bindingId }: SignInState) {
  const pin = text(form, 'pin')
  return pin ? signInWithPin(event, { bindingId, pin }) : { pin: m.identity_pin_missing() }
}

async function tryPassword(event: RequestEvent, form: FormData, { userName, people }: SignInState) {
  // Not trimmed: a password may begin or end with a space.
  const password = String(form.get('password') ?? '')
  const errors: FieldErrors = {}
  if (!userName && people.length > 0 && !password)
    return { bindingId: m.identity_inline_who_missing() }
  if (!userName) errors['userName'] = m.entry_user_name_missing()
  if (!password) errors['password'] = m.entry_password_missing()
  return Object.keys(errors).length > 0 ? errors : signIn(event, { userName, password })
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
export const signInFields = ['bindingId', 'pin', 'userName', 'password'] as const

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
