import { describe, expect, it } from 'vitest'
import { tokenise } from './tokens.ts'

const words = (text: string) => tokenise(text).map(({ word }) => word)
const pieces = (text: string) => tokenise(text).map(({ pieces }) => pieces.join('|'))

describe('gender forms lose their mark', () => {
  it.each([
    'Mitarbeiter:innen',
    'Mitarbeiter*innen',
    'Mitarbeiter_innen',
    'Mitarbeiter·innen',
    'Mitarbeiter/innen',
    'Mitarbeiter/-innen',
    'Mitarbeiter(innen)',
    'MitarbeiterInnen',
    'Mitarbeiter:in',
    'Mitarbeiter*in',
    'Mitarbeiter(in)',
  ])('%s', (text) => {
    expect(words(text)).toEqual(['Mitarbeiter'])
    expect(tokenise(`Die ${text}, alle.`)[1]).toMatchObject({ start: 4, end: 4 + text.length })
  })

  it.each([
    ['MITARBEITER:INNEN', ['MITARBEITER']],
    ['Leistungsberechtigte:r', ['Leistungsberechtigte']],
    ['jede*r', ['jede']],
    ['Kolleg:innen', ['Kolleg']],
    ['Klient(en)', ['Klient']],
    ['Mitarbeiter:innenvertretung', ['Mitarbeitervertretung']],
    ['Mitarbeiter*innenvertretung', ['Mitarbeitervertretung']],
    ['MitarbeiterInnenvertretung', ['Mitarbeitervertretung']],
    ['Nutzer:innen/Anwender:innen', ['Nutzer', 'Anwender']],
  ])('%s', (text, expected) => {
    expect(words(text)).toEqual(expected)
  })

  it.each([
    ['Hilfe (in Not)', ['Hilfe', 'in', 'Not']],
    ['Haus/Innenhof', ['Haus', 'Innenhof']],
    ['Termin', ['Termin']],
    ['innen und außen', ['innen', 'und', 'außen']],
  ])('but %s has none', (text, expected) => {
    expect(words(text)).toEqual(expected)
  })
})

describe('words have pieces', () => {
  it.each([
    ['KI-Richtlinie', 'KI|Richtlinie'],
    ['KIRichtlinie', 'KI|Richtlinie'],
    ['KI‑Richtlinie', 'KI|Richtlinie'],
    ['SharePoint', 'Share|Point'],
    ['24-Stunden-Pflege', '24|Stunden|Pflege'],
    ['E-Mail', 'E|Mail'],
    ['MAV', 'MAV'],
    ['WfbM', 'WfbM'],
    ['iPad', 'iPad'],
    ['Dienstplan', 'Dienstplan'],
  ])('%s', (text, expected) => {
    expect(pieces(text)).toEqual([expected])
  })
})

describe('abbreviations with dots are one word', () => {
  it.each(['e. V.', 'e.V.', 'e.V', 'eV', 'e. V', 'e.\u00A0V.'])('%s', (text) => {
    expect(pieces(`Diakonie ${text}`)).toEqual(['Diakonie', 'eV'])
  })

  it.each(['E.V.', 'e.v.', 'E. V.'])('%s, however it is written', (text) => {
    expect(pieces(text).map((piece) => piece.toLowerCase())).toEqual(['ev'])
  })

  it.each([
    ['d) e. Verein', ['d', 'e', 'Verein']],
    ['Punkt e. Vielfalt', ['Punkt', 'e', 'Vielfalt']],
    ['Habe. Viele', ['Habe', 'Viele']],
  ])('but %s has none', (text, expected) => {
    expect(words(text)).toEqual(expected)
  })

  it('z. B. and the like', () => {
    expect(pieces('z. B. z.B. d. h. u. a.')).toEqual(['zB', 'zB', 'dh', 'ua'])
  })
})

it.each(['§ 8a SGB VIII', '§8a SGB VIII', '§ 8 a SGB VIII', '§§ 8 a SGB VIII'])(
  '%s names paragraph 8a',
  (text) => {
    expect(pieces(text)).toEqual(['8a', 'SGB', 'VIII'])
  },
)

it('a number and a letter are no paragraph elsewhere', () => {
  expect(words('Haus 8 a und 5 e')).toEqual(['Haus', '8', 'a', 'und', '5', 'e'])
})

describe('what stands between words is none of them', () => {
  it.each([
    ['und/oder', ['und', 'oder']],
    ['Ein-/Ausgang', ['Ein', 'Ausgang']],
    ['Kinder- und Jugendhilfe', ['Kinder', 'und', 'Jugendhilfe']],
    ['Hilfe😀Plan', ['Hilfe', 'Plan']],
    ['👨‍👩‍👧', []],
    ['a\u0000b', ['a', 'b']],
    ['', []],
    ['…', []],
    ['\uD800', []],
    ['„Pflege“!', ['Pflege']],
    ['https://example.org/pflege', ['https', 'example', 'org', 'pflege']],
    ['漢字', ['漢字']],
  ])('%j', (text, expected) => {
    expect(words(text).map((word) => word.replace(/-$/, ''))).toEqual(expected)
  })

  it('a mark that is written apart belongs to its letter', () => {
    expect(words('Übergabe Büro'.normalize('NFD'))).toHaveLength(2)
    expect(words('Dienst\u00ADplan')).toHaveLength(1)
  })
})

it('offsets lead back to the text', () => {
  const text = '😀 Die Nutzer:innen/Träger: e. V. und KI-Tools; § 8 a'
  for (const { word, start, end } of tokenise(text))
    expect(text.slice(start, end)).toContain(word.slice(0, 3))
})

it.each([
  'a',
  'A',
  'Aa',
  'aB',
  'a-',
  'e.',
  'a:in',
  'abcInnen',
  "a'",
  'und/',
  '§ 8 ',
  'ü\u0308',
  '(',
])('10,000 letters of „%s“ take no time', (unit) => {
  const text = unit.repeat(Math.ceil(10_000 / unit.length))
  const start = performance.now()
  tokenise(text)
  expect(performance.now() - start).toBeLessThan(50)
})
