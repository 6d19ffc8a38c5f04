import { argon2, createHmac, randomInt } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)

/** Crockford's base32: no letter that could be read as a digit. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const codeLength = 14

/** A new code of a card without its check character: 70 random bits. */
export function newCardCode(): string {
  return Array.from({ length: codeLength }, () => alphabet[randomInt(alphabet.length)]).join('')
}

/** The code as a card shows it: in groups that can be read aloud, with its check character. */
export function formatCardCode(code: string): string {
  return [code.slice(0, 4), code.slice(4, 9), code.slice(9), checkCharacter(code)].join('-')
}

/**
 * The code behind what somebody typed, forgiving about case, blanks, hyphens and characters that
 * look alike; null if the check character does not fit, so that a slip of the finger never counts
 * as a guess.
 */
export function parseCardCode(typed: string): string | null {
  const text = typed
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll(/[IL]/g, '1')
    .replaceAll('O', '0')
  const code = text.slice(0, codeLength)
  const isWhole = text.length === codeLength + 1 && !text.includes('U')
  return isWhole && checkCharacter(code) === text.at(-1) ? code : null
}

/**
 * What is stored of a code. It must be found by the code alone, so the salt is the same for all
 * cards of this database; it follows from the secret of the instance. Argon2id, as for passwords.
 */
export async function hashCardCode(code: string, instanceSecret: Buffer): Promise<Buffer> {
  const keyFor = (purpose: string) => createHmac('sha256', instanceSecret).update(purpose).digest()
  return derive('argon2id', {
    memory: 19_456,
    passes: 2,
    parallelism: 1,
    nonce: keyFor('salt of access cards'),
    secret: keyFor('key of access cards'),
    message: code,
    tagLength: 32,
  })
}

/**
 * A digit of a code over GF(32), each place weighted by another power of the generator: finds every
 * wrong character and every swap of two neighbours.
 */
function checkCharacter(code: string): string {
  let sum = 0
  for (const character of code) sum = timesGenerator(sum ^ alphabet.indexOf(character))
  return alphabet[sum] ?? ''
}

/** Multiplies by x in GF(2⁵) modulo x⁵ + x² + 1. */
function timesGenerator(value: number): number {
  return value & 0b10000 ? ((value << 1) ^ 0b100101) & 0b11111 : value << 1
}
