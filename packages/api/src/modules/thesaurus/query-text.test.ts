import { describe, expect, it } from 'vitest'
import { isCountable, normaliseQuery } from '#modules/thesaurus/query-text.ts'

describe('a query', () => {
  it.each([
    ['  Dienst\tPlan \n', 'dienst plan'],
    ['ÜBERGABE', 'übergabe'],
    ['U\u0308bergabe', 'übergabe'],
    ['Dienst\u0000plan', 'dienst plan'],
  ])('%j counts as “%s”', (query, text) => {
    expect(normaliseQuery(query)).toBe(text)
  })

  it.each([
    'Dienstplan',
    'Gewalt gegen Frauen',
    '§ 8a SGB VIII',
    'Tarif 2027',
    'Herrenberg',
    'a'.repeat(100),
    'Pflegegrad 3',
  ])('“%s” is counted', (query) => {
    expect(isCountable(query)).toBe(true)
  })

  it.each([
    '',
    'ab',
    '12 34',
    'a'.repeat(101),
    'Frau Schmidt',
    'frau schmidt wohngeld',
    'HERR MÜLLER',
    'herr  müller',
    'anna, 12 jahre',
    'geb. 3. märz 1990',
    'erika 12.3.56',
    'unterhalt 03.04.2015',
    'anna@beispiel.de',
    'rückruf 0171 1234567',
    'de89 3704 0044 0532 0130 00',
    'versicherte a123456789',
    'az. 12/345',
    'klient 4711081',
    'goethestraße 12 auszug',
  ])('“%s” is not', (query) => {
    expect(isCountable(query)).toBe(false)
  })
})
