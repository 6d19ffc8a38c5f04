import { fail, redirect, type RequestEvent } from '@sveltejs/kit'
import { DemoAccountsDocument } from '#lib/__generated__/graphql.ts'
import { href, m } from '#lib/i18n.ts'
import { api } from '#lib/server/api.ts'
import { setFlash } from '#lib/server/flash.ts'
import { summary, text, type FieldErrors } from '#lib/server/form.ts'
import { returnPath } from '#lib/server/return-path.ts'
import { type DeviceAccount, deviceAccounts, signInWithPin } from '#lib/server/pin.ts'
import { signIn } from '#lib/server/session.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const { data } = await api(event).attempt(DemoAccountsDocument)
  const people = await deviceAccounts(event)
  return {
    people,
    chosen: chosenOf(people, event.url.searchParams.get('person')),
    demoAccounts: data?.demoAccounts ?? [],
    next: returnPath(event.url.searchParams.get('weiter'), ''),
  }
}

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData()
    if (form.has('bindingId')) return signInByPin(event, form)
    const userName = text(form, 'userName')
    // Not trimmed: a password may begin or end with a space.
    const password = String(form.get('password') ?? '')

    const missing: FieldErrors = {}
    if (!userName) missing['userName'] = m.identity_user_name_missing()
    if (!password) missing['password'] = m.identity_password_missing()
    const errors =
      Object.keys(missing).length > 0 ? missing : await signIn(event, { userName, password })
    if (errors) {
      return fail(422, {
        userName,
        bindingId: '',
        errors,
        summary: summary(errors, ['userName', 'password']),
      })
    }
    setFlash(event, m.identity_welcome())
    redirect(303, returnPath(form.get('weiter'), href('/')))
  },
}

/** On a device of one person, nobody has to choose first; an empty choice means somebody else. */
function chosenOf(people: DeviceAccount[], wanted: string | null) {
  const [only, ...others] = people
  const bindingId = wanted ?? (others.length === 0 ? only?.bindingId : null)
  return people.find((person) => person.bindingId === bindingId && !person.isLocked)
}

async function signInByPin(event: RequestEvent, form: FormData) {
  const bindingId = text(form, 'bindingId')
  const pin = text(form, 'pin')
  const errors = pin
    ? await signInWithPin(event, { bindingId, pin })
    : ({ pin: m.identity_pin_missing() } as FieldErrors)
  if (errors)
    return fail(422, { userName: '', bindingId, errors, summary: summary(errors, ['pin']) })
  setFlash(event, m.identity_welcome())
  redirect(303, returnPath(form.get('weiter'), href('/')))
}
