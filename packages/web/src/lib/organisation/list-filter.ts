import { limits } from '@netzwerkdiakonie/schema/limits'
import type { OrganisationFilter } from '#lib/__generated__/graphql.ts'
import type { FilterRules, ListAddress } from '#lib/entry/list-address.ts'
import { m } from '#lib/i18n.ts'
import { isTerm, termLabel } from '#lib/vocabulary/terms.ts'

/** Filters of the list of organisations by their names in the address. */
export const organisationFilters = {
  q: { maxLength: limits.searchQuery },
  art: { many: true, allows: (code: string) => isTerm('organisationKinds', code) },
  verband: { allows: (code: string) => isTerm('umbrellas', code) },
  groesse: { allows: (code: string) => isTerm('sizeClasses', code) },
  mitglied: { maxLength: 200 },
  feld: { allows: (code: string) => isTerm('fieldsOfWork', code) },
} satisfies FilterRules

/** Names of the filters of the list of organisations. */
export type OrganisationFilterName = keyof typeof organisationFilters

/** What the API is asked for. */
export function organisationQuery({ values, after }: ListAddress<OrganisationFilterName>): {
  filter: OrganisationFilter
  after: string | null
} {
  const filter: OrganisationFilter = {}
  if (values.q[0]) filter.query = values.q[0]
  if (values.art.length) filter.kinds = [...values.art]
  if (values.verband.length) filter.umbrellas = [...values.verband]
  if (values.groesse.length) filter.sizeClasses = [...values.groesse]
  if (values.feld.length) filter.fieldsOfWork = [...values.feld]
  if (values.mitglied[0]) filter.association = values.mitglied[0]
  return { filter, after: after ?? null }
}

/** A value of a filter as people read it; associations are no vocabulary, so they come along. */
export function organisationFilterLabel(
  name: OrganisationFilterName,
  value: string,
  associations: readonly { id: string; code: string | null; name: string }[],
): string {
  switch (name) {
    case 'q':
      return m.entry_filter_words({ words: value })
    case 'art':
      return termLabel('organisationKinds', value)
    case 'verband':
      return termLabel('umbrellas', value)
    case 'groesse':
      return termLabel('sizeClasses', value)
    case 'feld':
      return termLabel('fieldsOfWork', value)
    case 'mitglied':
      return associations.find(({ id, code }) => value === id || value === code)?.name ?? value
  }
}
