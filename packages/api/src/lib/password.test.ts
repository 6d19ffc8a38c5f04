import { describe, expect, it } from 'vitest'
import { hashPassword, verifyPassword } from '#lib/password.ts'

describe('a password', () => {
  it('is hashed with Argon2id at the cost that OWASP recommends, and a salt of its own', async () => {
    const hashes = [await hashPassword('geheim'), await hashPassword('geheim')]
    for (const hash of hashes)
      expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
    expect(hashes[0]).not.toBe(hashes[1])
  })

  it.each(['geheim', 'Größe 10 € \u{1F511}', ' mit Rand ', '', 'x'.repeat(200)])(
    '%j is recognised, and nothing else is',
    async (password) => {
      const hash = await hashPassword(password)
      expect(await verifyPassword(password, hash)).toBe(true)
      for (const other of [`${password} `, `${password}x`, password.toUpperCase() + '!'])
        expect(await verifyPassword(other, hash)).toBe(false)
    },
  )

  it('is recognised at the cost that its hash names, so that the cost can be raised', async () => {
    const cheap =
      '$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$dCV/5c2LxG1/Jdchxkk2+1Rv03iY2xXFBRFtmnWmo+M'
    expect(await verifyPassword('geheim', cheap)).toBe(true)
    expect(await verifyPassword('geheimer', cheap)).toBe(false)
  })

  it.each([
    '',
    'geheim',
    '$argon2i$v=19$m=64,t=1,p=1$c2FsdA$aGFzaA',
    '$2b$10$abcdefghijklmnopqrstuv',
  ])('never fits %j', async (hash) => {
    expect(await verifyPassword('geheim', hash)).toBe(false)
  })
})
