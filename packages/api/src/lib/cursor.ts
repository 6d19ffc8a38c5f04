import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

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
 * @param secret shared by all replicas, so that each opens the cursors of the others
 */
export function createCursors(secret: Buffer): Cursors {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'cursor', 32))
  return {
    seal(values) {
      const nonce = randomBytes(nonceBytes)
      const sealing = createCipheriv(cipher, key, nonce)
      const text = Buffer.concat([sealing.update(JSON.stringify(values)), sealing.final()])
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
