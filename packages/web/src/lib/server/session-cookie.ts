import type { RequestEvent } from '@sveltejs/kit'

/** Name of the cookie that holds the secret of the session. */
export const sessionCookie = 'session'

const thirtyDays = 60 * 60 * 24 * 30

/** Keeps the secret of a new session in the browser, out of reach of scripts. */
export function keepSession(event: RequestEvent, token: string): void {
  event.cookies.set(sessionCookie, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    // Trying the product out on plain http must work; behind https the cookie never leaves it.
    secure: event.url.protocol === 'https:',
    maxAge: thirtyDays,
  })
}

/** Forgets the session in this browser. */
export function dropSession(event: RequestEvent): void {
  event.cookies.delete(sessionCookie, { path: '/', secure: event.url.protocol === 'https:' })
}
