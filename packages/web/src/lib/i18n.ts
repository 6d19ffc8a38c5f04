import {
  defineCustomClientStrategy,
  getLocale,
  type Locale,
} from '#lib/__generated__/paraglide/runtime.js'

export { m } from '#lib/__generated__/paraglide/messages.js'
export { getLocale, type Locale }

// In the browser the language is the one that the server wrote the page in.
defineCustomClientStrategy('custom-path', {
  getLocale: () => (typeof document === 'undefined' ? undefined : document.documentElement.lang),
  setLocale: () => {},
})

/** The language that a path asks for. */
export function localeOf(path: string): Locale {
  return withoutLocale(path) === path ? 'de' : 'en'
}

/** Path of a page in the language of the page that is being shown; `path` is the German one. */
export function href(path: string, locale: Locale = getLocale()): string {
  if (locale === 'de') return path
  return path === '/' ? `/${locale}` : `/${locale}${path}`
}

/** The German path behind a path of any language. */
export function withoutLocale(path: string): string {
  const match = /^\/en(?=[/?#]|$)(.*)$/s.exec(path)
  if (!match) return path
  const rest = match[1] ?? ''
  return rest.startsWith('/') ? rest : `/${rest}`
}

/** The address of a page, as `page.url` and `event.url` both give it. */
export interface PageUrl {
  pathname: string
  searchParams: { entries(): IterableIterator<[string, string]>; get(name: string): string | null }
}

/** Path and query of a page, without the names of form actions, to come back to after a detour. */
export function pathOf(url: PageUrl): string {
  const kept = [...url.searchParams.entries()].filter(([key]) => !key.startsWith('/'))
  const query = new URLSearchParams(kept).toString()
  return query ? `${url.pathname}?${query}` : url.pathname
}

/** A day such as 2026-11-22 in words: „22. November 2026“. */
export function formatDay(day: string, locale: Locale = getLocale()): string {
  return new Intl.DateTimeFormat(locale === 'de' ? 'de-DE' : 'en-GB', {
    dateStyle: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`))
}

/** A number with the separators of the page's language. */
export function formatNumber(value: number, locale: Locale = getLocale()): string {
  return new Intl.NumberFormat(locale === 'de' ? 'de-DE' : 'en-GB').format(value)
}
