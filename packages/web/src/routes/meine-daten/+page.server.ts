import { AccessLogDocument, MyDataDocument } from '#lib/__generated__/graphql.ts'
import { requireSession } from '#lib/entry/server/act.ts'
import { api } from '#lib/server/api.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  await requireSession(event)
  const [{ myData }, { viewer }] = await Promise.all([
    api(event).query(MyDataDocument),
    api(event).query(AccessLogDocument),
  ])
  return { sections: myData, accessLog: viewer.accessLog }
}
