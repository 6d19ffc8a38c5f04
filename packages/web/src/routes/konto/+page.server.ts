import { fail, redirect } from '@sveltejs/kit'
import {
  AccessLogDocument,
  AccountPageDocument,
  ChangePasswordDocument,
  EndOtherSessionsDocument,
  EndSessionDocument,
  ForgetDeviceDocument,
} from '#lib/__generated__/graphql.ts'
import { finish, requireSession } from '#lib/entry/server/act.ts'
import { href, m } from '#lib/i18n.ts'
import { api } from '#lib/server/api.ts'
import { setFlash } from '#lib/server/flash.ts'
import { fieldErrors, summary, text, type FieldErrors } from '#lib/server/form.ts'
import { keepSession } from '#lib/server/session-cookie.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  await requireSession(event)
  const [{ viewer }, access] = await Promise.all([
    api(event).query(AccountPageDocument),
    api(event).query(AccessLogDocument),
  ])
  return { account: viewer, accessLog: access.viewer.accessLog }
}

export const actions: Actions = {
  endSession: async (event) => {
    await requireSession(event)
    const sessionId = text(await event.request.formData(), 'id')
    const outcome = await api(event).attempt(EndSessionDocument, { sessionId })
    const flash = m.identity_session_ended()
    return finish(event, outcome, ({ endSession }) => endSession.userErrors, { flash })
  },
  endOtherSessions: async (event) => {
    await requireSession(event)
    const outcome = await api(event).attempt(EndOtherSessionsDocument)
    const flash = m.identity_sessions_ended()
    return finish(event, outcome, ({ endOtherSessions }) => endOtherSessions.userErrors, { flash })
  },
  forgetDevice: async (event) => {
    await requireSession(event)
    const bindingId = text(await event.request.formData(), 'bindingId')
    const outcome = await api(event).attempt(ForgetDeviceDocument, { bindingId })
    const flash = m.identity_pin_device_forgotten()
    return finish(event, outcome, ({ forgetDevice }) => forgetDevice.userErrors, { flash })
  },
  changePassword: async (event) => {
    await requireSession(event)
    const form = await event.request.formData()
    // Not trimmed: a password may begin or end with a space.
    const password = (name: string) => String(form.get(name) ?? '')
    const input = {
      currentPassword: password('currentPassword'),
      newPassword: password('newPassword'),
    }
    const refuse = (status: number, errors: FieldErrors) =>
      fail(status, { errors, summary: summary(errors, ['currentPassword', 'newPassword']) })

    const missing: FieldErrors = {}
    if (!input.currentPassword) missing['currentPassword'] = m.identity_current_password_missing()
    if (!input.newPassword) missing['newPassword'] = m.identity_new_password_missing()
    if (Object.keys(missing).length > 0) return refuse(422, missing)

    const { data, failure } = await api(event).attempt(ChangePasswordDocument, { input })
    if (failure) return refuse(failure.status, { '': failure.message })
    const { sessionToken, userErrors } = data.changePassword
    if (userErrors.length > 0) return refuse(422, fieldErrors(userErrors))
    if (sessionToken) keepSession(event, sessionToken)
    setFlash(event, m.identity_password_changed())
    redirect(303, href('/konto'))
  },
}
