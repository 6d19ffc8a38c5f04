import { redirect } from '@sveltejs/kit'
import { JoinWithCardDocument } from '#lib/__generated__/graphql.ts'
import { requireSession } from '#lib/entry/server/act.ts'
import { refusals, refusedFor, showAgain } from '#lib/entry/server/form-state.ts'
import { href, m } from '#lib/i18n.ts'
import { api } from '#lib/server/api.ts'
import { setFlash } from '#lib/server/flash.ts'
import { text } from '#lib/server/form.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = (event) => requireSession(event)

export const actions: Actions = {
  default: async (event) => {
    await requireSession(event)
    const code = text(await event.request.formData(), 'code')
    const again = (message: string, field = 'code', status = 422) =>
      showAgain(['code'], { values: { code }, errors: { [field]: message } }, status)
    if (!code) return again(m.team_join_code_missing())
    const { data, failure } = await api(event).attempt(JoinWithCardDocument, { code })
    if (failure) return again(failure.message, '', failure.status)
    const { viewer, userErrors } = data.joinWithCard
    if (refusedFor(userErrors, 'NOT_FOUND')) return again(m.team_join_not_found())
    if (!viewer) return again(Object.values(refusals(userErrors).errors)[0] ?? '', '')
    setFlash(event, m.team_join_flash({ organisation: viewer.organisation?.name ?? '' }))
    redirect(303, href('/'))
  },
}
