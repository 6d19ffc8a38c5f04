import { expect, it } from 'vitest'
import { idsIn, isSameText } from './similar.ts'

it('reads ids from a hidden field, each once', () => {
  expect(idsIn('  abc_1 d-2\nabc_1 <b> ä ')).toEqual(['abc_1', 'd-2'])
  expect(idsIn('')).toEqual([])
})

it('remembers the latest ids where somebody sends endless ones', () => {
  const ids = Array.from({ length: 100 }, (_, index) => `id${index}`)
  expect(idsIn(ids.join(' '))).toEqual(ids.slice(40))
})

it('tells texts apart by their words, not by their lines', () => {
  expect(isSameText('Ein  Satz.\n\nNoch einer. ', 'Ein Satz. Noch einer.')).toBe(true)
  expect(isSameText('Ein Satz.', 'Ein Satz')).toBe(false)
})
