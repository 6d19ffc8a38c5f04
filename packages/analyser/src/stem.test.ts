import { describe, expect, it } from 'vitest'
import { analyseText, analyseWord } from './analyse.ts'

const stemOf = (text: string) => analyseText(text).map(({ whole }) => whole.stem)
const rootOf = (word: string) => analyseWord(word).root

it.each([
  'Mitarbeiterin',
  'Mitarbeiterinnen',
  'Mitarbeiter:innen',
  'Mitarbeiter:in',
  'Mitarbeiter*innen',
  'Mitarbeiter_innen',
  'Mitarbeiter/-innen',
  'Mitarbeiter(innen)',
  'MitarbeiterInnen',
  'MITARBEITER',
  'Mitarbeitern',
  'Mitarbeiters',
  'Mitarbeitende',
  'Mitarbeitenden',
  'Mitarbeitender',
  'Mitarbeitende:r',
  'Mitarbeiterschaft',
])('%s is Mitarbeiter', (form) => {
  expect(stemOf(form)).toEqual(stemOf('Mitarbeiter'))
})

describe('forms of one word', () => {
  it.each(
    `Kita Kitas|Azubi Azubis|Team Teams|Plan Pläne|Dienstplan Dienstpläne|Haus Häuser|Problem Probleme
    Problem Problems|System Systeme|Ablagesystem Ablagesystemen|Träger Trägers|Träger Trägern
    Einrichtung Einrichtungen|Bewohner Bewohners|Bewohner Bewohnerinnen|Kind Kindern|Kind Kindes
    Schlüssel Schlüsseln|Formular Formularen|Konto Konten|Thema Themen|Zentrum Zentren|Risiko Risiken
    Antrag Anträgen|Gast Gäste|App Apps|Prozess Prozesse|Ablauf Abläufe|Gremium Gremien|Arzt Ärztinnen
    Koch Köchin|Pädagoge Pädagoginnen|Kollege Kolleginnen|Kolleg:innen Kollegen|Teilnehmende Teilnehmer
    Studierende Studierenden|Pflegende Pflegenden|Akte Akten|Richtlinie Richtlinien|Kamera Kameras
    Fachkraft Fachkräfte|Virus Viren|Medium Medien|Amt Ämter|Rat Räte|Angehörige:r Angehörigen
    Sozialarbeiterin Sozialarbeiter|Erzieher*innen Erzieherin|Patient_innen Patienten|Bus Busse
    Beschäftigte:r Beschäftigten|Vorständin Vorstand|Ergebnis Ergebnisse|Verzeichnis Verzeichnissen
    Chef Chefinnen|Server Servern|Material Materialien|Passwort Passwörter|Verein Vereins|Tochter Töchter
    Spende Spenden|Woche Wochen|Schule Schulen|Stelle Stellen|Wohnen Wohnens|Computer Computers
    Zuschuss Zuschüsse|Kunde Kundinnen|Mutter Mütter|Straße Strassen|Büro Bueros|Leiter Leiterin`
      .split(/[|\n]/)
      .map((pair) => pair.trim().split(' ')),
  )('%s and %s', (one, other) => {
    expect(stemOf(other)).toEqual(stemOf(one))
  })
})

describe('words that look alike stay apart', () => {
  it.each(
    `Jugend Jugo|Termin Term|Leben Leber|Wesen Wes|Keller Kelle|Partner Part|Sucht Suche|Rechnung Recht
    Waise Weise|Steuer Steuermann|Wasser Was|Kasse Kassel|Schule Schuld|Leere Lehre|Leiter Leitung
    Bericht Gericht|Vorstand Verstand|Miete Mitte|Medizin Medium|Verein Vereinbarung|Ende Enkel
    Prozess Prozent|Kreis Krise|Verfahren Fahren|Daten Datum|Modem Mode|Basis Base`
      .split(/[|\n]/)
      .map((pair) => pair.trim().split(' ')),
  )('%s and %s', (one, other) => {
    expect(stemOf(other)).not.toEqual(stemOf(one))
  })

  it.each('Verein Termin Medizin Routine Unternehmen Eltern Computer Praxis'.split(' '))(
    '%s is no inflected form',
    (word) => {
      expect(analyseWord(word).stem).toBe(word.toLowerCase())
    },
  )
})

describe('root', () => {
  it.each([
    ['Planung', 'Planer'],
    ['Planung', 'geplant'],
    ['Dokumentation', 'dokumentieren'],
    ['Nutzung', 'genutzt'],
    ['Organisation', 'organisiert'],
    ['Ehrenamt', 'ehrenamtlich'],
    ['Freiwillige', 'Freiwilligkeit'],
  ])('%s and %s share one', (one, other) => {
    expect(rootOf(other)).toBe(rootOf(one))
  })

  it.each([
    ['Geschichte', 'Schicht'],
    ['Beratung', 'Bericht'],
    ['Heizung', 'Zeitung'],
  ])('%s and %s do not', (one, other) => {
    expect(rootOf(other)).not.toBe(rootOf(one))
  })
})
