import { error } from '@sveltejs/kit'
import { AuditLogDocument } from '#lib/__generated__/graphql.ts'
import { readListAddress } from '#lib/entry/list-address.ts'
import { notFoundWords, requireSession } from '#lib/entry/server/act.ts'
import { href } from '#lib/i18n.ts'
import { auditFilters } from '#lib/moderation/list-filter.ts'
import { auditQuery, loggedOrganisations } from '#lib/moderation/server/audit-log.ts'
import { api } from '#lib/server/api.ts'
import type { RequestHandler } from './$types'

/** The log as lines of JSON, the newest first, read page by page while it is being sent. */
export const GET: RequestHandler = async (event) => {
  await requireSession(event, href('/protokoll'))
  const address = readListAddress(auditFilters, event.url.searchParams)
  const organisations = await loggedOrganisations(event)
  const organisation = organisations.find(({ id }) => id === address.values.organisation[0])
  if (!organisation) error(404, notFoundWords(), { code: 'NOT_FOUND' })
  const filter = auditQuery(address)
  let after: string | null = null
  const lines = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { auditEntries } = await api(event).query(AuditLogDocument, {
        organisationId: organisation.id,
        filter,
        first: 100,
        after,
      })
      const text = auditEntries.edges.map(({ node }) => `${JSON.stringify(node)}\n`).join('')
      controller.enqueue(new TextEncoder().encode(text))
      after = auditEntries.pageInfo.endCursor
      if (!auditEntries.pageInfo.hasNextPage) controller.close()
    },
  })
  return new Response(lines, {
    headers: {
      'content-type': 'application/x-ndjson; charset=utf-8',
      'content-disposition': 'attachment; filename="protokoll.jsonl"',
      'cache-control': 'private, no-store',
    },
  })
}
