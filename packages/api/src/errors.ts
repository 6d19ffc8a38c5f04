import { GraphQLError } from 'graphql'
import type { UserErrorCode } from '#api/__generated__/resolvers.ts'

/** Languages that messages exist in. */
export type MessageLanguage = 'de' | 'en'

/** Something that the caller can mend: which rule, where in the input, and what the message names. */
export interface Fault {
  code: UserErrorCode
  path?: string[]
  /** Words that the message puts in place of `{…}`. */
  words?: Record<string, string | number | Record<MessageLanguage, string>>
}

/** Thrown by services for expected failures; resolvers turn it into `userErrors`. */
export class UserFailure extends Error {
  readonly faults: Fault[]

  constructor(...faults: Fault[]) {
    super(faults.map((fault) => fault.code).join(', '))
    this.faults = faults
  }
}

const messages: Record<UserErrorCode, Record<MessageLanguage, string>> = {
  REQUIRED: {
    de: 'Hier fehlt noch etwas. Bitte füllt das Feld aus.',
    en: 'Something is missing here. Please fill in this field.',
  },
  TOO_LONG: {
    de: 'Der Text ist zu lang. Bitte kürzt ihn auf {limit} Zeichen.',
    en: 'The text is too long. Please shorten it to {limit} characters.',
  },
  TOO_MANY: {
    de: 'Das ist zu viel. Bitte wählt höchstens {limit} aus.',
    en: 'That is too many. Please choose {limit} at most.',
  },
  UNKNOWN_CODE: {
    de: '„{value}“ gibt es hier nicht. Bitte wählt einen Wert aus der Liste.',
    en: '“{value}” does not exist here. Please choose a value from the list.',
  },
  NOT_FOUND: {
    de: 'Das gibt es nicht oder nicht mehr. Sucht danach oder geht zurück zur Liste.',
    en: 'This does not exist, or no longer. Search for it or go back to the list.',
  },
  FORBIDDEN: {
    de: 'Das darf eure Rolle hier nicht. Fragt die Redaktion eurer Organisation.',
    en: 'Your role may not do this here. Ask the editors of your organisation.',
  },
  CLIENT_DATA_SUSPECTED: {
    de: 'Im Text steht vielleicht etwas über Klientinnen oder Klienten: {findings}. Nehmt es heraus oder bestätigt, dass es niemanden erkennbar macht.',
    en: 'The text may hold data of clients: {findings}. Remove it, or confirm that it identifies nobody.',
  },
  WRONG_STATE: {
    de: 'Das geht in diesem Zustand nicht. Ladet die Seite neu und seht nach, was sich geändert hat.',
    en: 'This is not possible in the present state. Reload the page and see what has changed.',
  },
  CHANGED_MEANWHILE: {
    de: 'Jemand anderes hat den Beitrag inzwischen geändert. Vergleicht beide Fassungen und speichert noch einmal.',
    en: 'Somebody else has changed the entry meanwhile. Compare both versions and save again.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    de: 'Dieser Schlüssel gehört schon zu einer anderen Eingabe. Nehmt für eine neue Eingabe einen neuen.',
    en: 'This key already belongs to another input. Use a new key for a new input.',
  },
  VISIBILITY_TOO_WIDE: {
    de: 'Die Lösung kommt aus einem Problem, das nicht so viele sehen dürfen. Wählt einen kleineren Kreis oder bittet die andere Organisation, sie zu veröffentlichen.',
    en: 'The solution comes from a problem that not so many may see. Choose fewer, or ask the other organisation to publish it.',
  },
  WRONG_CREDENTIALS: {
    de: 'Name und Passwort passen nicht zusammen. Prüft beides und versucht es noch einmal.',
    en: 'User name and password do not belong together. Check both and try again.',
  },
  UNIT_EXISTS: {
    de: 'So heißt schon eine andere Einrichtung eurer Organisation. Nehmt einen Namen, der sie unterscheidet.',
    en: 'Another unit of your organisation has this name already. Choose one that tells them apart.',
  },
  DAY_OUT_OF_RANGE: {
    de: 'Dieser Tag geht hier nicht. Wählt heute oder einen späteren Tag, bei einem Auftrag höchstens zwölf Monate voraus.',
    en: 'This day is not possible here. Choose today or later; for a mandate, at most twelve months ahead.',
  },
  ALREADY_MEMBER: {
    de: 'Ihr gehört schon zu diesem Verband. Es ist nichts zu tun.',
    en: 'You belong to this association already. There is nothing to do.',
  },
  UNREADABLE_LIST: {
    de: 'Diese Liste lässt sich nicht lesen. Die erste Zeile muss die Spalten nennen, darunter „Name“ und „Person“.',
    en: 'This list cannot be read. Its first line must name the columns, “Name” and “Person” among them.',
  },
  NO_WEB_ADDRESS: {
    de: 'Das ist keine Adresse einer Website. Schreibt sie so: www.beispiel.de.',
    en: 'This is no address of a website. Write it like this: www.example.org.',
  },
  WOULD_BE_RECOGNISED: {
    de: 'Daran würden andere euch erkennen. {findings} Bestätigt, dass es so gezeigt werden soll, oder ändert den Text.',
    en: 'Others would recognise you by this. {findings} Confirm that it is to be shown like this, or change the text.',
  },
  CIRCLE_TOO_SMALL: {
    de: 'In diesem Kreis sind weniger als fünf Organisationen: Da bleibt niemand ungenannt. Wählt einen größeren Kreis oder fragt mit Namen.',
    en: 'There are fewer than five organisations in this circle: nobody stays unnamed there. Choose a wider one or ask by name.',
  },
  CARD_CODE_MISTYPED: {
    de: 'Da ist ein Tippfehler im Code. Vergleicht ihn noch einmal mit der Karte: 15 Zeichen, ohne U.',
    en: 'There is a typing error in the code. Compare it with the card again: 15 characters, no U.',
  },
  CARD_NOT_VALID: {
    de: 'Diese Karte gilt nicht oder nicht mehr. Jede Karte gilt 14 Tage und ein einziges Mal. Bittet eure Leitung um eine neue.',
    en: 'This card is not valid, or no longer. Each card is valid for 14 days and only once. Ask your manager for a new one.',
  },
  PIN_MALFORMED: {
    de: 'Die PIN muss aus genau sechs Ziffern bestehen. Gebt sechs Ziffern ein.',
    en: 'The PIN must be exactly six digits. Enter six digits.',
  },
  PIN_TOO_EASY: {
    de: 'Diese PIN erraten andere zu leicht: {reason} Wählt eine andere.',
    en: 'Others could guess this PIN too easily: {reason} Choose another.',
  },
  WRONG_PIN: {
    de: 'Die PIN stimmt nicht. Versucht es noch einmal. Nach fünf falschen PINs in Folge gilt sie auf diesem Gerät nicht mehr.',
    en: 'The PIN is not right. Try again. After five wrong PINs in a row it counts no longer on this device.',
  },
  PIN_LOCKED: {
    de: 'Fünfmal war die PIN falsch. Darum gilt sie auf diesem Gerät nicht mehr. Bittet eure Leitung um eine neue Zugangskarte und wählt damit eine neue PIN.',
    en: 'The PIN was wrong five times. So it counts no longer on this device. Ask your manager for a new access card and choose a new PIN with it.',
  },
  WRONG_PASSWORD: {
    de: 'Das ist nicht euer bisheriges Passwort. Prüft es und versucht es noch einmal.',
    en: 'This is not your present password. Check it and try again.',
  },
  TOO_SHORT: {
    de: 'Das ist zu kurz. Bitte nehmt mindestens {limit} Zeichen.',
    en: 'This is too short. Please use {limit} characters at least.',
  },
  TOO_GUESSABLE: {
    de: 'Das ist leicht zu erraten. Nehmt zum Beispiel vier Wörter, die nichts miteinander zu tun haben.',
    en: 'This is easy to guess. Take four words, for example, that have nothing to do with each other.',
  },
  TOO_MANY_ATTEMPTS: {
    de: 'Das waren zu viele Versuche. Wartet {minutes} Minuten und versucht es dann noch einmal. Sofort geht es auf einem Gerät, auf dem ihr schon angemeldet wart, oder mit einer neuen Zugangskarte von eurer Leitung.',
    en: 'There were too many attempts. Wait {minutes} minutes and try again. It works at once on a device on which you were signed in before, or with a new access card from your manager.',
  },
  AI_REVIEW_REQUIRED: {
    de: 'Diesen Text hat KI mitgeschrieben. Ein Mensch muss ihn lesen und selbst absenden.',
    en: 'AI took part in this text. A person has to read it and send it in person.',
  },
  LAST_MANAGER: {
    de: 'Ohne Geschäftsführung oder Redaktion geht es nicht. Gebt diese Rolle vorher jemand anderem.',
    en: 'An organisation needs an executive or editor. Give that role to somebody else first.',
  },
  NAME_TAKEN: {
    de: 'Diesen Namen gibt es hier schon. Ergänzt ihn, zum Beispiel um einen Buchstaben.',
    en: 'This name is here already. Add to it, for example a letter.',
  },
  CHALLENGE_EXPIRED: {
    de: 'Das hat zu lange gedauert oder ist schon einmal angekommen. Fangt bitte noch einmal von vorn an.',
    en: 'This took too long, or has arrived before. Please begin again.',
  },
  PASSKEY_REFUSED: {
    de: 'Dieser Passkey gilt hier nicht oder nicht mehr. Meldet euch anders an und richtet unter „Konto“ einen neuen ein.',
    en: 'This passkey does not count here, or no longer. Sign in another way and set up a new one under “Account”.',
  },
  SHARED_DEVICE: {
    de: 'Dieses Gerät nutzt ihr gemeinsam. Macht das bitte auf einem Gerät, das nur ihr selbst benutzt.',
    en: 'Others use this device, too. Please do this on a device that only you use.',
  },
  LAST_WAY_TO_SIGN_IN: {
    de: 'Ohne diesen Passkey kämt ihr nicht mehr hinein. Richtet erst einen zweiten ein, dann könnt ihr diesen entfernen.',
    en: 'Without this passkey you could not get in any more. Set up a second one first, then remove this one.',
  },
  MANAGED_BY_PROVIDER: {
    de: 'Ihr seid über die Anmeldung eurer Organisation hier. Sie entscheidet, wer hineinkommt; ein eigener Passkey würde sie umgehen.',
    en: 'You came through the sign-in of your organisation. It decides who gets in; a passkey of your own would bypass it.',
  },
  SINGLE_SIGN_ON_UNKNOWN: {
    de: 'Mit dieser Adresse ist hier keine Anmeldung einer Organisation verbunden. Prüft die Schreibweise, oder meldet euch mit Karte, Passkey oder Benutzernamen an.',
    en: 'No sign-in of an organisation is connected to this address. Check the spelling, or sign in by card, passkey or user name.',
  },
  SINGLE_SIGN_ON_UNAVAILABLE: {
    de: 'Die Anmeldung eurer Organisation antwortet gerade nicht. Versucht es in ein paar Minuten noch einmal; bleibt es so, sagt es eurer IT.',
    en: 'The sign-in of your organisation does not answer at the moment. Try again in a few minutes; if it stays like this, tell your IT.',
  },
  SINGLE_SIGN_ON_REFUSED: {
    de: 'Die Anmeldung bei eurer Organisation hat nicht geklappt oder wurde abgebrochen. Fangt bitte noch einmal von vorn an.',
    en: 'Signing in with your organisation did not work or was cancelled. Please begin again.',
  },
  SINGLE_SIGN_ON_UNMAPPED: {
    de: 'Eure Organisation kennt euch, hat euch hier aber keine Rolle gegeben. Bittet eure IT, euch für „Netzwerkdiakonie“ freizuschalten.',
    en: 'Your organisation knows you but has given you no role here. Ask your IT to enable you for “Netzwerkdiakonie”.',
  },
  SINGLE_SIGN_ON_BEYOND: {
    de: 'Ihr habt auch eine Rolle bei einer anderen Organisation. Für beide zusammen genügt diese Anmeldung nicht: Bittet die Leitung dort um eine Zugangskarte.',
    en: 'You also have a role with another organisation. This sign-in is not enough for both: ask the management there for an access card.',
  },
}

/** The message for a fault, in the words of its language. */
export function messageFor(fault: Fault, language: MessageLanguage): string {
  return messages[fault.code][language].replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const word = fault.words?.[name] ?? ''
    return typeof word === 'object' ? word[language] : String(word)
  })
}

/** Codes that top-level errors carry in `extensions.code`: all there are. */
export type TopLevelCode =
  | 'BAD_REQUEST'
  | 'BAD_USER_INPUT'
  | 'FORBIDDEN_SCOPE'
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'INTERNAL'
  | 'LIMIT_EXCEEDED'
  | 'UNAUTHENTICATED'

/** The call needs somebody who is signed in, or a valid token. */
export function unauthenticated(): GraphQLError {
  return topLevelError(
    'UNAUTHENTICATED',
    'Sign in or send a valid token: this needs a member.',
    401,
  )
}

/** The token is valid but lacks a scope. */
export function forbiddenScope(scope: string): GraphQLError {
  return topLevelError('FORBIDDEN_SCOPE', `This needs a token with the scope ${scope}.`, 403)
}

/** An argument outside its bounds that no form would send. */
export function badUserInput(message: string): GraphQLError {
  return topLevelError('BAD_USER_INPUT', message)
}

/**
 * An error for the caller's eyes: its text reaches the client as it stands.
 *
 * @param status of the HTTP response, where it is not for GraphQL's own rules to choose
 */
export function topLevelError(code: TopLevelCode, message: string, status?: number): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...(status && { http: { status } }) } })
}
