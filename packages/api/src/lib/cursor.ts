import { createHmac } from 'node:crypto'
import { createSeal, keyFor } from '#lib/seal.ts'

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
  const nonceKey = keyFor(secret, 'cursor nonce')
  const { close, open } = createSeal(keyFor(secret, 'cursor'), (text) =>
    createHmac('sha256', nonceKey).update(text).digest(),
  )
  return {
    seal: (values) => close(JSON.stringify(values)),
    open(cursor) {
      const text = open(cursor)
      return text === null ? null : (JSON.parse(text) as string[])
    },
  }
}
