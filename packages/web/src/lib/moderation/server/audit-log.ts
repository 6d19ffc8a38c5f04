import type { RequestEvent } from '@sveltejs/kit'
import type { AuditFilter } from '#lib/__generated__/graphql.ts'
import type { ListAddress } from '#lib/entry/list-address.ts'
import type { AuditFilterName } from '#lib/moderation/list-filter.ts'

/** Organisations whose log the person may read, the one they act for first. */
export async function loggedOrganisations(event: RequestEvent) {
  const { roles, organisation: own } = await event.locals.viewer()
  return roles
    .filter(({ role }) => role === 'EDITOR' || role === 'EXECUTIVE')
    .map(({ organisation }) => organisation)
    .toSorted((a, b) => Number(b.id === own?.id) - Number(a.id === own?.id))
}

/** What the API is asked for. */
export function auditQuery({ values }: ListAddress<AuditFilterName>): AuditFilter {
  return {
    action: values.was[0] ?? null,
    since: values.ab[0] ?? null,
    until: values.bis[0] ?? null,
  }
}
