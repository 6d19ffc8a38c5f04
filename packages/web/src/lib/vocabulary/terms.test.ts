import { expect, it } from 'vitest'
import { fieldOfWorkGroups, isTerm, termLabel, termOptions, termsNamedBy } from './terms.ts'

it('knows codes and their names in both languages', () => {
  expect(isTerm('sizeClasses', 'm')).toBe(true)
  expect(isTerm('sizeClasses', 'huge')).toBe(false)
  expect(termLabel('sizeClasses', 'm', 'de')).toBe('20–99 Mitarbeitende')
  expect(termLabel('sizeClasses', 'm', 'en')).toBe('20–99 staff')
  expect(termLabel('umbrellas', 'drk', 'en')).toBe('Deutsches Rotes Kreuz e. V.')
  expect(termLabel('umbrellas', 'nobody', 'de')).toBe('nobody')
})

it('keeps the order of a vocabulary', () => {
  expect(termOptions('sizeClasses', 'de').map(({ value }) => value)).toEqual([
    'volunteer-only', 'xs', 's', 'm', 'l', 'xl', 'xxl',
  ]) // prettier-ignore
})

it('groups fields of work under the broader ones, the whole group first', () => {
  const groups = fieldOfWorkGroups((label) => `${label} (alles)`, 'de')
  expect(groups).toHaveLength(13)
  expect(groups.flatMap(({ options }) => options)).toHaveLength(91)
  expect(groups[0]?.options[0]).toEqual({
    value: 'elder-care',
    label: 'Altenhilfe und Pflege (alles)',
  })
  expect(groups[0]?.options.map(({ value }) => value)).toContain('elder-care.home-care')
})

it('finds terms by their other names', () => {
  expect(termsNamedBy('competences', ['Unterschriftenregelung'], 'de')).toEqual([
    { value: 'process-management', label: 'Prozessmanagement' },
  ])
  expect(termsNamedBy('competences', ['OE'], 'de')).toEqual([])
})
