import { limits } from '@netzwerkdiakonie/schema/limits'
import type { TeamFilter } from '#lib/__generated__/graphql.ts'
import type { FilterRules, ListAddress } from '#lib/entry/list-address.ts'
import { m } from '#lib/i18n.ts'
import { type Role, roleLabel, roles } from '#lib/identity/role.ts'

const isRole = (value: string): value is Role => roles.some((role) => role === value)

/** Filters of the list of people by their names in the address. */
export const teamFilters = {
  q: { maxLength: limits.searchQuery },
  rolle: { many: true, allows: isRole },
  karte: { allows: (value: string) => ['offen', 'keine'].includes(value) },
} satisfies FilterRules

/** Names of the filters of the list of people. */
export type TeamFilterName = keyof typeof teamFilters

/** What the API is asked for. */
export function teamQuery({ values, after }: ListAddress<TeamFilterName>): {
  filter: TeamFilter
  after: string | null
} {
  const filter: TeamFilter = {}
  if (values.q[0]) filter.query = values.q[0]
  if (values.rolle.length) filter.roles = values.rolle.filter(isRole)
  if (values.karte[0]) filter.cardOpen = values.karte[0] === 'offen'
  return { filter, after: after ?? null }
}

/** A value of a filter as people read it. */
export function teamFilterLabel(name: TeamFilterName, value: string): string {
  switch (name) {
    case 'q':
      return m.entry_filter_words({ words: value })
    case 'rolle':
      return isRole(value) ? roleLabel(value) : value
    case 'karte':
      return value === 'offen' ? m.team_filter_card_open() : m.team_filter_card_none()
  }
}
