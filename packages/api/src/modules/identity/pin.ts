import { createHmac } from 'node:crypto'
import type { Fault } from '#api/errors.ts'

/** The last of so many wrong PINs in a row ends the PIN of a person on a device. */
export const pinsUntilLocked = 5

/** Why a PIN is too easy to guess. */
type PinWeakness = 'DATE' | 'PATTERN' | 'COMMON'

/** Whether a text is a PIN at all: six digits. */
export function isPin(text: string): boolean {
  return /^\d{6}$/.test(text)
}

/** Why others would guess this PIN within a few attempts; null if they would not. */
function weaknessOf(pin: string): PinWeakness | null {
  if (patterns.some((isPattern) => isPattern(pin))) return 'PATTERN'
  if (commonPins.has(pin)) return 'COMMON'
  return looksLikeDate(pin) ? 'DATE' : null
}

/** What is wrong with a PIN that somebody chooses; null if nothing is. */
export function pinFault(pin: string, path: string[]): Fault | null {
  if (!isPin(pin)) return { code: 'PIN_MALFORMED', path }
  const weakness = weaknessOf(pin)
  return weakness && { code: 'PIN_TOO_EASY', path, words: { reason: reasons[weakness] } }
}

/**
 * What a PIN is hashed with, besides its salt: the secret of the device, which no database holds.
 * So nobody can try the million PINs on a stolen database.
 */
export function pinSecret(instanceSecret: Buffer, deviceSecret: string): Buffer {
  return createHmac('sha256', instanceSecret).update(`PIN on ${deviceSecret}`).digest()
}

const reasons = {
  DATE: {
    de: 'Sie sieht aus wie ein Datum, etwa ein Geburtstag.',
    en: 'It looks like a date, such as a birthday.',
  },
  PATTERN: {
    de: 'Ihre Ziffern folgen einem einfachen Muster.',
    en: 'Its digits follow a simple pattern.',
  },
  COMMON: {
    de: 'Sehr viele Menschen nehmen genau diese.',
    en: 'Very many people use exactly this one.',
  },
} satisfies Record<PinWeakness, { de: string; en: string }>

/**
 * PINs that people choose most when they may choose freely, as far as no rule below finds them:
 * the first of Markert et al., “This PIN Can Be Easily Guessed” (2020), walks over the keypad, and
 * numbers that everybody knows.
 */
const commonPins = new Set(
  `102030 112358 123098 123450 123465 123654 124578 135790 142536 142857 147258 147369 147852 147896
  159357 159487 159753 159951 163254 235689 246800 246810 246813 253614 258369 258456 258741 258963
  271828 314159 321654 321987 357159 357951 362514 369147 369258 369852 369963 374159 386945 415926
  420247 456123 456321 456852 520131 520134 524163 654123 654789 654987 668899 741258 741852 741963
  753159 753951 789123 789321 789456 789654 852147 852369 852456 852741 852963 886688 890098 951357
  951753 963258 963741 963852 987123 987456 998877 999888`.split(/\s+/),
)

const patterns: ((pin: string) => boolean)[] = [
  // 000000, 121212, 123123, 112112
  (pin) => pin === pin.slice(0, 1).repeat(6),
  (pin) => pin === pin.slice(0, 2).repeat(3),
  (pin) => pin === pin.slice(0, 3).repeat(2),
  // 112233, 111222
  (pin) => /^(.)\1(.)\2(.)\3$/.test(pin),
  (pin) => /^(.)\1\1(.)\2\2$/.test(pin),
  // 123321
  (pin) => pin === pin.split('').reverse().join(''),
  // 100000, 777778, 122222
  (pin) => new Set(pin).size === 2 && /(.)\1{4}/.test(pin),
  // 123456, 987654, 890123, 135791, 505050 and other even steps around the clock of ten digits
  (pin) => {
    const steps = pin
      .split('')
      .slice(1)
      .map((digit, index) => (10 + Number(digit) - Number(pin[index])) % 10)
    return new Set(steps).size === 1
  },
]

/** Birthdays and their like: DDMMYY, MMDDYY, YYMMDD, MMYYYY, YYYYMM. */
function looksLikeDate(pin: string): boolean {
  const [a, b, c] = [pin.slice(0, 2), pin.slice(2, 4), pin.slice(4)].map(Number) as [
    number,
    number,
    number,
  ]
  const isDay = (day: number) => day >= 1 && day <= 31
  const isMonth = (month: number) => month >= 1 && month <= 12
  const isYear = (year: number) => year >= 1920 && year <= 2039
  return (
    (isDay(a) && isMonth(b)) ||
    (isMonth(a) && isDay(b)) ||
    (isMonth(b) && isDay(c)) ||
    (isMonth(a) && isYear(b * 100 + c)) ||
    (isYear(a * 100 + b) && isMonth(c))
  )
}
