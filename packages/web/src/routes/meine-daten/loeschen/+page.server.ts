import { DeleteAccountDocument } from '#lib/__generated__/graphql.ts'
import { finish, requireSession } from '#lib/entry/server/act.ts'
import { href, m } from '#lib/i18n.ts'
import { api } from '#lib/server/api.ts'
import { flag } from '#lib/server/form.ts'
import { dropSession } from '#lib/server/session-cookie.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = (event) => requireSession(event)

export const actions: Actions = {
  default: async (event) => {
    await requireSession(event)
    const confirmed = flag(await event.request.formData(), 'confirmed')
    const outcome = await api(event).attempt(DeleteAccountDocument, { confirmed })
    if (outcome.data?.deleteAccount.viewer) dropSession(event)
    return finish(event, outcome, ({ deleteAccount }) => deleteAccount.userErrors, {
      flash: m.privacy_deleted_flash(),
      to: href('/'),
    })
  },
}
