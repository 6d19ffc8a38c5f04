import type { SearchDimension, TermFacetPartsFragment } from '#lib/__generated__/graphql.ts'
import type { CountLike } from '#lib/entry/count.ts'
import { writeListAddress } from '#lib/entry/list-address.ts'
import { m } from '#lib/i18n.ts'
import { searchFilterLabel, withValues, type SearchAddress } from './search-filter.ts'

/** A term by which hits can be narrowed. */
export interface FacetOption {
  label: string
  /** Null where the list says nothing about it: chosen, and without a hit. */
  count: CountLike | null
  isChosen: boolean
  /** The same search with this term, or without it where it is chosen. */
  href: string
}

/** Terms of one vocabulary by which hits can be narrowed. */
export interface FacetGroup {
  name: 'feld' | 'kompetenz' | 'software' | 'verband'
  legend: string
  options: FacetOption[]
}

const dimensions = [
  { dimension: 'FIELD_OF_WORK', name: 'feld', legend: m.entry_filter_fields },
  { dimension: 'COMPETENCE', name: 'kompetenz', legend: m.entry_filter_competence },
  { dimension: 'TOOL_CATEGORY', name: 'software', legend: m.search_facet_software },
  { dimension: 'UMBRELLA', name: 'verband', legend: m.entry_filter_umbrella },
] as const satisfies {
  dimension: SearchDimension
  name: FacetGroup['name']
  legend: () => string
}[]

/** What hits can be narrowed to, by vocabulary; those without a term stay away. */
export function facetGroups(
  path: string,
  address: SearchAddress,
  facets: readonly TermFacetPartsFragment[],
): FacetGroup[] {
  return dimensions
    .map(({ dimension, name, legend }) => {
      const counted = facets.filter((facet) => facet.dimension === dimension)
      const chosen = address.values[name]
      const missing = chosen.filter((code) => !counted.some(({ term }) => term.code === code))
      const option = (code: string, label: string, count: CountLike | null): FacetOption => {
        const isChosen = chosen.includes(code)
        const next = isChosen ? chosen.filter((other) => other !== code) : [...chosen, code]
        const href = writeListAddress(path, withValues(address, name, next))
        return { label, count, isChosen, href }
      }
      return {
        name,
        legend: legend(),
        options: [
          ...missing.map((code) => option(code, searchFilterLabel(name, code), null)),
          ...counted.map(({ term, count }) => option(term.code, term.label, count)),
        ],
      }
    })
    .filter(({ options }) => options.length > 0)
}

/** The terms that stand there at once: the first ones, and all that are chosen. The rest opens. */
export function splitOptions(
  options: readonly FacetOption[],
  shown = 6,
): { first: FacetOption[]; rest: FacetOption[] } {
  // One more than fits is no reason for a button.
  if (options.length <= shown + 1) return { first: [...options], rest: [] }
  const isFirst = (option: FacetOption, index: number) => option.isChosen || index < shown
  return {
    first: options.filter(isFirst),
    rest: options.filter((option, index) => !isFirst(option, index)),
  }
}
