import type { RequestEvent } from '@sveltejs/kit'

const themeCookie = 'theme'
const oneYear = 60 * 60 * 24 * 365

/** The look that somebody chose; without a choice the device decides. */
export type Theme = 'light' | 'dark' | 'auto'

/** Reads a choice from a form or cookie; anything unknown means: as the device has it. */
export function parseTheme(value: unknown): Theme {
  return value === 'light' || value === 'dark' ? value : 'auto'
}

/** The look chosen in this browser. */
export function themeOf(event: Pick<RequestEvent, 'cookies'>): Theme {
  return parseTheme(event.cookies.get(themeCookie))
}

/** Remembers the choice for a year, or forgets it for `auto`. */
export function keepTheme(event: Pick<RequestEvent, 'cookies' | 'url'>, theme: Theme): void {
  const secure = event.url.protocol === 'https:'
  if (theme === 'auto') event.cookies.delete(themeCookie, { path: '/', secure })
  else {
    event.cookies.set(themeCookie, theme, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure,
      maxAge: oneYear,
    })
  }
}

/** The attribute on `<html>` that holds the choice against the device's own. */
export function themeAttribute(theme: Theme): string {
  return theme === 'auto' ? '' : `data-kern-theme="${theme}"`
}
