import { SolutionListDocument } from '#lib/__generated__/graphql.ts'
import { fromCursor, readListAddress, writeListAddress } from '#lib/entry/list-address.ts'
import { queryPage } from '#lib/entry/server/list.ts'
import { solutionFilters, solutionQuery } from '#lib/solution/list-filter.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const address = readListAddress(solutionFilters, event.url.searchParams)
  const firstPage = writeListAddress(event.url.pathname, fromCursor(address))
  const variables = { ...solutionQuery(address), first: 20 }
  const { solutions } = await queryPage(event, SolutionListDocument, variables, firstPage)
  return {
    address,
    solutions: solutions.edges.map(({ node }) => node),
    pageInfo: solutions.pageInfo,
    count: solutions.totalCount,
  }
}
