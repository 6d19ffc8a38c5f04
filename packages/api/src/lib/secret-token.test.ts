import { describe, expect, it } from 'vitest'
import { hashToken, isApiToken, newApiToken, newSessionToken } from '#lib/secret-token.ts'

const many = <Item>(make: () => Item) => Array.from({ length: 200 }, make)

describe('an API token', () => {
  it('has the prefix that secret scanners look for, and is never the same', () => {
    const tokens = many(newApiToken)
    for (const token of tokens) {
      expect(token).toMatch(/^nwd_[0-9a-f]{48}$/)
      expect(isApiToken(token)).toBe(true)
    }
    expect(new Set(tokens).size).toBe(tokens.length)
  })

  it('with any one character mistyped is none', () => {
    const token = newApiToken()
    for (let index = 0; index < token.length; index++) {
      const other = token[index] === '0' ? '1' : '0'
      expect(isApiToken(token.slice(0, index) + other + token.slice(index + 1))).toBe(false)
    }
  })

  it('keeps its checksum for ever: this one was given out', () => {
    expect(isApiToken(`nwd_${'0'.repeat(40)}963fbb8e`)).toBe(true)
    expect(isApiToken(`nwd_${'0'.repeat(48)}`)).toBe(false)
  })

  it.each([
    '',
    'nwd_',
    newApiToken().slice(4),
    ` ${newApiToken()}`,
    `${newApiToken()}\n`,
    newApiToken().toUpperCase(),
    newSessionToken(),
  ])('is not %j', (text) => {
    expect(isApiToken(text)).toBe(false)
  })
})

describe('a session token', () => {
  it('has 256 bits, fits into a cookie, and is never the same', () => {
    const tokens = many(newSessionToken)
    for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/)
    expect(new Set(tokens).size).toBe(tokens.length)
  })
})

describe('what is stored', () => {
  it('is the SHA-256 of the secret', () => {
    expect(hashToken('abc').toString('hex')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
  })
})
