import { fail } from '@sveltejs/kit'
import {
  FinishPasskeyRegistrationDocument,
  PasskeysDocument,
  RemovePasskeyDocument,
  RenamePasskeyDocument,
} from '#lib/__generated__/graphql.ts'
import { finish, requireSession } from '#lib/entry/server/act.ts'
import { m } from '#lib/i18n.ts'
import { api } from '#lib/server/api.ts'
import { text } from '#lib/server/form.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  await requireSession(event)
  const { viewer } = await api(event).query(PasskeysDocument)
  return { passkeys: viewer.passkeys }
}

export const actions: Actions = {
  add: async (event) => {
    await requireSession(event)
    const form = await event.request.formData()
    const input = {
      name: text(form, 'name'),
      state: text(form, 'state'),
      response: text(form, 'response'),
    }
    if (!input.name) return fail(422, { fault: m.identity_passkey_name_missing() })
    const outcome = await api(event).attempt(FinishPasskeyRegistrationDocument, { input })
    const flash = m.identity_passkey_added({ name: input.name })
    return finish(event, outcome, (data) => data.finishPasskeyRegistration.userErrors, { flash })
  },
  rename: async (event) => {
    await requireSession(event)
    const form = await event.request.formData()
    const input = { id: text(form, 'id'), name: text(form, 'name') }
    if (!input.name) return fail(422, { fault: m.identity_passkey_name_missing() })
    const outcome = await api(event).attempt(RenamePasskeyDocument, { input })
    const flash = m.identity_passkey_renamed({ name: input.name })
    return finish(event, outcome, ({ renamePasskey }) => renamePasskey.userErrors, { flash })
  },
  remove: async (event) => {
    await requireSession(event)
    const input = { id: text(await event.request.formData(), 'id') }
    const outcome = await api(event).attempt(RemovePasskeyDocument, { input })
    const flash = m.identity_passkey_removed()
    return finish(event, outcome, ({ removePasskey }) => removePasskey.userErrors, { flash })
  },
}
