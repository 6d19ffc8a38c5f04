import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const cipher = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/** Hands texts to strangers and takes them back unread and unchanged. */
export interface Seal {
  /** The text, encrypted and signed; by itself the same text looks different each time. */
  close(text: string): string
  /** The text again, or null if this instance never sealed it for this purpose. */
  open(sealed: string): string | null
}

/**
 * The key for one purpose.
 *
 * @param secret of the instance, shared by all replicas, so that each opens what the others sealed
 */
export function keyFor(secret: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', purpose, 32))
}

/**
 * Seals and opens texts with a key of `keyFor`.
 *
 * @param nonceOf gives at least 12 bytes that never come back with another text
 */
export function createSeal(
  key: Buffer,
  nonceOf: (text: string) => Buffer = () => randomBytes(nonceBytes),
): Seal {
  return {
    close(text) {
      const nonce = nonceOf(text).subarray(0, nonceBytes)
      const sealing = createCipheriv(cipher, key, nonce)
      const bytes = Buffer.concat([sealing.update(text), sealing.final()])
      return Buffer.concat([nonce, sealing.getAuthTag(), bytes]).toString('base64url')
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url')
      if (bytes.length <= nonceBytes + tagBytes) return null
      try {
        const opening = createDecipheriv(cipher, key, bytes.subarray(0, nonceBytes))
        opening.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
        return Buffer.concat([
          opening.update(bytes.subarray(nonceBytes + tagBytes)),
          opening.final(),
        ]).toString()
      } catch {
        return null
      }
    },
  }
}
