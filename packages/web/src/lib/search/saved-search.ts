import { limits } from '@netzwerkdiakonie/schema/limits'
import type { SavedSearchPartsFragment } from '#lib/__generated__/graphql.ts'
import { wordOfKind } from './kinds.ts'
import { searchFilterLabels, type SearchAddress } from './search-filter.ts'

/** The search that somebody keeps, as the address holds it. */
export function addressOfSaved(saved: SavedSearchPartsFragment): SearchAddress {
  const codes = (terms: readonly { code: string }[]) => terms.map(({ code }) => code)
  return {
    values: {
      q: saved.query ? [saved.query] : [],
      // Pages narrow to one kind at a time; several kinds are what member systems may keep.
      art: saved.kinds.length === 1 ? saved.kinds.map(wordOfKind) : [],
      feld: codes(saved.fieldsOfWork),
      kompetenz: codes(saved.competences),
      software: codes(saved.toolCategories),
      verband: codes(saved.umbrellas),
      seit: saved.updatedSince ? [saved.updatedSince] : [],
    },
  }
}

/** A name by which a search is known again: its words, and what narrows it. */
export function nameForSaved(address: SearchAddress): string {
  const parts = [...address.values.q, ...searchFilterLabels(address)]
  const name = parts.join(', ')
  if (name.length <= limits.savedSearchName) return name
  return `${name.slice(0, limits.savedSearchName - 1).trimEnd()}…`
}
