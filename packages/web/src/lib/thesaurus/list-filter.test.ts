import { expect, it } from 'vitest'
import { readListAddress } from '#lib/entry/list-address.ts'
import { missedSearchFilters, missedSearchQuery } from './list-filter.ts'

const queryOf = (address: string) =>
  missedSearchQuery(
    readListAddress(missedSearchFilters, new URLSearchParams(address)),
    '2026-11-28',
  )

it('asks for the week of today where the address says nothing', () => {
  expect(queryOf('')).toEqual({
    filter: { week: '2026-11-23' },
    orderBy: 'MOST_MISSED',
    after: null,
  })
})

it('reads week, reason, order and place, and drops what nobody can mean', () => {
  expect(queryOf('woche=2026-11-18&grund=kein-treffer&sortierung=woerter&after=x')).toEqual({
    filter: { week: '2026-11-16', reasons: ['NO_HIT'] },
    orderBy: 'ALPHABETICAL',
    after: 'x',
  })
  expect(queryOf('woche=gestern&grund=egal&sortierung=toString')).toEqual(queryOf(''))
})
