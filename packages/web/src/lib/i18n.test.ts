import { describe, expect, it } from 'vitest'
import { formatDay, href, localeOf, pathOf, withoutLocale } from './i18n.ts'

describe('addresses of two languages', () => {
  it.each([
    ['/', '/en'],
    ['/probleme', '/en/probleme'],
    ['/suche?q=a', '/en/suche?q=a'],
  ])('%s in English is %s, and back', (german, english) => {
    expect(href(german, 'en')).toBe(english)
    expect(href(german, 'de')).toBe(german)
    expect(withoutLocale(english)).toBe(german)
    expect([localeOf(german), localeOf(english)]).toEqual(['de', 'en'])
  })

  it.each([
    ['/en/', '/'],
    ['/en?q=a', '/?q=a'],
    ['/energie', '/energie'],
    ['/entwurf/en', '/entwurf/en'],
  ])('%s is %s without language', (path, german) => expect(withoutLocale(path)).toBe(german))
})

describe('pathOf', () => {
  it('drops the names of form actions and keeps the rest', () => {
    expect(pathOf(new URL('http://h/probleme/neu?/post&feld=a&feld=b'))).toBe(
      '/probleme/neu?feld=a&feld=b',
    )
    expect(pathOf(new URL('http://h/probleme'))).toBe('/probleme')
  })
})

describe('formatDay', () => {
  it('writes the month as a word', () => {
    expect(formatDay('2026-11-22', 'de')).toBe('22. November 2026')
    expect(formatDay('2026-11-22', 'en')).toBe('22 November 2026')
  })
})
