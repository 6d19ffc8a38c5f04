import { OrganisationListDocument } from '#lib/__generated__/graphql.ts'
import { fromCursor, readListAddress, writeListAddress } from '#lib/entry/list-address.ts'
import { queryPage } from '#lib/entry/server/list.ts'
import { organisationFilters, organisationQuery } from '#lib/organisation/list-filter.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const address = readListAddress(organisationFilters, event.url.searchParams)
  const firstPage = writeListAddress(event.url.pathname, fromCursor(address))
  const variables = { ...organisationQuery(address), first: 30 }
  const data = await queryPage(event, OrganisationListDocument, variables, firstPage)
  return {
    address,
    organisations: data.organisations.edges.map(({ node }) => node),
    pageInfo: data.organisations.pageInfo,
    count: data.organisations.totalCount,
    associations: data.associations,
  }
}
