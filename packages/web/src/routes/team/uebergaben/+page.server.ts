import { HandedOverDocument } from '#lib/__generated__/graphql.ts'
import { queryPage } from '#lib/entry/server/list.ts'
import { fromCursor, readListAddress, writeListAddress } from '#lib/entry/list-address.ts'
import { requireTeam } from '#lib/team/server/team.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const organisation = await requireTeam(event)
  const address = readListAddress({}, event.url.searchParams)
  const firstPage = writeListAddress(event.url.pathname, fromCursor(address))
  const variables = { organisationId: organisation.id, first: 30, after: address.after ?? null }
  const { handedOverEntries } = await queryPage(event, HandedOverDocument, variables, firstPage)
  return {
    address,
    organisation,
    entries: handedOverEntries?.edges.map(({ node }) => node) ?? [],
    pageInfo: handedOverEntries?.pageInfo ?? { hasNextPage: false, endCursor: null },
  }
}
