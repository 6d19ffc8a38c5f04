import type {
  MissedSearchFilter,
  MissedSearchOrder,
  MissedSearchReason,
} from '#lib/__generated__/graphql.ts'
import type { FilterRules, ListAddress } from '#lib/entry/list-address.ts'
import { m } from '#lib/i18n.ts'
import { latestWeeks, mondayOf, weekWords } from './weeks.ts'

/** So many weeks one can look back. */
const weeksBack = 12

/** The words that stand for each reason in the address. */
const reasonWords = {
  'kein-treffer': 'NO_HIT',
  'nichts-geoeffnet': 'NOT_OPENED',
} as const satisfies Record<string, MissedSearchReason>

/** Orders by their words in the address; the first is the usual one. */
const orderWords = {
  haeufig: 'MOST_MISSED',
  woerter: 'ALPHABETICAL',
} as const satisfies Record<string, MissedSearchOrder>

const isReason = (value: string): value is keyof typeof reasonWords =>
  Object.hasOwn(reasonWords, value)
const isOrder = (value: string): value is keyof typeof orderWords =>
  Object.hasOwn(orderWords, value)
const isDay = (value: string) => /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value))

/** Filters of the list of missed searches by their names in the address. */
export const missedSearchFilters = {
  woche: { allows: isDay },
  grund: { allows: isReason },
  sortierung: { allows: isOrder },
} satisfies FilterRules

type MissedSearchFilterName = keyof typeof missedSearchFilters

/** What the API is asked for; without a week in the address, that of `today`. */
export function missedSearchQuery(
  { values, after }: ListAddress<MissedSearchFilterName>,
  today: string,
): {
  filter: MissedSearchFilter & { week: string }
  orderBy: MissedSearchOrder
  after: string | null
} {
  const [reason] = values.grund.filter(isReason)
  const [order] = values.sortierung.filter(isOrder)
  return {
    filter: {
      week: mondayOf(values.woche[0] ?? today),
      ...(reason && { reasons: [reasonWords[reason]] }),
    },
    orderBy: orderWords[order ?? 'haeufig'],
    after: after ?? null,
  }
}

/** Weeks to choose from, by their Mondays. */
export function weekOptions(today: string): { value: string; label: string }[] {
  const near = [m.thesaurus_week_this(), m.thesaurus_week_last()]
  return latestWeeks(today, weeksBack).map((week, index) => ({
    value: week.monday,
    label: near[index] ?? weekWords(week),
  }))
}

/** Reasons to choose from, in words. */
export function reasonOptions(): { value: keyof typeof reasonWords; label: string }[] {
  return [
    { value: 'kein-treffer', label: reasonLabel('NO_HIT') },
    { value: 'nichts-geoeffnet', label: reasonLabel('NOT_OPENED') },
  ]
}

/** Orders to choose from, in words. */
export function missedSearchOrderOptions(): { value: keyof typeof orderWords; label: string }[] {
  return [
    { value: 'haeufig', label: m.thesaurus_order_most() },
    { value: 'woerter', label: m.thesaurus_order_words() },
  ]
}

/** Why a search counts as missed, in words. */
export function reasonLabel(reason: MissedSearchReason): string {
  return reason === 'NO_HIT' ? m.thesaurus_reason_no_hit() : m.thesaurus_reason_not_opened()
}
