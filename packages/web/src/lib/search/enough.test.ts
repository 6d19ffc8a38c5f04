import { expect, it } from 'vitest'
import { isEnough } from './enough.ts'

it.each([
  ['', false],
  ['  –  ', false],
  ['Dienst', false],
  ['Dienst am', false],
  ['Wer hat Rat', true],
  ['Dienstplan', true],
  ['D i', false],
  ['Ärger – Ö', false],
])('%s: %s', (text, enough) => expect(isEnough(text)).toBe(enough))
