import { randomUUID } from 'node:crypto'
import {
  SavedSearchesDocument,
  SaveSearchDocument,
  SearchDocument,
} from '#lib/__generated__/graphql.ts'
import { fromCursor, readListAddress, writeListAddress } from '#lib/entry/list-address.ts'
import { finish, requireSession } from '#lib/entry/server/act.ts'
import { queryPage } from '#lib/entry/server/list.ts'
import { m } from '#lib/i18n.ts'
import { nameForSaved } from '#lib/search/saved-search.ts'
import { isSearch, searchFilters, searchQuery } from '#lib/search/search-filter.ts'
import { api } from '#lib/server/api.ts'
import { text } from '#lib/server/form.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const address = readListAddress(searchFilters, event.url.searchParams)
  if (!isSearch(address)) {
    const isPerson = (await event.locals.viewer()).kind === 'PERSON'
    const kept = isPerson ? (await api(event).query(SavedSearchesDocument)).viewer : null
    return { address, search: null, savedSearches: kept?.savedSearches ?? [], saveKey: '' }
  }
  const firstPage = writeListAddress(event.url.pathname, fromCursor(address))
  const variables = { ...searchQuery(address), first: 20 }
  const { search, viewer } = await queryPage(event, SearchDocument, variables, firstPage)
  return { address, search, savedSearches: viewer.savedSearches, saveKey: randomUUID() }
}

export const actions: Actions = {
  save: async (event) => {
    await requireSession(event)
    const address = readListAddress(searchFilters, event.url.searchParams)
    const { query, filter } = searchQuery(address)
    const idempotencyKey = text(await event.request.formData(), 'idempotencyKey') || null
    const input = { name: nameForSaved(address), query, filter, idempotencyKey }
    const outcome = await api(event).attempt(SaveSearchDocument, { input })
    const flash = m.search_saved_flash()
    return finish(event, outcome, ({ saveSearch }) => saveSearch.userErrors, { flash })
  },
}
