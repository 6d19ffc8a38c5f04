import { expect, it } from 'vitest'
import { wordsIn } from './words.ts'

it('takes words by line or comma, each once', () => {
  expect(wordsIn('Doku\n Pflege  Dokumentation ,doku;\n\nBericht')).toEqual([
    'Doku',
    'Pflege Dokumentation',
    'Bericht',
  ])
  expect(wordsIn(' , \n')).toEqual([])
})
