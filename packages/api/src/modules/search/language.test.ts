import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PostProblemDocument, SearchInDetailDocument } from '#test/__generated__/operations.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

// What is written in one way is found by the other: each rule of German by the public door. Every text
// has a sign of its own, so that a pair is told from all other pairs.

let world: World
let caller: Caller

beforeAll(async () => {
  world = await createWorld()
  await world.organisation('writer')
  caller = await world.person({ writer: 'EDITOR' })
  for (const text of new Set(pairs.flatMap(({ written }) => written))) await post(text)
})

afterAll(() => world.close())

async function post(title: string) {
  // Under a field of work that none of the words names.
  const input = {
    title,
    fieldsOfWork: ['poverty-housing.station-mission'],
    visibility: 'PUBLIC' as const,
  }
  const { postProblem } = await caller.run(PostProblemDocument, { input })
  expect(postProblem.userErrors).toEqual([])
}

async function search(query: string) {
  const { search } = await caller.run(SearchInDetailDocument, { query, first: 100 })
  return { ...search, titles: search.edges.map(({ node }) => node.title) }
}

interface Pair {
  rule: string
  query: string
  /** All of them are found. */
  written: string[]
}

const pairs: Pair[] = []
const rule = (rule: string, query: string, ...written: string[]) => {
  pairs.push({ rule, query, written })
}
const bothWays = (name: string, one: string, other: string) => {
  rule(name, one, other)
  rule(name, other, one)
}
const among = (name: string, ...forms: string[]) => {
  for (const form of forms) rule(name, form, ...forms)
}

// Compounds
bothWays('compound', 'Sprachdokumentation', 'Dokumentation per Sprache')
bothWays('compound', 'Sprachdokumentation', 'Pflegedoku einsprechen')
bothWays('compound', 'Dokumentation per Sprache', 'Pflegedoku einsprechen')
bothWays('compound', 'Tourenplanung', 'Planung der Touren')
bothWays('compound', 'Schlüsselübergabe', 'Übergabe der Schlüssel')
bothWays('compound', 'Zeiterfassung', 'Erfassung von Zeiten')
bothWays('compound', 'Datenkonsistenz', 'Konsistenz der Daten')
rule('compound', 'Unterschrift', 'Unterschriftenmappe')
rule('compound', 'Mappe', 'Unterschriftenmappe')
rule('compound', 'Rechnungsfreigabe', 'Freigabe der Rechnung')
rule('compound', 'Pflegedienst Leitung', 'Pflegedienstleitung')

// Letters that link
bothWays('linking s', 'Bewerbungsmanagement', 'Management von Bewerbungen')
bothWays('linking n', 'Klientenakte', 'Akte eines Klienten')
bothWays('linking r', 'Mitarbeitervertretung', 'Vertretung der Mitarbeiter')
bothWays('linking en', 'Unterschriftenliste', 'Liste mit Unterschriften')

// Hyphens
among('hyphen', 'KI-Richtlinie', 'KI Richtlinie', 'KIRichtlinie')
among('hyphen', 'E-Mail-Verteiler', 'E-Mailverteiler')
rule('hyphen', 'Jugendhilfe', 'Kinder- und Jugendhilfe')

// Umlauts and ß
among('umlaut', 'Büroübergabe', 'Buerouebergabe', 'BÜROÜBERGABE', 'Buroubergabe')
among(
  'umlaut',
  'Möbelbörse',
  'Moebelboerse',
  'Mobelborse',
  'möbelbörse',
  'Möbelbörse'.normalize('NFD'),
)
among('umlaut', 'Gästekühlschrank', 'Gaestekuehlschrank', 'Gastekuhlschrank')
among('ß', 'Großveranstaltung', 'Grossveranstaltung', 'GROSSVERANSTALTUNG')
among('ß', 'Fußweg', 'Fussweg')

// e. V.
among(
  'e. V.',
  'Nachbarschaft Elbufer e. V.',
  'Nachbarschaft Elbufer e.V.',
  'Nachbarschaft Elbufer eV',
)
rule('e. V.', 'e.V.', 'Nachbarschaft Elbufer e. V.', 'Nachbarschaft Elbufer eV')
rule('e. V.', 'eV', 'Nachbarschaft Elbufer e. V.', 'Nachbarschaft Elbufer e.V.')
among('§', '§ 8a SGB VIII', '§8a SGB VIII', '§ 8 a SGB VIII')

// Gender forms
among(
  'gender form',
  ...[
    'Mitarbeiter',
    'Mitarbeiterin',
    'Mitarbeiter:innen',
    'Mitarbeiter*innen',
    'Mitarbeiter_innen',
    'MitarbeiterInnen',
    'Mitarbeiter/-innen',
    'Mitarbeitende',
    'Mitarbeiterschaft',
  ].map((form) => `${form} begrüßen`),
)
among('gender form', 'Kolleg:innen duzen', 'Kollegen duzen', 'Kolleginnen duzen')
among('gender form', 'Leistungsberechtigte:r zieht um', 'Leistungsberechtigter zieht um')
among('gender form', 'Ärzt*innen rufen', 'Ärztin rufen', 'Arzt rufen')

const abbreviations: [short: string, long: string][] = [
  ['PDL', 'Pflegedienstleitung'],
  ['EGH', 'Eingliederungshilfe'],
  ['BTHG', 'Bundesteilhabegesetz'],
  ['HzE', 'Hilfen zur Erziehung'],
  ['SPFH', 'Sozialpädagogische Familienhilfe'],
  ['WfbM', 'Werkstatt für behinderte Menschen'],
  ['MAV', 'Mitarbeitervertretung'],
  ['AVR', 'Arbeitsvertragsrichtlinien'],
  ['DSB', 'Datenschutzbeauftragte'],
  ['DSFA', 'Datenschutz-Folgenabschätzung'],
  ['AVV', 'Auftragsverarbeitungsvertrag'],
  ['TI', 'Telematikinfrastruktur'],
  ['QM', 'Qualitätsmanagement'],
  ['OE', 'Organisationsentwicklung'],
  ['LV', 'Landesverband'],
  ['rDW', 'regionales Diakonisches Werk'],
  ['GF', 'Geschäftsführung'],
  ['FSJ', 'Freiwilliges Soziales Jahr'],
  ['BFD', 'Bundesfreiwilligendienst'],
  ['MBE', 'Migrationsberatung für erwachsene Zuwanderer'],
  ['JMD', 'Jugendmigrationsdienst'],
  ['SIS', 'Strukturierte Informationssammlung'],
  ['PeBeM', 'Personalbemessung'],
  ['KIM', 'Kommunikation im Medizinwesen'],
  ['LMS', 'Lernmanagementsystem'],
  ['DMS', 'Dokumentenmanagementsystem'],
  ['KHZG', 'Krankenhauszukunftsgesetz'],
  ['KI', 'Künstliche Intelligenz'],
  ['AI', 'Künstliche Intelligenz'],
  ['KI', 'AI'],
  ['MA', 'Mitarbeitende'],
]
for (const [short, long] of abbreviations) {
  bothWays('abbreviation', short, long)
  rule('abbreviation', short.toLowerCase(), long)
}

const renamed: [old: string, now: string][] = [
  ['Behindertenhilfe', 'Eingliederungshilfe'],
  ['Wohnheim', 'besondere Wohnform'],
  ['Pflegestufe', 'Pflegegrad'],
  ['Hartz IV', 'Bürgergeld'],
  ['ALG II', 'Bürgergeld'],
  ['Bürgergeld', 'Grundsicherung'],
  ['Klient', 'Leistungsberechtigte:r'],
  ['Klientinnen', 'Leistungsberechtigte'],
  ['Altenpfleger', 'Pflegefachperson'],
  ['Altenpflegerinnen', 'Pflegefachpersonen'],
  ['Ausländerberatung', 'Migrationsberatung'],
  ['Obdachlosenhilfe', 'Wohnungslosenhilfe'],
]
for (const [old, now] of renamed) bothWays('old and new', old, now)

const english: [english: string, german: string][] = [
  ['Onboarding', 'Einarbeitung'],
  ['Recruiting', 'Personalgewinnung'],
  ['Ticket', 'Störungsmeldung'],
  ['Workflow', 'Ablauf'],
  ['Use Case', 'Anwendungsfall'],
  ['Rollout', 'Einführung'],
  ['Keyuser', 'Multiplikator:in'],
  ['Key User', 'Multiplikatorinnen'],
]
for (const [one, other] of english) bothWays('English jargon', one, other)

// Typing errors: 1 slip from four letters on, 2 from six, 3 from ten; put in, left out, exchanged, swapped.
rule('one slip', 'Garen', 'Garten der Sinne')
rule('one slip', 'Garxen', 'Garten der Sinne')
rule('one slip', 'Gärtten', 'Garten der Sinne')
rule('two slips', 'Fahrdinst', 'Fahrdienst am Sonntag')
rule('two slips', 'Fahrdiemsd', 'Fahrdienst am Sonntag')
rule('two slips', 'Hospitz', 'Hospiz am Fluss')
rule('three slips', 'Krankenhuasbegleitng', 'Krankenhausbegleitung')
rule('three slips', 'Schwangerschftskonfliktberatug', 'Schwangerschaftskonfliktberatung')
rule('three slips', 'Schwagerschftskonfliktberatug', 'Schwangerschaftskonfliktberatung')
rule('a name', 'Kreideweis', 'Vortrag von Kreidenweis')
rule('a name', 'Kreidenweiss', 'Vortrag von Kreidenweis')
rule('a name', 'Kreidenweis', 'Buch von Kreideweis')
among('a name', 'FinSoz', 'FINSOZ', 'finsoz')

// Whole questions
rule('a question', 'Wie kann ich die Zeiten meiner Touren besser planen?', 'Planung der Touren')
rule('a question', 'Wer hat Erfahrung mit der Übergabe von Schlüsseln?', 'Übergabe der Schlüssel')
rule('a question', 'Hat jemand eine Vorlage für eine KI-Richtlinie?', 'KI Richtlinie')
rule('a question', 'How do you run onboarding?', 'Einarbeitung')

// English texts
bothWays('English', 'volunteers', 'Managing volunteer shifts')
bothWays('English', 'shift', 'Managing volunteer shifts')
rule('English', 'manage volunteer shift', 'Managing volunteer shifts')
rule('English', 'refugees', 'Housing for refugees')

describe('is found', () => {
  it.each(pairs)('$rule: $written by „$query“', async ({ query, written }) => {
    const { titles } = await search(query)
    expect(titles).toEqual(expect.arrayContaining(written))
  })

  it('is not everything, by any of them', async () => {
    const all = new Set(pairs.flatMap(({ written }) => written)).size
    const broad: string[] = []
    for (const { query } of pairs)
      if ((await search(query)).titles.length > all / 4) broad.push(query)
    expect(broad).toEqual([])
  })
})

describe('the closest comes first', () => {
  it.each([
    ['Pflegedienstleitung', 'Pflegedienstleitung'],
    ['Eingliederungshilfe', 'Eingliederungshilfe'],
    ['Hartz IV', 'Hartz IV'],
    ['Personalgewinnung', 'Personalgewinnung'],
  ])('for %s', async (query, first) => {
    expect((await search(query)).titles[0]).toBe(first)
  })
})

describe('typing errors', () => {
  it.each([
    ['below four letters', 'Gar', 'Garten der Sinne'],
    ['two in five letters', 'Gzrtxn', 'Garten der Sinne'],
    ['three in nine letters', 'Hxspxtzx', 'Hospiz am Fluss'],
    ['four in many', 'Xrxnxenhxusbegleitung', 'Krankenhausbegleitung'],
  ])('%s are not forgiven', async (_, query, title) => {
    const { interpretation, edges } = await search(query)
    // A part that is spelt right is found; nobody mends the rest.
    const isFound = edges.some(({ node }) => node.title === title)
    expect(isFound).toBe(query.endsWith('begleitung'))
    expect(interpretation.correction).toBeNull()
  })

  it('are told, as the word is written where it was found', async () => {
    const { interpretation } = await search('Vortrag Kraidenweis')
    expect(interpretation.correction).toMatch(/^Vortrag Kreiden?weis$/)
    expect(interpretation.words).toMatchObject([
      { word: 'Vortrag', isKnown: true },
      { word: 'Kraidenweis' },
    ])
  })

  it('nobody made where the word is known', async () => {
    for (const query of ['Garten', 'Kreidenweis', 'Hospiz', 'KI', 'Fluss'])
      expect((await search(query)).interpretation.correction).toBeNull()
  })
})

describe('letters that changed places', () => {
  it.each([
    ['Gatren', 'Garten der Sinne'],
    ['Farhdinst', 'Fahrdienst am Sonntag'],
  ])('%s', async (query, title) => {
    expect((await search(query)).titles).toContain(title)
  })
})

describe('how a query was read', () => {
  it('names what else was searched for', async () => {
    const { interpretation } = await search('Wie gelingt das Onboarding?')
    expect(interpretation.words.find(({ word }) => word === 'Onboarding')).toMatchObject({
      isKnown: true,
      alternatives: expect.arrayContaining(['Einarbeitung']) as unknown,
    })
  })

  it('leaves out what says nothing', async () => {
    const { interpretation } = await search('Wie haben die das mit dem Garten gemacht?')
    expect(interpretation.words.map(({ word }) => word)).not.toEqual(
      expect.arrayContaining(['Wie', 'haben', 'die', 'das', 'mit', 'dem']),
    )
    expect(interpretation.words.map(({ word }) => word)).toContain('Garten')
  })
})
