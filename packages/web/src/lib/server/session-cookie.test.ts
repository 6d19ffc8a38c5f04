import { describe, expect, it } from 'vitest'
import { cookieHeader, dropSession, keepDevice, keepSession, sessionOf } from './session-cookie.ts'

type Event = Parameters<typeof keepSession>[0]

/** A browser's cookies, and with which attributes each was set. */
function browser(protocol: 'http' | 'https', shown: Record<string, string> = {}) {
  const jar = new Map(Object.entries(shown))
  const attributes: Record<string, unknown> = {}
  const cookies = {
    get: (name: string) => jar.get(name),
    set: (name: string, value: string, set: unknown) => {
      jar.set(name, value)
      attributes[name] = set
    },
    delete: (name: string) => jar.delete(name),
  }
  const event = { cookies, url: new URL(`${protocol}://host/`) } as unknown as Event
  return { event, jar, attributes }
}

describe('session cookies', () => {
  it('belong to this host alone behind https', () => {
    const { event, attributes } = browser('https')
    keepSession(event, 'a')
    keepDevice(event, 'b')
    const strict = { path: '/', httpOnly: true, sameSite: 'lax', secure: true }
    expect(attributes).toEqual({
      '__Host-session': { ...strict, maxAge: 2_592_000 },
      '__Host-known': { ...strict, maxAge: 31_536_000 },
    })
    expect(cookieHeader(event)).toBe('__Host-session=a; __Host-known=b')
    dropSession(event)
    expect(cookieHeader(event)).toBe('__Host-known=b')
  })

  it('have no prefix on plain http, where browsers refuse it', () => {
    const { event, attributes } = browser('http')
    keepSession(event, 'a')
    expect(Object.keys(attributes)).toEqual(['session'])
    expect(attributes['session']).toMatchObject({ httpOnly: true, secure: false })
    expect(sessionOf(event)).toBe('a')
  })

  it('without the prefix are not looked at behind https', () => {
    const { event } = browser('https', { session: 'planted', known: 'planted' })
    expect(sessionOf(event)).toBeUndefined()
    expect(cookieHeader(event)).toBeNull()
  })
})
