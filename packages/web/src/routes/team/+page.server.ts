import { TeamListDocument } from '#lib/__generated__/graphql.ts'
import { fromCursor, readListAddress, writeListAddress } from '#lib/entry/list-address.ts'
import { queryPage } from '#lib/entry/server/list.ts'
import { teamFilters, teamQuery } from '#lib/team/list-filter.ts'
import { requireTeam } from '#lib/team/server/team.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const organisation = await requireTeam(event)
  const address = readListAddress(teamFilters, event.url.searchParams)
  const firstPage = writeListAddress(event.url.pathname, fromCursor(address))
  const variables = { ...teamQuery(address), organisationId: organisation.id, first: 30 }
  const { team } = await queryPage(event, TeamListDocument, variables, firstPage)
  return {
    address,
    organisation,
    members: team?.edges.map(({ node }) => node) ?? [],
    pageInfo: team?.pageInfo ?? { hasNextPage: false, endCursor: null },
    count: team?.totalCount ?? { value: 0, isExact: true },
  }
}
