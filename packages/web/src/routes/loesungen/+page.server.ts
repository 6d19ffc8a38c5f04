import { SearchInvitationsDocument, SolutionListDocument } from '#lib/__generated__/graphql.ts'
import { fromCursor, readListAddress, writeListAddress } from '#lib/entry/list-address.ts'
import { queryPage } from '#lib/entry/server/list.ts'
import { api } from '#lib/server/api.ts'
import { solutionFilters, solutionQuery } from '#lib/solution/list-filter.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const address = readListAddress(solutionFilters, event.url.searchParams)
  const firstPage = writeListAddress(event.url.pathname, fromCursor(address))
  const variables = { ...solutionQuery(address), first: 20 }
  // Whoever filters looks for something else than what others look for.
  const isWhole = writeListAddress('', address) === ''
  const [{ solutions }, wanted] = await Promise.all([
    queryPage(event, SolutionListDocument, variables, firstPage),
    // An extra: the list must not wait for it to be well.
    isWhole ? api(event).attempt(SearchInvitationsDocument, { first: 3 }) : null,
  ])
  return {
    address,
    wanted: wanted?.data?.searchInvitations.edges.map(({ node }) => node) ?? [],
    solutions: solutions.edges.map(({ node }) => node),
    pageInfo: solutions.pageInfo,
    count: solutions.totalCount,
  }
}
