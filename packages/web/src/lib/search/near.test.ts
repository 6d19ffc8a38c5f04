import { expect, it } from 'vitest'
import { nearHints } from './near.ts'

it('offers single words and what the vocabularies call by them', () => {
  const hints = nearHints('Wer hilft mit der Unterschriftenregelung?')
  expect(hints.words).toEqual(['hilft', 'Unterschriftenregelung'])
  expect(hints.competences.map(({ value }) => value)).toEqual(['process-management'])
})

it('has nothing to part in a single word', () => {
  expect(nearHints('Dienstplan').words).toEqual([])
  expect(nearHints('').fields).toEqual([])
})
