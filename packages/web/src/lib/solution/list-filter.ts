import { limits } from '@netzwerkdiakonie/schema/limits'
import type { SolutionFilter, SolutionOrder } from '#lib/__generated__/graphql.ts'
import { allOf } from '#lib/entry/choice.ts'
import type { FilterRules, ListAddress } from '#lib/entry/list-address.ts'
import { m } from '#lib/i18n.ts'
import { isTerm, termLabel } from '#lib/vocabulary/terms.ts'
import { solutionKindLabel, solutionKinds } from './labels.ts'

/** Orders of the list of solutions, by their words in the address; the first is the usual one. */
const solutionOrders = {
  neu: 'NEWEST',
  geaendert: 'RECENTLY_UPDATED',
  'klein-zuerst': 'SMALLEST_FIRST',
  titel: 'TITLE',
} as const satisfies Record<string, SolutionOrder>

/** The words that stand for each kind in the address. */
const kindWords = {
  ablauf: 'PROCESS',
  vorlage: 'TEMPLATE',
  format: 'FORMAT',
  organisation: 'ORGANISATION',
  werkzeug: 'TOOL',
} as const

const isKindWord = (value: string): value is keyof typeof kindWords =>
  Object.hasOwn(kindWords, value)
const isYes = (value: string) => value === 'ja'

/** Filters of the list of solutions by their names in the address. */
export const solutionFilters = {
  q: { maxLength: limits.searchQuery },
  art: { many: true, allows: isKindWord },
  feld: { many: true, allows: (code: string) => isTerm('fieldsOfWork', code) },
  kompetenz: { allows: (code: string) => isTerm('competences', code) },
  software: { allows: (code: string) => isTerm('toolCategories', code) },
  groesse: { allows: (code: string) => isTerm('sizeClasses', code) },
  'ohne-software': { allows: isYes },
  'ohne-it': { allows: isYes },
  verband: { allows: (code: string) => isTerm('umbrellas', code) },
  traeger: { maxLength: 200 },
  sortierung: {
    allows: (value: string) => Object.hasOwn(solutionOrders, value) && value !== 'neu',
  },
} satisfies FilterRules

/** Names of the filters of the list of solutions. */
export type SolutionFilterName = keyof typeof solutionFilters

/** What the API is asked for. */
export function solutionQuery({ values, after }: ListAddress<SolutionFilterName>): {
  filter: SolutionFilter
  orderBy: SolutionOrder
  after: string | null
} {
  const filter: SolutionFilter = {}
  const kinds = values.art.filter(isKindWord).map((word) => kindWords[word])
  if (values.q[0]) filter.query = values.q[0]
  if (kinds.length) filter.kinds = allOf(solutionKinds, kinds)
  if (values.feld.length) filter.fieldsOfWork = [...values.feld]
  if (values.kompetenz.length) filter.competences = [...values.kompetenz]
  if (values.software.length) filter.toolCategories = [...values.software]
  if (values.groesse[0]) filter.sizeClass = values.groesse[0]
  if (values['ohne-software'].length) filter.withoutSoftware = true
  if (values['ohne-it'].length) filter.withoutItDepartment = true
  if (values.verband[0]) filter.umbrella = values.verband[0]
  if (values.traeger[0]) filter.organisation = values.traeger[0]
  const order = values.sortierung[0] as keyof typeof solutionOrders | undefined
  return { filter, orderBy: solutionOrders[order ?? 'neu'], after: after ?? null }
}

/** A value of a filter as people read it. */
export function solutionFilterLabel(name: SolutionFilterName, value: string): string {
  switch (name) {
    case 'art':
      return isKindWord(value) ? solutionKindLabel(kindWords[value]) : value
    case 'feld':
      return termLabel('fieldsOfWork', value)
    case 'kompetenz':
      return termLabel('competences', value)
    case 'software':
      return termLabel('toolCategories', value)
    case 'groesse':
      return m.solution_filter_own_size_value({ size: termLabel('sizeClasses', value) })
    case 'verband':
      return termLabel('umbrellas', value)
    case 'ohne-software':
      return m.solution_without_software()
    case 'ohne-it':
      return m.solution_without_it()
    case 'traeger':
      return m.organisation_only_this()
    case 'q':
    case 'sortierung':
      return m.entry_filter_words({ words: value })
  }
}

/** Kinds to filter by, in words. */
export function kindFilterOptions() {
  return Object.entries(kindWords).map(([value, kind]) => ({
    value,
    label: solutionKindLabel(kind),
  }))
}

/** Orders to choose from, in words. */
export function solutionOrderOptions(): { value: keyof typeof solutionOrders; label: string }[] {
  return [
    { value: 'neu', label: m.entry_order_newest() },
    { value: 'geaendert', label: m.entry_order_updated() },
    { value: 'klein-zuerst', label: m.solution_order_smallest_first() },
    { value: 'titel', label: m.entry_order_title() },
  ]
}
