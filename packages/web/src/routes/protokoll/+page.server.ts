import { AuditLogCheckDocument, AuditLogDocument } from '#lib/__generated__/graphql.ts'
import { fromCursor, readListAddress, writeListAddress } from '#lib/entry/list-address.ts'
import { requireSession } from '#lib/entry/server/act.ts'
import { queryPage } from '#lib/entry/server/list.ts'
import { auditFilters } from '#lib/moderation/list-filter.ts'
import { auditQuery, loggedOrganisations } from '#lib/moderation/server/audit-log.ts'
import { api } from '#lib/server/api.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  await requireSession(event)
  const address = readListAddress(auditFilters, event.url.searchParams)
  const organisations = await loggedOrganisations(event)
  const [asked] = address.values.organisation
  const organisation = organisations.find(({ id }) => id === asked) ?? organisations[0]
  if (!organisation) return { address, organisations, log: null }
  const variables = {
    organisationId: organisation.id,
    filter: auditQuery(address),
    first: 30,
    after: address.after ?? null,
  }
  const firstPage = writeListAddress(event.url.pathname, fromCursor(address))
  const { auditEntries } = await queryPage(event, AuditLogDocument, variables, firstPage)
  const { auditLogCheck } = await api(event).query(AuditLogCheckDocument, {
    organisationId: organisation.id,
  })
  return {
    address,
    organisations,
    log: {
      organisation,
      entries: auditEntries.edges.map(({ node }) => node),
      pageInfo: auditEntries.pageInfo,
      check: auditLogCheck,
    },
  }
}
