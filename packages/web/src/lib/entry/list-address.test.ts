import { describe, expect, it } from 'vitest'
import {
  fromCursor,
  isDay,
  readListAddress,
  withoutValue,
  writeListAddress,
} from './list-address.ts'

const rules = {
  q: { maxLength: 5 },
  feld: { many: true, allows: (value: string) => value.startsWith('elder') },
  sortierung: { allows: (value: string) => value === 'titel' },
}
const read = (query: string) => readListAddress(rules, new URLSearchParams(query))

describe('the address of a list', () => {
  it('is read into values and cursor', () => {
    expect(read('q=Tour&feld=elder-a&feld=elder-b&sortierung=titel&after=abc')).toEqual({
      values: { q: ['Tour'], feld: ['elder-a', 'elder-b'], sortierung: ['titel'] },
      after: 'abc',
    })
  })

  it('loses what is unknown, blank, doubled, too long or too much', () => {
    const address = read('q=%20Tourenplan&q=zwei&feld=elder-a&feld=elder-a&feld=x&sortierung=&p=1')
    expect(address).toEqual({ values: { q: ['Toure'], feld: ['elder-a'], sortierung: [] } })
    const many = Array.from({ length: 99 }, (_, index) => `feld=elder-${index}`).join('&')
    expect(read(many).values.feld).toHaveLength(30)
  })

  it('is written as it was read', () => {
    const query = 'q=a+%26+b&feld=elder-a&feld=elder-b&after=x%3D'
    expect(writeListAddress('/probleme', read(query))).toBe(`/probleme?${query}`)
    expect(writeListAddress('/probleme', read(''))).toBe('/probleme')
  })

  it('loses one value and starts over', () => {
    const address = withoutValue(read('feld=elder-a&feld=elder-b&after=x'), 'feld', 'elder-a')
    expect(writeListAddress('', address)).toBe('?feld=elder-b')
  })

  it('goes on from a cursor', () => {
    expect(writeListAddress('', fromCursor(read('q=Tour'), 'c2'))).toBe('?q=Tour&after=c2')
    expect(writeListAddress('', fromCursor(read('q=Tour&after=c2')))).toBe('?q=Tour')
  })
})

it('knows days of the calendar', () => {
  expect(['2026-11-28', '2024-02-29'].filter(isDay)).toHaveLength(2)
  expect(['2026-02-31', '2026-13-01', '28.11.2026', '2026-1-1', ''].filter(isDay)).toEqual([])
})
