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
 * @param secret shared by all replicas, so that each opens the cursors of the others
 */
export function createCursors(secret: Buffer): Cursors {
  const { close, open } = createSeal(keyFor(secret, 'cursor'))
  return {
    seal: (values) => close(JSON.stringify(values)),
    open(cursor) {
      const text = open(cursor)
      return text === null ? null : (JSON.parse(text) as string[])
    },
  }
}
