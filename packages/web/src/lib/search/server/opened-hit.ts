import { redirect, type RequestEvent } from '@sveltejs/kit'
import { limits } from '@netzwerkdiakonie/schema/limits'
import { NoteOpenedHitDocument } from '#lib/__generated__/graphql.ts'
import { plainLine } from '#lib/entry/list-address.ts'
import { pathOf } from '#lib/i18n.ts'
import { openedBy } from '#lib/search/hit-address.ts'
import { api } from '#lib/server/api.ts'

/** Nobody waits longer for a count, in milliseconds. */
const patience = 300

/**
 * Counts that a hit was opened, and goes on to the address without that remark: what people share
 * and come back to says nothing about a search. Whatever goes wrong with counting stays unseen.
 */
export async function countOpenedHit(event: RequestEvent<{ id: string }>): Promise<void> {
  const { searchParams, pathname } = event.url
  const given = searchParams.get(openedBy)
  if (given === null || event.request.method === 'POST') return
  const query = plainLine(given, limits.searchQuery)
  if (query && isOpening(event)) {
    await Promise.race([
      api(event).attempt(NoteOpenedHitDocument, { query, entryId: event.params.id }),
      new Promise((resolve) => setTimeout(resolve, patience)),
    ])
  }
  const rest = new URLSearchParams(searchParams)
  rest.delete(openedBy)
  redirect(303, pathOf({ pathname, searchParams: rest }))
}

/** Whether a person opens the page: neither a look at its head nor a browser that guesses ahead. */
function isOpening({ request }: RequestEvent): boolean {
  const purpose = request.headers.get('sec-purpose') ?? request.headers.get('purpose') ?? ''
  return request.method === 'GET' && !purpose.includes('prefetch')
}
