import { InviteMembersDocument } from '#lib/__generated__/graphql.ts'
import { requireSession } from '#lib/entry/server/act.ts'
import { refusals, showAgain } from '#lib/entry/server/form-state.ts'
import { m } from '#lib/i18n.ts'
import { api } from '#lib/server/api.ts'
import { text } from '#lib/server/form.ts'
import { actingAssociation } from '#lib/organisation/server/acting-association.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  if (event.request.method === 'GET') await requireSession(event)
  return { association: await actingAssociation(event) }
}

export const actions: Actions = {
  default: async (event) => {
    await requireSession(event)
    const form = await event.request.formData()
    const file = form.get('datei')
    const hasFile = file instanceof File && file.size > 0
    const values = { csv: hasFile ? decode(await file.arrayBuffer()) : text(form, 'csv') }
    if (!values.csv)
      return showAgain(['csv'], { values, errors: { csv: m.organisation_invite_missing() } })
    const { data, failure } = await api(event).attempt(InviteMembersDocument, { input: values })
    if (failure)
      return showAgain(['csv'], { values, errors: { '': failure.message } }, failure.status)
    const { rows, userErrors } = data.inviteMembers
    if (!rows) return showAgain(['csv'], { values, ...refusals(userErrors) })
    // Shown at once instead of after a redirect: the codes exist this one time only.
    const failed = rows.filter(({ outcome }) => outcome === 'FAILED')
    const [heading = ''] = values.csv.split('\n')
    return {
      rows,
      again: failed.length > 0 ? [heading.trim(), ...failed.map(({ row }) => row)].join('\n') : '',
    }
  },
}

/** Spreadsheets save in UTF-8 or, older ones, in the code page of Western Europe. */
function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
