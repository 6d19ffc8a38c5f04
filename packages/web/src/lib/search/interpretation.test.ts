import { expect, it } from 'vitest'
import { alternativesOf, quoted, unknownWords } from './interpretation.ts'

const word = (word: string, alternatives: string[] = [], isKnown = true) => ({
  word,
  alternatives,
  isKnown,
})
const read = (words: ReturnType<typeof word>[]) => ({ words, terms: [], correction: null })

it('names what else was searched for once, and not what was typed', () => {
  const words = [
    word('Dienstplan', ['Schichtplan', 'dienstplan']),
    word('Tour', ['schichtplan', 'Touren']),
  ]
  expect(alternativesOf(read(words))).toEqual(['Schichtplan', 'Touren'])
  expect(alternativesOf(read([word('a', 'b c d e f g h i'.split(' '))]))).toHaveLength(6)
})

it('names the words that nobody uses', () => {
  expect(
    unknownWords(read([word('Qwertz', [], false), word('Pflege'), word('Qwertz', [], false)])),
  ).toEqual(['Qwertz'])
  expect(quoted(['a', 'b'])).toBe('„a“, „b“')
})
