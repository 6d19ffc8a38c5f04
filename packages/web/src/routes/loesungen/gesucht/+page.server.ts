import {
  CloseSearchInvitationDocument,
  SearchInvitationsDocument,
} from '#lib/__generated__/graphql.ts'
import { readListAddress } from '#lib/entry/list-address.ts'
import { finish, requireSession } from '#lib/entry/server/act.ts'
import { queryPage } from '#lib/entry/server/list.ts'
import { href, m } from '#lib/i18n.ts'
import { api } from '#lib/server/api.ts'
import { text } from '#lib/server/form.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const address = readListAddress({}, event.url.searchParams)
  const { searchInvitations } = await queryPage(
    event,
    SearchInvitationsDocument,
    { first: 20, after: address.after ?? null },
    event.url.pathname,
  )
  return {
    address,
    invitations: searchInvitations.edges.map(({ node }) => node),
    pageInfo: searchInvitations.pageInfo,
    count: searchInvitations.totalCount,
  }
}

export const actions: Actions = {
  close: async (event) => {
    await requireSession(event)
    const id = text(await event.request.formData(), 'id')
    const outcome = await api(event).attempt(CloseSearchInvitationDocument, { input: { id } })
    return finish(event, outcome, (data) => data.closeSearchInvitation.userErrors, {
      flash: m.thesaurus_close_flash(),
      to: href('/loesungen/gesucht'),
    })
  },
}
