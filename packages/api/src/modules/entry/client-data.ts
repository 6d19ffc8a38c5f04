import { isValidIBAN } from 'ibantools'
import { findPhoneNumbersInText } from 'libphonenumber-js/max'
import type { MessageLanguage } from '#api/errors.ts'

/** Something in a text that may identify a client. */
export interface ClientDataFinding {
  /** What it looks like. */
  kind: Record<MessageLanguage, string>
  /** The passage itself. */
  excerpt: string
}

/** A day as people write it, the month as a number or a name. */
const day = String.raw`\d{1,2}\.\s?(?:\d{1,2}\.|\p{Lu}\p{Ll}+)\s?\d{2,4}`

/**
 * Patterns for what client cases are told with: domain L04 (§ 203 StGB, §§ 67 ff. SGB X). They only
 * warn, so they may be broad; names alone are not searched for, because every text has some.
 */
const patterns: { kind: ClientDataFinding['kind']; pattern: RegExp }[] = [
  {
    kind: { de: 'Geburtsdatum', en: 'date of birth' },
    // A star at the beginning of a line makes a list, not a birth.
    pattern: new RegExp(
      String.raw`(?:\b[Gg]eb(?:\.|oren)?:?(?:\s+am)?|\bGeburts(?:datum|tag):?|(?<!^[^\S\n]*)\*)\s*${day}|\b${day}\s+geboren`,
      'gmu',
    ),
  },
  {
    kind: { de: 'Datum mit Geburtsjahr', en: 'date with a year of birth' },
    pattern: /\b\d{1,2}\.\s?\d{1,2}\.\s?(?:19\d\d|200\d)\b/g,
  },
  {
    kind: { de: 'Aktenzeichen', en: 'case number' },
    pattern:
      /\b(?:Az\b\.?|Aktenzeichen|Fallnummer|Fall-Nr\.?|Klientennummer|Versichertennummer|Vers\.-Nr\.?|Kundennummer)[\s:.]{0,5}[\w/-]{0,40}\d[\w/-]{0,40}/giu,
  },
  {
    kind: { de: 'Krankenversichertennummer', en: 'health insurance number' },
    pattern: /\b[A-Z]\d{9}\b/g,
  },
  {
    kind: { de: 'Rentenversicherungsnummer', en: 'pension insurance number' },
    pattern: /\b\d{2}\s?\d{6}\s?[A-Z]\s?\d{3}\b/g,
  },
  {
    kind: { de: 'Name mit Alter', en: 'name with age' },
    pattern:
      /(?<!\p{L})(?:(?:Frau|Herrn?|Hr\.|Fr\.|Familie)\s)?\p{Lu}\p{Ll}+(?:\s\p{Lu}(?:\p{Ll}+|\.))?\s?(?:\(\d{1,3}(?:\sJahre?)?\)|,\s?\d{1,3}\s?(?:Jahre?\b|J\.))/gu,
  },
  {
    kind: { de: 'Name mit Anrede', en: 'name of a person' },
    pattern:
      /\b(?:Frau|Herrn?|Hr\.|Fr\.)\s(?!Doktor|Professor|Kolleg)\p{Lu}(?:\p{Ll}+|\.)(?:-\p{Lu}\p{Ll}+)?/gu,
  },
  {
    kind: { de: 'Anschrift', en: 'address' },
    // Places to work or live at and English words that end like streets are none.
    pattern:
      /(?<![\p{L}-])(?:Straße|\p{Lu}[\p{L}-]{0,60}(?:straße|strasse|str\.|weg|gasse|allee|(?<![Aa]rbeits|[Kk]ita|[Hh]eim|[Pp]flege|ungs|kums|[Ww]ohn|[Tt]herapie|[Pp]ark|[Ss]chul|[Ll]ern)platz|(?<!onito|ponso|nginee|acto|ento)ring))\s\d{1,3}\s?[a-z]?(?![\p{L}\d])/gu,
  },
  {
    kind: { de: 'E-Mail-Adresse', en: 'e-mail address' },
    pattern: /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{0,190}\w/g,
  },
]

const iban = /\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?\b/g

/** How many findings of a kind are worth telling: the first says enough. */
const findingsPerKind = 1

/** What in a text may identify a client; nothing where the text looks clean. */
export function findClientData(text: string): ClientDataFinding[] {
  const found = patterns.flatMap(({ kind, pattern }) =>
    matches(text, pattern).map((excerpt) => ({ kind, excerpt })),
  )
  const ibans = [...text.matchAll(iban)]
    .map(([match]) => match)
    .filter((match) => isValidIBAN(match.replaceAll(/\s/g, '')))
  const phones = findPhoneNumbersInText(text, 'DE')
    // Free numbers are help lines and hotlines, which people share on purpose.
    .filter(({ number }) => number.getType() !== 'TOLL_FREE')
    .map(({ startsAt, endsAt }) => text.slice(startsAt, endsAt))
    // Without one of these in front it is a sum of money or another number.
    .filter((excerpt) => /^[0+(]/.test(excerpt))
  const findings = [
    ...found,
    ...ibans
      .slice(0, findingsPerKind)
      .map((excerpt) => ({ kind: { de: 'IBAN', en: 'IBAN' }, excerpt })),
    ...phones
      .slice(0, findingsPerKind)
      .map((excerpt) => ({ kind: { de: 'Telefonnummer', en: 'telephone number' }, excerpt })),
  ]
  // A date of birth is also a date, a name with age also a name: the longer passage says it all.
  return findings.filter(
    ({ excerpt }) =>
      !findings.some((other) => other.excerpt !== excerpt && other.excerpt.includes(excerpt)),
  )
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].slice(0, findingsPerKind).map(([match]) => match.trim())
}
