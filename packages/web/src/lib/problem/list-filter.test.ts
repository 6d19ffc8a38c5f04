import { expect, it } from 'vitest'
import { readListAddress } from '#lib/entry/list-address.ts'
import { problemFilters, problemQuery } from './list-filter.ts'

const query = (params: string) =>
  problemQuery(readListAddress(problemFilters, new URLSearchParams(params)))

it('asks for the newest where the address says nothing', () => {
  expect(query('')).toEqual({ filter: {}, orderBy: 'NEWEST', after: null })
})

it('translates an address into conditions', () => {
  const address =
    'q=Tour&feld=elder-care&status=OPEN&status=SOLVED&groesse=m&verband=drk&kompetenz=training&traeger=o-1&sortierung=wir-auch&after=c'
  expect(query(address)).toEqual({
    filter: {
      query: 'Tour',
      fieldsOfWork: ['elder-care'],
      competences: ['training'],
      statuses: ['OPEN', 'SOLVED'],
      sizeClasses: ['m'],
      umbrella: 'drk',
      organisation: 'o-1',
    },
    orderBy: 'MOST_SAME_HERE',
    after: 'c',
  })
})

it('drops what cannot be meant', () => {
  expect(query('feld=x&status=open&groesse=huge&sortierung=constructor')).toEqual(query(''))
})
