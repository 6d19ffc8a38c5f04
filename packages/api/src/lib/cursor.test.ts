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

  it('lets nothing of it be read', () => {
    const cursor = cursors.seal(values)
    expect(cursor).toMatch(/^[\w-]+$/)
    for (const form of [cursor, Buffer.from(cursor, 'base64url').toString('latin1')])
      for (const value of ['2026', '10:11', 'Stra']) expect(form).not.toContain(value)
  })

  it('is the same for the same values, in any replica, so that answers can be compared', () => {
    expect(createCursors(secret).seal(values)).toBe(cursors.seal(values))
  })

  it('shares nothing with that of other values, however little they differ', () => {
    const others = [
      [...values, ''],
      ['2026-11-22 10:11:12.131416+00', 'Straße', ''],
      ['', '', ''],
    ]
    const nonces = [values, ...others].map((each) => cursors.seal(each).slice(0, 16))
    expect(new Set(nonces).size).toBe(nonces.length)
    const blocks = (each: string[]) => cursors.seal(each).slice(38).match(/.{6}/g) ?? []
    const own = new Set(blocks(values))
    for (const other of others) expect(blocks(other).filter((part) => own.has(part))).toEqual([])
  })

  it('cannot be made to match by who knows another secret', () => {
    expect(createCursors(randomBytes(32)).seal(values).slice(0, 16)).not.toBe(
      cursors.seal(values).slice(0, 16),
    )
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
