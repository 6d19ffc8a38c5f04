import type { RequestEvent } from '@sveltejs/kit'
import { returnPath } from '#lib/server/return-path.ts'

const cookie = 'single-sign-on'
const tenMinutes = 60 * 10

/** A sign-in that goes on at the organisation's own provider. */
export interface PendingSignIn {
  /** Where the browser goes. */
  location: string
  /** Sealed by the API, which wants it back. */
  state: string
  /** Path to come back to in the end; '' for the start page. */
  next: string
}

/** Keeps it in this browser: nobody finishes it in another. */
export function keepPending(event: RequestEvent, pending: PendingSignIn): void {
  const value = Buffer.from(JSON.stringify(pending)).toString('base64url')
  event.cookies.set(cookie, value, { ...options(event), maxAge: tenMinutes })
}

/** What was kept, or null. */
export function readPending(event: RequestEvent): PendingSignIn | null {
  try {
    const text = Buffer.from(event.cookies.get(cookie) ?? '', 'base64url').toString()
    const { location, state, next } = JSON.parse(text) as Partial<Record<string, unknown>>
    if (typeof location !== 'string' || typeof state !== 'string') return null
    // Nothing that a browser would run instead of going there.
    if (!/^https?:$/.test(URL.parse(location)?.protocol ?? '')) return null
    return { location, state, next: returnPath(next, '') }
  } catch {
    return null
  }
}

/** Forgets it: it counts once. */
export function dropPending(event: RequestEvent): void {
  event.cookies.delete(cookie, options(event))
}

function options(event: RequestEvent) {
  return {
    path: '/',
    httpOnly: true,
    // The provider sends the browser back from another site.
    sameSite: 'lax',
    secure: event.url.protocol === 'https:',
  } as const
}
