import { NoticesDocument } from '#lib/__generated__/graphql.ts'
import { fromCursor, readListAddress, writeListAddress } from '#lib/entry/list-address.ts'
import { requireSession } from '#lib/entry/server/act.ts'
import { queryPage } from '#lib/entry/server/list.ts'
import { noticeFilters, noticeQuery } from '#lib/moderation/list-filter.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  await requireSession(event)
  const address = readListAddress(noticeFilters, event.url.searchParams)
  const firstPage = writeListAddress(event.url.pathname, fromCursor(address))
  const { notices } = await queryPage(event, NoticesDocument, noticeQuery(address), firstPage)
  return {
    address,
    notices: notices.edges.map(({ node }) => node),
    pageInfo: notices.pageInfo,
    count: notices.totalCount,
  }
}
