import { randomUUID } from 'node:crypto'
import { fail, redirect, type RequestEvent } from '@sveltejs/kit'
import {
  DismissMissedSearchDocument,
  InviteToPublishDocument,
  MissedSearchesDocument,
} from '#lib/__generated__/graphql.ts'
import { fromCursor, readListAddress, writeListAddress } from '#lib/entry/list-address.ts'
import { finish, requireSession } from '#lib/entry/server/act.ts'
import { queryPage } from '#lib/entry/server/list.ts'
import { m, pathOf } from '#lib/i18n.ts'
import { actingAssociation } from '#lib/organisation/server/acting-association.ts'
import { api } from '#lib/server/api.ts'
import { setFlash } from '#lib/server/flash.ts'
import { fieldErrors, text } from '#lib/server/form.ts'
import { missedSearchFilters, missedSearchQuery, weekOptions } from '#lib/thesaurus/list-filter.ts'
import { addSynonyms, noAssociation, type Tried } from '#lib/thesaurus/server/synonyms.ts'
import { today } from '#lib/today.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  if (event.request.method === 'GET') await requireSession(event)
  const address = readListAddress(missedSearchFilters, event.url.searchParams)
  const association = await actingAssociation(event)
  const asked = missedSearchQuery(address, today())
  const common = { association, address, week: asked.filter.week, weeks: weekOptions(today()) }
  if (!association) return { ...common, list: null }
  const { missedSearches } = await queryPage(
    event,
    MissedSearchesDocument,
    { ...asked, first: 20 },
    writeListAddress(event.url.pathname, fromCursor(address)),
  )
  return {
    ...common,
    list: {
      rows: missedSearches.edges.map(({ node }) => ({
        ...node,
        synonymKey: randomUUID(),
        invitationKey: randomUUID(),
      })),
      pageInfo: missedSearches.pageInfo,
      count: missedSearches.totalCount,
    },
  }
}

export const actions: Actions = {
  synonyms: async (event) => {
    await requireSession(event)
    const association = await actingAssociation(event)
    return association ? addSynonyms(event, association.id) : noAssociation()
  },
  invite: async (event) => {
    await requireSession(event)
    const association = await actingAssociation(event)
    return association ? invite(event, association.id) : noAssociation()
  },
  dismiss: async (event) => {
    await requireSession(event)
    const id = text(await event.request.formData(), 'id')
    const outcome = await api(event).attempt(DismissMissedSearchDocument, { input: { id } })
    const flash = m.thesaurus_dismiss_flash()
    return finish(event, outcome, (data) => data.dismissMissedSearch.userErrors, { flash })
  },
}

/** Tells everybody that something is wanted, in the name of an association. */
async function invite(event: RequestEvent, associationId: string) {
  const form = await event.request.formData()
  const id = text(form, 'id')
  const [topic, note] = [text(form, 'topic'), text(form, 'note')]
  const again = (errors: Tried['errors'], status = 422) => {
    const values = { terms: '', topic, note }
    return fail(status, { tried: { id, what: 'invitation', values, errors } satisfies Tried })
  }
  if (!topic) return again({ topic: m.thesaurus_invite_missing() })
  const { data, failure } = await api(event).attempt(InviteToPublishDocument, {
    input: {
      topic,
      note,
      associationId,
      missedSearchId: id || null,
      idempotencyKey: text(form, 'idempotencyKey') || null,
    },
  })
  if (failure) return again({ '': failure.message }, failure.status)
  const { searchInvitation, userErrors } = data.inviteToPublish
  if (!searchInvitation) return again(fieldErrors(userErrors))
  setFlash(event, m.thesaurus_invite_flash({ topic: searchInvitation.topic }))
  redirect(303, pathOf(event.url))
}
