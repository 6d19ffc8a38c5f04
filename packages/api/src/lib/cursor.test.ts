import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createCursors } from '#lib/cursor.ts'

const secret = randomBytes(32)
const cursors = createCursors(secret)
const values = ['2026-11-22 10:11:12.131415+00', 'Straße', '']

describe('a cursor', () => {
  it('opens to what it was sealed from, also in another replica', () => {
    for (const each of [values, [], ['a'.repeat(10_000)]])
      expect(createCursors(secret).open(cursors.seal(each))).toEqual(each)
  })

  it('lets nothing of it be read, nor be compared', () => {
    const cursor = cursors.seal(values)
    expect(cursor).toMatch(/^[\w-]+$/)
    for (const form of [cursor, Buffer.from(cursor, 'base64url').toString('latin1')])
      for (const value of ['2026', '10:11', 'Stra']) expect(form).not.toContain(value)
    expect(cursors.seal(values)).not.toBe(cursor)
  })

  it('does not open with another secret', () => {
    expect(createCursors(randomBytes(32)).open(cursors.seal(values))).toBeNull()
  })

  it('does not open after any byte of it was changed', () => {
    const bytes = Buffer.from(cursors.seal(values), 'base64url')
    for (let index = 0; index < bytes.length; index++) {
      const tampered = Buffer.from(bytes)
      tampered[index] = tampered[index]! ^ 1
      expect(cursors.open(tampered.toString('base64url'))).toBeNull()
    }
  })

  it.each([
    '',
    'x',
    'nonsense',
    '{}',
    'WyJhIl0',
    'A'.repeat(37),
    'A'.repeat(38),
    '\u{1F600}',
    '0'.repeat(5_000),
  ])('is not %j', (text) => {
    expect(cursors.open(text)).toBeNull()
  })

  it('does not open when it is cut', () => {
    const cursor = cursors.seal(values)
    for (let length = 0; length < cursor.length - 1; length++)
      expect(cursors.open(cursor.slice(0, length))).toBeNull()
  })
})
