import { describe, expect, it } from 'vitest'
import { analyseText, analyseWord, splitPoints } from './analyse.ts'
import { loadLexicon } from './lexicon.ts'
import { looseParts, splitCompound } from './split.ts'

const lexicon = loadLexicon()
const parts = (word: string) => analyseWord(word).parts.map(({ stem }) => stem)
const stems = (...words: string[]) => words.map((word) => analyseWord(word).stem)

describe('compounds come apart', () => {
  it.each([
    ['Sprachdokumentation', 'Sprache', 'Dokumentation'],
    ['Pflegedoku', 'Pflege', 'Doku'],
    ['Sprachbarriere', 'Sprache', 'Barriere'],
    ['Tourenplan', 'Tour', 'Plan'],
    ['Pflegedienstleitung', 'Pflege', 'Dienst', 'Leitung'],
    ['Nachtdienstplan', 'Nacht', 'Dienst', 'Plan'],
    ['Datenschutzbeauftragte', 'Daten', 'Schutz', 'Beauftragte'],
    ['Schuldnerberatung', 'Schuldner', 'Beratung'],
    ['Personalgewinnung', 'Personal', 'Gewinnung'],
    ['Fördermittelantrag', 'Fördern', 'Mittel', 'Antrag'],
    // A word may lose its e.
    ['Kassbuch', 'Kasse', 'Buch'],
    ['Hospizdienst', 'Hospiz', 'Dienst'],
    ['Freiwilligenmanagement', 'Freiwillige', 'Management'],
    ['Elternarbeit', 'Eltern', 'Arbeit'],
  ])('%s', (word, ...expected) => {
    expect(parts(word)).toEqual(stems(...expected))
  })

  it.each([
    ['s', 'Bewerbungsmanagement', 'Bewerbung', 'Management'],
    ['n', 'Klientenakte', 'Klient', 'Akte'],
    ['en', 'Unterschriftenmappe', 'Unterschrift', 'Mappe'],
    ['er', 'Kinderschutz', 'Kind', 'Schutz'],
    ['es', 'Bundesteilhabegesetz', 'Bund', 'Teilhabe', 'Gesetz'],
    ['ens', 'Schmerzensgeld', 'Schmerz', 'Geld'],
    ['nen', 'Mitarbeiterinnenbefragung', 'Mitarbeiterin', 'Befragung'],
    ['none', 'Mitarbeitervertretung', 'Mitarbeiter', 'Vertretung'],
  ])('linked by %s: %s', (_, word, ...expected) => {
    expect(parts(word)).toEqual(stems(...expected))
  })

  it.each([
    ['Büroeinrichtung', 'Bueroeinrichtung', 'Buroeinrichtung'],
    ['Öffentlichkeitsarbeit', 'Oeffentlichkeitsarbeit', 'OEFFENTLICHKEITSARBEIT'],
    ['Übergabeprotokoll', 'Uebergabeprotokoll', 'Ubergabeprotokoll'],
    ['Küchenhilfe', 'Kuechenhilfe', 'Kuchenhilfe'],
    ['Mülltrennung', 'Muelltrennung', 'Mulltrennung'],
  ])('%s however its umlauts are written', (word, ...spellings) => {
    expect(parts(word)).toHaveLength(2)
    for (const spelling of spellings) {
      expect(parts(spelling)).toEqual(parts(word))
      expect(analyseWord(spelling).stem).toBe(analyseWord(word).stem)
    }
  })

  it('inflected ones, too', () => {
    expect(parts('Klientenakten')).toEqual(parts('Klientenakte'))
    expect(parts('Dienstplänen')).toEqual(parts('Dienstplan'))
  })

  it('a gender form within one is its first part', () => {
    for (const form of ['Mitarbeiter:innenvertretung', 'MitarbeiterInnenvertretung'])
      expect(analyseText(form)[0]?.whole.parts).toEqual(analyseWord('Mitarbeitervertretung').parts)
  })

  it('two of three parts are a word of their own', () => {
    expect(analyseWord('Pflegedienstleitung').spans).toEqual(stems('Pflegedienst', 'Dienstleitung'))
    expect(analyseWord('Tourenplan').spans).toEqual([])
  })

  it('where parts begin is told for the eye', () => {
    expect(splitPoints('Pflegedienstleitung')).toEqual([6, 12])
    expect(splitPoints('Verein')).toEqual([])
  })
})

describe('words that are none stay whole', () => {
  it.each(
    `Verein Vereinbarung Beratung Verantwortung Abteilungen Versicherung Anerkennung Gottesdienst
    Digitalisierung Fluktuation Diakonie Schnittstelle Haus Xylophonquark`.split(/\s+/),
  )('%s', (word) => {
    expect(parts(word)).toEqual([])
  })

  it('every word of the lists, whatever it might be made of', () => {
    const split = [...lexicon.whole].filter((word) => splitCompound(word, lexicon).length > 0)
    // Stems of listed words are asked for here, and some stems have a shorter stem of their own.
    expect(split.length / lexicon.whole.size).toBeLessThan(0.01)
    for (const word of ['gottesdienst', 'schnittstelle', 'rechtsanwalt', 'abteilung'])
      expect(splitCompound(word, lexicon)).toEqual([])
  })

  it('there are never more than four parts, and none is shorter than three letters', () => {
    for (const word of ['dienstplandienstplandienst', 'kindergartenplanungskonzeptmappe']) {
      const found = splitCompound(word, lexicon)
      expect(found.length).toBeLessThanOrEqual(4)
      for (const part of found) expect(part.word.length).toBeGreaterThanOrEqual(3)
    }
  })
})

describe('loose parts', () => {
  it('are what an uneven word begins or ends with', () => {
    expect(looseParts('dienstplanheld', lexicon)).toEqual({
      known: ['dienst', 'plan'],
      rest: 'held',
    })
    expect(analyseWord('Ämterhopping').loose.map(({ stem }) => stem)).toEqual(stems('Amt'))
    expect(looseParts('xyzqverwaltung', lexicon)).toEqual({ known: ['verwaltung'], rest: 'xyzq' })
  })

  it.each(['dienst', 'planheld', 'gottesdienst'])('there are none in %s', (word) => {
    expect(looseParts(word, lexicon).known).toEqual([])
  })

  it('a compound that comes out even has none', () => {
    expect(analyseWord('Tourenplan').loose).toEqual([])
  })
})

it.each(['a', 'dienst', 'pflegedienst', 'ge', 'in', 'end', 'ungs', 'tat'])(
  '10,000 letters of „%s“ take no time',
  (unit) => {
    const word = unit.repeat(Math.ceil(10_000 / unit.length))
    const start = performance.now()
    const { stem } = analyseWord(word)
    expect(performance.now() - start).toBeLessThan(50)
    // PostgreSQL takes no term beyond 2,046 bytes; three bytes a letter are the most.
    expect(stem.length).toBeLessThanOrEqual(500)
  },
)

it('what is longer than any compound is none', () => {
  expect(splitCompound(`dienst${'plan'.repeat(14)}`, lexicon).length).toBeLessThanOrEqual(4)
  expect(
    splitCompound(`${'kindergarten'.repeat(2)}${'planungskonzeptstelle'.repeat(2)}`, lexicon),
  ).toEqual([])
  expect(looseParts(`dienst${'x'.repeat(60)}`, lexicon).known).toEqual([])
})

it('an adversarial word of many parts takes no time either', () => {
  const start = performance.now()
  for (const word of ['dienstplan', 'amt', 'kind', 'plan', 'haus'])
    analyseWord(word.repeat(16).slice(0, 64))
  expect(performance.now() - start).toBeLessThan(50)
})
