import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)

/** OWASP's first recommendation for Argon2id: 19 MiB, two passes, one lane. Memory in KiB. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 }

/**
 * Hashes a password with Argon2id into a PHC string that carries salt and cost.
 *
 * @param secret without which the password cannot even be guessed; not in the result
 */
export async function hashPassword(password: string, secret?: Buffer): Promise<string> {
  const nonce = randomBytes(16)
  const tag = await derive('argon2id', {
    ...cost,
    nonce,
    message: password,
    tagLength: 32,
    ...(secret && { secret }),
  })
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${phcBase64(nonce)}$${phcBase64(tag)}`
}

/**
 * Whether a password belongs to a PHC string made by `hashPassword` with the same secret; takes as
 * long either way.
 */
export async function verifyPassword(
  password: string,
  phc: string,
  secret?: Buffer,
): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(phc)
  if (!parts) return false
  const [memory, passes, parallelism] = parts.slice(1, 4).map(Number) as [number, number, number]
  const nonce = Buffer.from(parts[4] ?? '', 'base64')
  const expected = Buffer.from(parts[5] ?? '', 'base64')
  const tag = await derive('argon2id', {
    memory,
    passes,
    parallelism,
    nonce,
    message: password,
    tagLength: expected.length,
    ...(secret && { secret }),
  })
  return timingSafeEqual(tag, expected)
}

function phcBase64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '')
}
