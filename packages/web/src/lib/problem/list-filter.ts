import { limits } from '@netzwerkdiakonie/schema/limits'
import type { ProblemFilter, ProblemOrder } from '#lib/__generated__/graphql.ts'
import { allOf } from '#lib/entry/choice.ts'
import type { FilterRules, ListAddress } from '#lib/entry/list-address.ts'
import { m } from '#lib/i18n.ts'
import { isTerm, termLabel } from '#lib/vocabulary/terms.ts'
import { problemStatuses, statusLabel } from './labels.ts'

/** Orders of the list of problems, by their words in the address; the first is the usual one. */
const problemOrders = {
  neu: 'NEWEST',
  geaendert: 'RECENTLY_UPDATED',
  'wir-auch': 'MOST_SAME_HERE',
  'wenig-antworten': 'FEWEST_ANSWERS',
  titel: 'TITLE',
} as const satisfies Record<string, ProblemOrder>

/** Filters of the list of problems by their names in the address. */
export const problemFilters = {
  q: { maxLength: limits.searchQuery },
  feld: { many: true, allows: (code: string) => isTerm('fieldsOfWork', code) },
  kompetenz: { allows: (code: string) => isTerm('competences', code) },
  status: { many: true, allows: (value: string) => allOf(problemStatuses, [value]).length > 0 },
  groesse: { allows: (code: string) => isTerm('sizeClasses', code) },
  verband: { allows: (code: string) => isTerm('umbrellas', code) },
  traeger: { maxLength: 200 },
  sortierung: { allows: (value: string) => Object.hasOwn(problemOrders, value) && value !== 'neu' },
} satisfies FilterRules

/** Names of the filters of the list of problems. */
export type ProblemFilterName = keyof typeof problemFilters

/** What the API is asked for. */
export function problemQuery({ values, after }: ListAddress<ProblemFilterName>): {
  filter: ProblemFilter
  orderBy: ProblemOrder
  after: string | null
} {
  const filter: ProblemFilter = {}
  if (values.q[0]) filter.query = values.q[0]
  if (values.feld.length) filter.fieldsOfWork = [...values.feld]
  if (values.kompetenz.length) filter.competences = [...values.kompetenz]
  if (values.status.length) filter.statuses = allOf(problemStatuses, values.status)
  if (values.groesse.length) filter.sizeClasses = [...values.groesse]
  if (values.verband[0]) filter.umbrella = values.verband[0]
  if (values.traeger[0]) filter.organisation = values.traeger[0]
  const order = values.sortierung[0] as keyof typeof problemOrders | undefined
  return { filter, orderBy: problemOrders[order ?? 'neu'], after: after ?? null }
}

/** A value of a filter as people read it. */
export function problemFilterLabel(name: ProblemFilterName, value: string): string {
  switch (name) {
    case 'feld':
      return termLabel('fieldsOfWork', value)
    case 'kompetenz':
      return termLabel('competences', value)
    case 'groesse':
      return termLabel('sizeClasses', value)
    case 'verband':
      return termLabel('umbrellas', value)
    case 'status':
      return allOf(problemStatuses, [value]).map(statusLabel).join('')
    case 'traeger':
      return m.organisation_only_this()
    case 'q':
    case 'sortierung':
      return m.entry_filter_words({ words: value })
  }
}

/** Orders to choose from, in words. */
export function problemOrderOptions(): { value: keyof typeof problemOrders; label: string }[] {
  return [
    { value: 'neu', label: m.entry_order_newest() },
    { value: 'geaendert', label: m.entry_order_updated() },
    { value: 'wir-auch', label: m.problem_order_same_here() },
    { value: 'wenig-antworten', label: m.problem_order_fewest_answers() },
    { value: 'titel', label: m.entry_order_title() },
  ]
}
