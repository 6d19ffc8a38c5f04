import { expect, it } from 'vitest'
import { latestWeeks, mondayOf, weekWords } from './weeks.ts'

it.each([
  ['2026-11-23', '2026-11-23'],
  ['2026-11-28', '2026-11-23'],
  ['2026-11-29', '2026-11-23'],
  ['2027-01-01', '2026-12-28'],
])('the week of %s begins on %s', (date, monday) => expect(mondayOf(date)).toBe(monday))

it('goes back week by week, also over a change of the clock', () => {
  expect(latestWeeks('2026-11-01', 2)).toEqual([
    { monday: '2026-10-26', sunday: '2026-11-01' },
    { monday: '2026-10-19', sunday: '2026-10-25' },
  ])
})

it('writes a week in words', () => {
  const week = { monday: '2026-11-23', sunday: '2026-11-29' }
  expect(weekWords(week, 'de')).toMatch(/^23\.\s?–\s?29\. November 2026$/)
  expect(weekWords(week, 'en')).toMatch(/^23\s?–\s?29 November 2026$/)
})
