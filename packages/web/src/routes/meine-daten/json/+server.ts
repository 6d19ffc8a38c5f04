import { MyDataDocument } from '#lib/__generated__/graphql.ts'
import { requireSession } from '#lib/entry/server/act.ts'
import { href } from '#lib/i18n.ts'
import { api } from '#lib/server/api.ts'
import type { RequestHandler } from './$types'

/** Everything that is stored about the person who asks, for other programs. */
export const GET: RequestHandler = async (event) => {
  await requireSession(event, href('/meine-daten'))
  const { myData } = await api(event).query(MyDataDocument)
  const data = Object.fromEntries(
    myData.map(({ code, rows }) => [
      code,
      rows.map(({ values }) =>
        Object.fromEntries(
          values
            .filter(({ isFingerprint }) => !isFingerprint)
            .map(({ name, value }) => [name, value]),
        ),
      ),
    ]),
  )
  return new Response(JSON.stringify(data, null, 2), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="meine-daten.json"',
      'cache-control': 'private, no-store',
    },
  })
}
