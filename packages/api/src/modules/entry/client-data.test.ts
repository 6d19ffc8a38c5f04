import { describe, expect, it } from 'vitest'
import answers from '#database/demo/answers.json' with { type: 'json' }
import problems from '#database/demo/problems.json' with { type: 'json' }
import solutions from '#database/demo/solutions.json' with { type: 'json' }
import { findClientData } from '#modules/entry/client-data.ts'

const kindsIn = (text: string) => findClientData(text).map(({ kind }) => kind.de)

describe('warns of', () => {
  it.each([
    ['Geburtsdatum', 'geb. 12.03.1950'],
    ['Geburtsdatum', 'geb. am 1.2.50'],
    ['Geburtsdatum', 'Geb.: 12.03.2015'],
    ['Geburtsdatum', 'geboren am 12. März 2015'],
    ['Geburtsdatum', 'Sie ist am 4. Mai 2015 geboren.'],
    ['Geburtsdatum', 'Geburtsdatum: 12.03.2015'],
    ['Geburtsdatum', 'Geburtstag 12.03.2015'],
    ['Geburtsdatum', 'Lena (*12.03.2015)'],
    ['Geburtsdatum', 'Lena, * 12.3.15'],
    ['Datum mit Geburtsjahr', 'Der Bewohner, 12.03.1938, kam neu.'],
    ['Aktenzeichen', 'Az. 12 F 345/22'],
    ['Aktenzeichen', 'Az.: 51-4711/22'],
    ['Aktenzeichen', 'AZ 51/2022'],
    ['Aktenzeichen', 'Aktenzeichen 51/2022'],
    ['Aktenzeichen', 'Fallnummer: K-2291'],
    ['Aktenzeichen', 'Klientennummer 88123'],
    ['Aktenzeichen', 'Kundennummer: 955D123456'],
    ['Krankenversichertennummer', 'Karte A123456789'],
    ['Rentenversicherungsnummer', '65 170839 J 008'],
    ['Name mit Alter', 'Lena (7)'],
    ['Name mit Alter', 'Lena, 7 Jahre'],
    ['Name mit Alter', 'Lena M. (7 Jahre)'],
    ['Name mit Alter', 'Özlem (7)'],
    ['Name mit Alter', 'Frau Schmidt, 84 J.'],
    ['Name mit Anrede', 'Frau Schmidt'],
    ['Name mit Anrede', 'mit Herrn Özdemir'],
    ['Name mit Anrede', 'Fr. Müller-Lüdenscheidt'],
    ['Name mit Anrede', 'Frau Dr. Kaya'],
    ['Name mit Anrede', 'Herr K. aus Wohnbereich 2'],
    ['Anschrift', 'wohnt Goethestraße 12'],
    ['Anschrift', 'Lange Straße 12'],
    ['Anschrift', 'Hauptstr. 5b'],
    ['Anschrift', 'Lindenweg 3'],
    ['Anschrift', 'Am Marktplatz 8'],
    ['E-Mail-Adresse', 'schreibt an lena.meier+x@example.org.'],
    ['Telefonnummer', '0511 1234567'],
    ['Telefonnummer', '+49 511 1234567'],
    ['Telefonnummer', '0049 (0)511 1234567'],
    ['Telefonnummer', '0511/12 34 56 7'],
    ['Telefonnummer', 'mobil 0171-1234567'],
    ['IBAN', 'DE89 3704 0044 0532 0130 00'],
    ['IBAN', 'DE89370400440532013000 bei der Bank'],
    ['IBAN', 'AT61 1904 3002 3457 3201'],
    ['IBAN', 'Erst XX12 3456 7890 1234 5678, dann DE89 3704 0044 0532 0130 00.'],
  ])('%s: %s', (kind, text) => {
    expect(kindsIn(text)).toContain(kind)
  })

  it('each kind that occurs, with its passage and in both languages', () => {
    expect(findClientData('Frau Müller, Tel. 0511 1234567, Frau Maier')).toEqual([
      { kind: { de: 'Name mit Anrede', en: 'name of a person' }, excerpt: 'Frau Müller' },
      { kind: { de: 'Telefonnummer', en: 'telephone number' }, excerpt: '0511 1234567' },
    ])
  })
})

describe('lets pass', () => {
  it.each([
    '',
    'Wir suchen eine Lösung für 310 Fachkräfte an 12 Standorten.',
    'Seit dem 01.03.2026 gilt die neue Regel, ab 1.1.2027 für alle.',
    '* 12.05.2026 Auftakt\n* 01.06.2026 zweites Treffen',
    'Das Projekt läuft von 2024 bis 2026, Kosten 12.500 Euro, 3.000.000 Zeilen.',
    'Bei Sorgen: TelefonSeelsorge 0800 1110111 oder 0800 1110222.',
    'Notruf 112, Bereitschaft 116117.',
    'Frauen und Herren, Frau oder Mann, der Herr der Lage',
    'Frau Kollegin Professorin, Herr Kollege',
    '§ 203 StGB, § 8a SGB VIII, Art. 28 DSGVO, DIN EN ISO 9001:2015',
    'Die Azubis 2026 fangen an, Azubi-2026 heißt die Gruppe.',
    'Das Monitoring 2024 zeigte: pro Arbeitsplatz 50 Euro, je Kitaplatz 3 Stunden.',
    'Sponsoring 10 Prozent, Controlling 5 Prozent',
    'Öffnungszeiten Mo.–Fr. 8–16 Uhr',
    'Version 2.4.1 auf Port 3000, IP 192.168.0.1',
    'Ein Pool aus 8 Personen, 24/7 erreichbar, 15–20 Minuten',
    'Siehe www.example.org/a/b und das Kürzel @team.',
    'Pflegegrad 3, Station 4, Gruppe 12, Kapitel 5',
    'Die Auszeit dauert 3 Wochen.',
  ])('%s', (text) => {
    expect(findClientData(text)).toEqual([])
  })

  const demo = [
    ...problems.flatMap(({ code, title, body }) => [
      [code, title],
      [code, body],
    ]),
    ...solutions.flatMap(({ code, title, summary, body }) => [
      [code, title],
      [code, summary],
      [code, body],
    ]),
    ...answers.map(({ problem, body }) => [`answer to ${problem}`, body]),
  ] as [string, string][]

  it.each(demo)('demo content %s: %s', (_, text) => {
    expect(findClientData(text)).toEqual([])
  })

  it('any text of 20,000 characters in no time', () => {
    const texts = [
      'Aa '.repeat(6_667),
      'a'.repeat(20_000),
      'Az '.repeat(6_667),
      '1 '.repeat(10_000),
      'AA11 '.repeat(4_000),
      'Aring '.repeat(3_333),
      'a.'.repeat(10_000),
      'A-'.repeat(10_000),
    ]
    for (const text of texts) {
      const start = performance.now()
      findClientData(text)
      expect([text.slice(0, 6), performance.now() - start < 1_000]).toEqual([
        text.slice(0, 6),
        true,
      ])
    }
  })
})
