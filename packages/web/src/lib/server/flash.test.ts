import type { RequestEvent } from '@sveltejs/kit'
import { describe, expect, it } from 'vitest'
import { parseFlash, setFlash, takeFlash } from './flash.ts'

/** A browser's cookies, as far as these helpers use them. */
function browser(protocol = 'http') {
  const jar = new Map<string, string>()
  const cookies = {
    get: (name: string) => jar.get(name),
    set: (name: string, value: string) => jar.set(name, value),
    delete: (name: string) => jar.delete(name),
  }
  const event = { cookies, url: new URL(`${protocol}://host/`) } as unknown as RequestEvent
  return { event, jar }
}

describe('flash', () => {
  it('shows once', () => {
    const { event, jar } = browser()
    setFlash(event, 'Problem veröffentlicht')
    expect(takeFlash(event)).toEqual({ kind: 'success', text: 'Problem veröffentlicht' })
    expect(takeFlash(event)).toBeNull()
    expect(jar.size).toBe(0)
  })

  it.each(['', 'x', 'null', '[]', '{"kind":"success"}', '{"text":""}', '{"text":5}'])(
    'takes %j for no message',
    (value) => expect(parseFlash(value)).toBeNull(),
  )

  it('leads to a part of the page, and nowhere else', () => {
    const { event } = browser()
    const jump = { to: '#gefunden', label: 'Zu den Stellen' }
    setFlash(event, 'Gefunden', 'success', jump)
    expect(takeFlash(event)).toEqual({ kind: 'success', text: 'Gefunden', jump })
    for (const to of ['https://example.org', '/abmelden', '#a b', 'javascript:alert(1)', 5]) {
      const value = JSON.stringify({ text: 'a', jump: { to, label: 'b' } })
      expect(parseFlash(value)).toEqual({ kind: 'success', text: 'a' })
    }
  })

  it('knows no other kinds', () => {
    expect(parseFlash('{"kind":"evil","text":"a"}')).toEqual({ kind: 'success', text: 'a' })
  })
})
