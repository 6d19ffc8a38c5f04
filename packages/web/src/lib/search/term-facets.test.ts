import { expect, it } from 'vitest'
import { readListAddress } from '#lib/entry/list-address.ts'
import { searchFilters } from './search-filter.ts'
import { facetGroups, splitOptions } from './term-facets.ts'

const read = (query: string) => readListAddress(searchFilters, new URLSearchParams(query))
const count = { value: 3, isExact: true }
const facet = (code: string) => ({
  dimension: 'FIELD_OF_WORK' as const,
  term: { code, label: code },
  count,
})

it('adds a term to the search, takes a chosen one away, and forgets the page', () => {
  const address = read('q=a&feld=elder-care&after=c1')
  const [group, ...others] = facetGroups('/suche', address, [
    facet('elder-care'),
    facet('child-daycare'),
  ])
  expect(others).toEqual([])
  expect(group?.options).toEqual([
    { label: 'elder-care', count, isChosen: true, href: '/suche?q=a' },
    {
      label: 'child-daycare',
      count,
      isChosen: false,
      href: '/suche?q=a&feld=elder-care&feld=child-daycare',
    },
  ])
})

it('keeps a chosen term that has no hit, so that it can be taken away', () => {
  const [group] = facetGroups('/suche', read('q=a&verband=diakonie'), [])
  expect(group).toMatchObject({
    name: 'verband',
    options: [{ count: null, isChosen: true, href: '/suche?q=a' }],
  })
})

it('opens the rest of a long list, but never hides what is chosen', () => {
  const option = (label: string, isChosen = false) => ({ label, count, isChosen, href: label })
  const options = 'a b c d e f g h'.split(' ').map((label) => option(label, label === 'h'))
  const { first, rest } = splitOptions(options, 5)
  expect(first.map(({ label }) => label).join('')).toBe('abcdeh')
  expect(rest.map(({ label }) => label).join('')).toBe('fg')
  expect(splitOptions(options, 7).rest).toEqual([])
})
