import { describe, expect, it } from 'vitest'
import { analyseText } from './analyse.ts'
import { createThesaurus, suppliedSynonyms, type Thesaurus } from './thesaurus.ts'

const stems = (text: string) =>
  analyseText(text)
    .filter(({ isStopWord }) => !isStopWord)
    .map(({ whole }) => whole.stem)
const lookUp = (thesaurus: Thesaurus, text: string, from = 0) =>
  thesaurus.lookUp(stems(text), from).synonyms.map(({ text }) => text)

describe('a thesaurus', () => {
  const small = createThesaurus([
    { kind: 'ABBREVIATION', terms: ['PDL', 'Pflegedienstleitung'] },
    { kind: 'RENAMED', terms: ['Hartz IV', 'Bürgergeld'] },
    { kind: 'NEAR', terms: ['Bürgergeld', 'Leistung'] },
    { kind: 'SAME', terms: ['Hartz', 'Mittelgebirge'] },
    { kind: 'SAME', terms: ['und', 'IT'] },
  ])

  it('goes both ways, whatever the form of the word', () => {
    expect(lookUp(small, 'PDL')).toEqual(['Pflegedienstleitung'])
    expect(lookUp(small, 'pdl')).toEqual(['Pflegedienstleitung'])
    expect(lookUp(small, 'Pflegedienstleitungen')).toEqual(['PDL'])
  })

  it('takes the longest phrase, wherever it stands', () => {
    expect(small.lookUp(stems('Antrag auf Hartz IV stellen'), 1)).toMatchObject({
      length: 2,
      synonyms: [{ text: 'Bürgergeld', kind: 'RENAMED', stems: stems('Bürgergeld') }],
    })
    expect(lookUp(small, 'Hartz')).toEqual(['Mittelgebirge'])
    expect(lookUp(small, 'Bürgergeld')).toEqual(['Hartz IV', 'Leistung'])
  })

  it('knows the parts of a compound, which may be said apart', () => {
    const [synonym] = small.lookUp(stems('PDL'), 0).synonyms
    expect(synonym?.parts).toEqual(stems('Pflege Dienst Leitung'))
  })

  it('finds nothing beyond the end, nor for what it does not know', () => {
    for (const thesaurus of [small, createThesaurus([])])
      expect(thesaurus.lookUp(stems('Quastenflosser'), 0)).toEqual({ synonyms: [], length: 0 })
    expect(small.lookUp([], 0)).toEqual({ synonyms: [], length: 0 })
    expect(small.lookUp(stems('PDL'), 5)).toEqual({ synonyms: [], length: 0 })
  })

  it('keeps groups apart that share a word', () => {
    expect(lookUp(small, 'Leistung')).toEqual(['Bürgergeld'])
  })

  it('takes a word for itself that says nothing in a sentence', () => {
    expect(lookUp(small, 'IT')).toEqual(['und'])
  })
})

describe('the supplied one', () => {
  const supplied = createThesaurus(suppliedSynonyms)

  it('has no group of one, and no word twice in a group', () => {
    const poor = suppliedSynonyms.filter(
      ({ terms }) => new Set(terms.map((term) => stems(term).join(' '))).size < 2,
    )
    expect(poor).toEqual([])
    for (const { terms } of suppliedSynonyms) expect(new Set(terms).size).toBe(terms.length)
  })

  it('has no phrase that is too long to be found', () => {
    const long = suppliedSynonyms.flatMap(({ terms }) =>
      terms.filter((term) => stems(term).length > 4),
    )
    expect(long).toEqual([])
  })

  it.each([
    ['Doku', 'Dokumentation'],
    ['Mitarbeiterschaft', 'Beschäftigte'],
    ['Key User', 'Multiplikator'],
    ['Usecase', 'Anwendungsfall'],
    ['besondere Wohnformen', 'Wohnheim'],
  ])('knows that %s may be called %s', (one, other) => {
    expect(lookUp(supplied, one)).toContain(other)
  })
})
