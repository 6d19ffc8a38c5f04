import { joinUmlauts } from '@netzwerkdiakonie/analyser'
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
const atPlace = String.raw`(?!(?:\S+ ){0,2}(?:zu hause|zuhause|daheim|in wurde|in frieden)\b)`
const signs: readonly RegExp[] = [
  /\b(?:will|mochte|mag|kann|wollte|wolle) (?:(?:so|einfach|doch|wirklich) )*(?:nicht|nimmer) mehr (?:leben|da sein|weiterleben|aufwachen)\b/,
  /\b(?:nicht|nimmer) mehr (?:leben|da sein|weiterleben) (?:will|mochte|mag|kann|wolle)\b/,
  /\b(?:ich|er|sie)\b[^.!?]{0,30}\bnicht mehr aufwachen\b/,
  new RegExp(
    String.raw`\b(?:will|mochte|wollte|wolle|werde|wird) ${atPlace}(?:\S+ ){0,3}(?:sterben|tot sein|schluss machen mit (?:dem|meinem|seinem|ihrem) leben)\b`,
  ),
  /\b(?:ich|er|sie) (?:(?:nur|noch|einfach|lieber|endlich) )*(?:sterben|tot sein) (?:will|mochte|wolle)\b/,
  /\b(?:ware|wunscht?e?) (?:\S+ ){0,3}tot\b/,
  /\b(?:mich|sich|mir|dich) (?:\S+ ){0,4}(?:umbringen|umzubringen|umbringt|umbringe|das leben (?:nehmen|nimmt|zu nehmen)|etwas an(?:tun|zutun|tut)|was an(?:tun|tut))\b/,
  /\b(?:bringe|bringt|nehme|nimmt|tue|tut) (?:mich|mir|sich) (?:\S+ ){0,2}(?:um|das leben|(?:et)?was an)\b(?! (?:der|den|dem|die|das|einer|einem)\b)/,
  /\b(?:meinem|seinem|ihrem|dem|allem) (?:leben )?ein ende (?:zu )?(?:setz|mach|bereit)/,
  new RegExp(
    String.raw`\b${self}\b[^.!?]{0,60}\b(?:akut (?:suizidal|selbstmordgefahrdet)|(?:suizid|selbstmord)gedanken|suizidal|will springen|kundigt (?:seinen |ihren )?(?:suizid|selbstmord) an)`,
  ),
  /\b(?:habe|hat|aussert|spricht von) (?:\S+ ){0,3}(?:suizid|selbstmord|suizidgedanken|selbstmordgedanken|suizidabsichten|selbstmordabsichten)\b/,
  /\b(?:ich|er|sie) (?:seh|sieh|weiss|find)\w*[^.!?]{0,20} keinen ausweg mehr\b(?! (?:aus|bei|beim|fur|mit)\b)/,
  /\bfur (?:mich|ihn|sie) gibt es keinen ausweg mehr\b/,
  /\b(?:lebensmude|lohnt sich nicht mehr zu leben|(?:das|mein|sein|ihr) leben hat keinen sinn mehr)\b/,
  /\b(?:schlagt|verprugelt|bedroht|wurgt|vergewaltigt) (?:mich|sie|ihn|uns)\b(?! vor\b)[^.!?]{0,40}\b(?:jetzt|gerade|wieder|angst|hilfe)\b/,
  /\bhilfe\b.{0,30}\b(?:schlagt|verprugelt|wurgt|vergewaltigt) mich\b/,
  /\b(?:nimmt|nahm) (?:\S+ ){0,3}uberdosis\b|\buberdosis (?:\S+ ){0,3}(?:genommen|geschluckt|gespritzt)\b/,
  new RegExp(String.raw`\b${self} (?:\S+ ){0,2}(?:mit|nach) (?:einer )?uberdosis\b`),
  /\b(?:tabletten geschluckt|pulsadern)\b/,
  /\b(?:i|he|she|they|client|resident|patient|son|daughter|friend|husband|wife) (?:\S+ ){0,2}(?:wants?|wanted|wish|wishes|going) to (?:die|be dead)\b/,
  /\b(?:kill(?:ing)? (?:myself|himself|herself|themselves)|end(?:ing)? (?:my|his|her|their) (?:own )?life)\b/,
  /\b(?:do|does)(?:n['’]?t| not) want to (?:live|be here|be alive|wake up)\b/,
  /\b(?:is|feels?|am|feeling|i['’]m) (?:\S+ )?suicidal\b|\b(?:have|has|having) (?:\S+ ){0,2}suicidal thoughts\b/,
  /\b(?:has|have|had|just) taken an overdose\b|\b(?:took|taking) an overdose\b|\boverdosed\b/,
  /\b(?:hitting|beating|threatening|choking|raping) (?:me|us)\b[^.!?]{0,40}\b(?:now|again|help|scared)\b/,
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
  // Who has no umlauts at hand writes „moechte“; „tue“ has none.
  const spellings = [plain, joinUmlauts(plain)]
  if (!signs.some((sign) => spellings.some((spelling) => sign.test(spelling)))) return null
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
