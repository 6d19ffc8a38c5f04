import { describe, expect, it } from 'vitest'
import { readListAddress, writeListAddress } from '#lib/entry/list-address.ts'
import { addressOfSaved, nameForSaved } from './saved-search.ts'
import {
  isSameSearch,
  isSearch,
  searchFilterLabels,
  searchFilters,
  searchFor,
  searchQuery,
} from './search-filter.ts'

const read = (query: string) => readListAddress(searchFilters, new URLSearchParams(query))
const whole =
  'q=Dienstplan&art=werkzeuge&feld=elder-care&feld=child-daycare&kompetenz=process-management&software=care-documentation&verband=diakonie&seit=2026-01-31'

describe('the address of a search', () => {
  it('is what the API is asked for, and is written as it was read', () => {
    expect(searchQuery(read(`${whole}&after=c1`))).toEqual({
      query: 'Dienstplan',
      filter: {
        kinds: ['TOOL'],
        fieldsOfWork: ['elder-care', 'child-daycare'],
        competences: ['process-management'],
        toolCategories: ['care-documentation'],
        umbrellas: ['diakonie'],
        updatedSince: '2026-01-31',
      },
      after: 'c1',
    })
    expect(writeListAddress('/suche', read(whole))).toBe(`/suche?${whole}`)
  })

  it('loses what nobody can mean', () => {
    const address = read('art=__proto__&feld=nichts&seit=2026-02-31&software=&verband=x')
    expect(isSearch(address)).toBe(false)
    expect(searchQuery(address)).toEqual({ query: '', filter: null, after: null })
  })

  it('is a search by conditions alone, too', () => {
    expect(isSearch(read('feld=elder-care'))).toBe(true)
    expect(isSearch(searchFor('a'))).toBe(true)
    expect(isSearch(searchFor(''))).toBe(false)
  })

  it('says in words what narrows it', () => {
    expect(searchFilterLabels(read('q=a&art=probleme&seit=2026-01-31'))).toEqual([
      'Probleme',
      'Stand seit 31. Januar 2026',
    ])
  })

  it('is the same in another order, and on another page', () => {
    expect(
      isSameSearch(
        read('feld=elder-care&feld=child-daycare'),
        read('feld=child-daycare&feld=elder-care&after=x'),
      ),
    ).toBe(true)
    expect(isSameSearch(read('q=a'), read('q=b'))).toBe(false)
    expect(isSameSearch(read('q=a'), read('q=a&art=probleme'))).toBe(false)
  })
})

describe('a kept search', () => {
  const none = { kinds: [], fieldsOfWork: [], competences: [], toolCategories: [], umbrellas: [] }

  it('leads to the address it was kept at', () => {
    const saved = {
      ...none,
      id: '1',
      name: 'Unsere',
      query: 'Dienstplan',
      kinds: ['TOOL' as const],
      fieldsOfWork: [{ code: 'elder-care' }],
      updatedSince: '2026-01-31',
    }
    expect(writeListAddress('/suche', addressOfSaved(saved))).toBe(
      '/suche?q=Dienstplan&art=werkzeuge&feld=elder-care&seit=2026-01-31',
    )
    const bare = { ...none, id: '2', name: 'x', query: '', updatedSince: null }
    expect(isSearch(addressOfSaved(bare))).toBe(false)
  })

  it('is called by what it searches for, within its limit', () => {
    expect(nameForSaved(read('q=Dienstplan&art=probleme'))).toBe('Dienstplan, Probleme')
    expect(nameForSaved(searchFor('Wort '.repeat(40).trim()))).toMatch(/^.{95,100}…$/)
    expect(nameForSaved(searchFor('Wort '.repeat(40).trim())).length).toBeLessThanOrEqual(100)
  })
})
