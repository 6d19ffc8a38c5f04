import { error } from '@sveltejs/kit'
import { ReportedNoticePageDocument } from '#lib/__generated__/graphql.ts'
import { notFoundWords } from '#lib/entry/server/act.ts'
import { object } from '#lib/moderation/server/object.ts'
import { api } from '#lib/server/api.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const { secret } = event.params
  const { reportedNotice } = await api(event).query(ReportedNoticePageDocument, { secret })
  if (!reportedNotice) error(404, notFoundWords(), { code: 'NOT_FOUND' })
  // The address is the secret: no cache on a shared computer keeps what it opens.
  event.setHeaders({ 'cache-control': 'private, no-store' })
  return { notice: reportedNotice }
}

export const actions: Actions = {
  default: (event) => object(event, event.params.secret),
}
