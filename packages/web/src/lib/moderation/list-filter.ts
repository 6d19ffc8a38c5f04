import type { NoticeFilter, NoticeState } from '#lib/__generated__/graphql.ts'
import { oneOf } from '#lib/entry/choice.ts'
import { isDay, type FilterRules, type ListAddress } from '#lib/entry/list-address.ts'
import { noticeReasons, noticeStates } from './labels.ts'

/** Filters of the list of notices by their names in the address. */
export const noticeFilters = {
  stand: { allows: (value: string) => noticeStates.includes(value as NoticeState) },
  grund: { allows: (value: string) => oneOf(noticeReasons, value) !== null },
} satisfies FilterRules

/** Names of the filters of the list of notices. */
export type NoticeFilterName = keyof typeof noticeFilters

/** What the API is asked for. */
export function noticeQuery({ values, after }: ListAddress<NoticeFilterName>): {
  filter: NoticeFilter
  after: string | null
} {
  const state = oneOf(noticeStates, values.stand[0] ?? '')
  const reason = oneOf(noticeReasons, values.grund[0] ?? '')
  return {
    filter: { ...(state && { states: [state] }), ...(reason && { reasons: [reason] }) },
    after: after ?? null,
  }
}

/** Filters of the log by their names in the address. */
export const auditFilters = {
  organisation: { maxLength: 50 },
  was: { allows: (value: string) => /^[A-Z_]{1,60}$/.test(value) },
  ab: { allows: isDay },
  bis: { allows: isDay },
} satisfies FilterRules

/** Names of the filters of the log. */
export type AuditFilterName = keyof typeof auditFilters
