import { fail } from '@sveltejs/kit'
import {
  DeleteSavedSearchDocument,
  RenameSavedSearchDocument,
  SavedSearchesDocument,
} from '#lib/__generated__/graphql.ts'
import { finish, requireSession, type Fault } from '#lib/entry/server/act.ts'
import { m } from '#lib/i18n.ts'
import { api } from '#lib/server/api.ts'
import { text } from '#lib/server/form.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  await requireSession(event)
  const { viewer } = await api(event).query(SavedSearchesDocument)
  return { savedSearches: viewer.savedSearches }
}

export const actions: Actions = {
  rename: async (event) => {
    await requireSession(event)
    const form = await event.request.formData()
    const variables = { id: text(form, 'id'), name: text(form, 'name') }
    if (!variables.name) return fail(422, { fault: m.search_saved_name_missing() } satisfies Fault)
    const outcome = await api(event).attempt(RenameSavedSearchDocument, variables)
    const flash = m.search_saved_renamed_flash({ name: variables.name })
    return finish(event, outcome, (data) => data.renameSavedSearch.userErrors, { flash })
  },
  delete: async (event) => {
    await requireSession(event)
    const id = text(await event.request.formData(), 'id')
    const outcome = await api(event).attempt(DeleteSavedSearchDocument, { id })
    const flash = m.search_saved_deleted_flash()
    return finish(event, outcome, (data) => data.deleteSavedSearch.userErrors, { flash })
  },
}
