import { createHmac } from 'node:crypto'
import { keyFor } from '#lib/seal.ts'

/** Turns what must not be readable, even by who reads the database, into something to compare. */
export type KeyedHash = (purpose: string, text: string) => Buffer

/**
 * HMAC-SHA256 under a key that nobody but this instance has: without it, addresses and user names
 * could be guessed from their hashes. Each purpose has hashes of its own.
 *
 * @param secret shared by all replicas, so that their hashes are equal
 */
export function createKeyedHash(secret: Buffer): KeyedHash {
  const key = keyFor(secret, 'keyed hash')
  return (purpose, text) =>
    createHmac('sha256', key)
      .update(JSON.stringify([purpose, text]))
      .digest()
}
