import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto'

const cipher = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/** Seals and opens the cursors of all lists. */
export interface Cursors {
  /** An opaque cursor for the sort values of a row. */
  seal(values: string[]): string
  /** The sort values in a cursor, or null if this instance never gave it out. */
  open(cursor: string): string[] | null
}

/**
 * Cursors hold the sort values of the last row, so that reading on works while rows come and go.
 * They are encrypted because those values tell the exact time of a contribution, which nobody may learn.
 *
 * The nonce is derived from the text (a synthetic initialisation vector, as in RFC 5297 and RFC 8452)
 * instead of drawn: the same row in the same order has the same cursor, so that two answers can be
 * compared byte by byte. All that this tells is that two cursors stand for the same row, which whoever
 * holds both sees anyway. A nonce comes back only with the same text, which is what the cipher needs;
 * it is an HMAC under a key of its own, so that it says nothing about the text either.
 *
 * @param secret shared by all replicas, so that each opens the cursors of the others
 */
export function createCursors(secret: Buffer): Cursors {
  const deriveKey = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', purpose, 32))
  const key = deriveKey('cursor')
  const nonceKey = deriveKey('cursor nonce')
  return {
    seal(values) {
      const plain = JSON.stringify(values)
      const nonce = createHmac('sha256', nonceKey).update(plain).digest().subarray(0, nonceBytes)
      const sealing = createCipheriv(cipher, key, nonce)
      const text = Buffer.concat([sealing.update(plain), sealing.final()])
      return Buffer.concat([nonce, sealing.getAuthTag(), text]).toString('base64url')
    },
    open(cursor) {
      const bytes = Buffer.from(cursor, 'base64url')
      if (bytes.length <= nonceBytes + tagBytes) return null
      try {
        const opening = createDecipheriv(cipher, key, bytes.subarray(0, nonceBytes))
        opening.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
        const text = Buffer.concat([
          opening.update(bytes.subarray(nonceBytes + tagBytes)),
          opening.final(),
        ])
        return JSON.parse(text.toString()) as string[]
      } catch {
        return null
      }
    },
  }
}
