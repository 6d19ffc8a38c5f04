import { randomUUID } from 'node:crypto'
import { limits } from '@netzwerkdiakonie/schema/limits'
import { RemoveSynonymsDocument, SynonymGroupsDocument } from '#lib/__generated__/graphql.ts'
import { fromCursor, readListAddress, writeListAddress } from '#lib/entry/list-address.ts'
import { finish, requireSession } from '#lib/entry/server/act.ts'
import { queryPage } from '#lib/entry/server/list.ts'
import { m } from '#lib/i18n.ts'
import { actingAssociation } from '#lib/organisation/server/acting-association.ts'
import { api } from '#lib/server/api.ts'
import { text } from '#lib/server/form.ts'
import { addSynonyms, noAssociation } from '#lib/thesaurus/server/synonyms.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  if (event.request.method === 'GET') await requireSession(event)
  const address = readListAddress({ q: { maxLength: limits.synonymTerm } }, event.url.searchParams)
  const association = await actingAssociation(event)
  if (!association) return { association, address, idempotencyKey: '', list: null }
  const { synonymGroups } = await queryPage(
    event,
    SynonymGroupsDocument,
    { query: address.values.q[0] ?? null, first: 20, after: address.after ?? null },
    writeListAddress(event.url.pathname, fromCursor(address)),
  )
  return {
    association,
    address,
    idempotencyKey: randomUUID(),
    list: {
      groups: synonymGroups.edges.map(({ node }) => node),
      pageInfo: synonymGroups.pageInfo,
      count: synonymGroups.totalCount,
    },
  }
}

export const actions: Actions = {
  synonyms: async (event) => {
    await requireSession(event)
    const association = await actingAssociation(event)
    return association ? addSynonyms(event, association.id) : noAssociation()
  },
  remove: async (event) => {
    await requireSession(event)
    const id = text(await event.request.formData(), 'id')
    const outcome = await api(event).attempt(RemoveSynonymsDocument, { input: { id } })
    const flash = m.thesaurus_group_removed_flash()
    return finish(event, outcome, (data) => data.removeSynonyms.userErrors, { flash })
  },
}
