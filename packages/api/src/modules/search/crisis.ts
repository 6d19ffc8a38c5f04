import type { MessageLanguage } from '#api/errors.ts'

/** Somebody who helps at once. */
interface Contact {
  name: Record<MessageLanguage, string>
  phone: string
  availability: Record<MessageLanguage, string>
  website: string | null
}

const message: Record<MessageLanguage, string> = {
  de: 'Das klingt, als ginge es einem Menschen gerade sehr schlecht. Hier ist sofort jemand zu erreichen, auch jetzt.',
  en: 'This sounds as if somebody is in a very bad way right now. Somebody answers here at once, at any hour.',
}

/** Numbers as their services publish them. */
const contacts: readonly Contact[] = [
  {
    name: { de: 'Notruf', en: 'Emergency services' },
    phone: '112',
    availability: {
      de: 'Bei Lebensgefahr. Rund um die Uhr, kostenlos',
      en: 'Danger to life. At any hour, free',
    },
    website: null,
  },
  {
    name: { de: 'TelefonSeelsorge', en: 'TelefonSeelsorge (helpline)' },
    phone: '0800 1110111',
    availability: {
      de: 'Rund um die Uhr, kostenlos und anonym; auch 0800 1110222 und im Chat',
      en: 'At any hour, free and anonymous; also 0800 1110222 and by chat',
    },
    website: 'https://www.telefonseelsorge.de',
  },
  {
    name: { de: 'Nummer gegen Kummer für Kinder und Jugendliche', en: 'Helpline for the young' },
    phone: '116111',
    availability: {
      de: 'Montag bis Samstag 14 bis 20 Uhr, kostenlos und anonym',
      en: 'Monday to Saturday, 2 to 8 p.m., free and anonymous',
    },
    website: 'https://www.nummergegenkummer.de',
  },
  {
    name: { de: 'Hilfetelefon Gewalt gegen Frauen', en: 'Helpline for violence against women' },
    phone: '116016',
    availability: {
      de: 'Rund um die Uhr, kostenlos und anonym, in vielen Sprachen',
      en: 'At any hour, free and anonymous, in many languages',
    },
    website: 'https://www.hilfetelefon.de',
  },
  {
    name: { de: 'Ärztlicher Bereitschaftsdienst', en: 'Doctor on call' },
    phone: '116117',
    availability: { de: 'Wenn die Praxis zu ist, kostenlos', en: 'Out of hours, free' },
    website: null,
  },
]

// Signs that somebody is in danger now: what people say of themselves or of a person before them. Not
// that the subject is named: who asks for a concept of suicide prevention needs colleagues, not a helpline. Without umlauts, as texts are read.
const self = String.raw`(?:ich|er|sie|jemand|bewohner(?:in)?|klient(?:in)?|patient(?:in)?|jugendliche[rn]?|kollege|kollegin|mann|frau|kind|madchen|junge|mitarbeiter(?:in)?|person|mutter|vater|sohn|tochter|freund(?:in)?)`
const signs: readonly RegExp[] = [
  /\b(?:will|mochte|mag|kann|wollte|wolle) (?:(?:so|einfach|doch|wirklich) )*(?:nicht|nimmer) mehr (?:leben|da sein|weiterleben|aufwachen)\b/,
  /\b(?:will|mochte|wollte|wolle|werde|wird) (?:\S+ ){0,3}(?:sterben|tot sein|schluss machen mit (?:dem|meinem|seinem|ihrem) leben)\b/,
  /\b(?:mich|sich|mir|dich) (?:\S+ ){0,4}(?:umbringen|umzubringen|umbringt|umbringe|das leben (?:nehmen|nimmt|zu nehmen)|etwas an(?:tun|zutun|tut)|was an(?:tun|tut))\b/,
  /\b(?:bringe|bringt|nehme|nimmt|tue|tut) (?:mich|mir|sich) (?:\S+ ){0,2}(?:um|das leben|etwas an|was an)\b/,
  new RegExp(
    String.raw`\b${self}\b[^.!?]{0,60}\b(?:akut (?:suizidal|selbstmordgefahrdet)|(?:suizid|selbstmord)gedanken|suizidal|will springen|kundigt (?:seinen |ihren )?(?:suizid|selbstmord) an)`,
  ),
  /\b(?:habe|hat|aussert|spricht von) (?:\S+ ){0,3}(?:suizid|selbstmord|suizidgedanken|selbstmordgedanken|suizidabsichten|selbstmordabsichten)\b/,
  /\b(?:lebensmude|keinen ausweg mehr|lohnt sich nicht mehr zu leben|das leben hat keinen sinn mehr)\b/,
  /\b(?:schlagt|verprugelt|bedroht|wurgt|vergewaltigt) (?:mich|sie|ihn|uns)\b[^.!?]{0,40}\b(?:jetzt|gerade|wieder|angst|hilfe)\b/,
  /\b(?:uberdosis|tabletten geschluckt|pulsadern)\b/,
  /\b(?:want|going) to (?:die|kill (?:myself|himself|herself)|end my life)\b|\b(?:is|feels|am|feeling) suicidal\b/,
]

/** What to tell whoever reads it, and whom to call. */
export interface CrisisHelp {
  message: string
  contacts: { name: string; phone: string; availability: string; website: string | null }[]
}

/**
 * Where a person in an acute crisis finds help, if a text sounds like one: by rules alone, which know
 * no more than the text. Better once too often than once too seldom.
 *
 * @returns null where nothing sounds like it
 */
export function crisisHelpFor(text: string, language: MessageLanguage): CrisisHelp | null {
  const plain = text
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[„“”"»«,;:()]/g, ' ')
    .replaceAll(/\s+/g, ' ')
  if (!signs.some((sign) => sign.test(plain))) return null
  return {
    message: message[language],
    contacts: contacts.map(({ name, phone, availability, website }) => ({
      name: name[language],
      phone,
      availability: availability[language],
      website,
    })),
  }
}
