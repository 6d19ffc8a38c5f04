import { describe, expect, it } from 'vitest'
import { fold, foldedSpellings, joinUmlauts } from './fold.ts'

describe('fold', () => {
  it.each([
    ['Übergröße', 'ubergrosse'],
    ['UBERGRÖSSE', 'ubergrosse'],
    ['Straße', 'strasse'],
    ['STRASSE', 'strasse'],
    ['Café', 'cafe'],
    ['naïve', 'naive'],
    ['İstanbul', 'istanbul'],
    ['Dienst\u00ADplan', 'dienstplan'],
  ])('%s is %s', (word, folded) => {
    expect(fold(word)).toBe(folded)
    // Other systems write a letter and its mark as two characters.
    expect(fold(word.normalize('NFD'))).toBe(folded)
  })
})

describe('joinUmlauts', () => {
  it.each(['Büro', 'Buero', 'Buro', 'BUERO', 'BÜRO'])('makes %s buro', (word) => {
    expect(joinUmlauts(fold(word))).toBe('buro')
  })

  it.each([
    ['neue', 'neue'],
    ['quelle', 'quelle'],
    ['treue', 'treue'],
    ['gebaeude', 'gebaude'],
    ['oeffnen', 'offnen'],
    ['poet', 'pot'],
  ])('makes %s %s', (folded, joined) => {
    expect(joinUmlauts(folded)).toBe(joined)
  })
})

describe('foldedSpellings', () => {
  it('are one of a word without umlauts, two of one with', () => {
    expect(foldedSpellings('Plan')).toEqual(['plan'])
    expect(foldedSpellings('Büro')).toEqual(['buro', 'buero'])
    expect(foldedSpellings('Größe')).toEqual(['grosse', 'groesse'])
  })
})
