import { ProblemListDocument } from '#lib/__generated__/graphql.ts'
import { fromCursor, readListAddress, writeListAddress } from '#lib/entry/list-address.ts'
import { queryPage } from '#lib/entry/server/list.ts'
import { problemFilters, problemQuery } from '#lib/problem/list-filter.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const address = readListAddress(problemFilters, event.url.searchParams)
  const firstPage = writeListAddress(event.url.pathname, fromCursor(address))
  const variables = { ...problemQuery(address), first: 20 }
  const { problems } = await queryPage(event, ProblemListDocument, variables, firstPage)
  return {
    address,
    problems: problems.edges.map(({ node }) => node),
    pageInfo: problems.pageInfo,
    count: problems.totalCount,
  }
}
