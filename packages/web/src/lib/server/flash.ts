import type { RequestEvent } from '@sveltejs/kit'

const flashCookie = 'flash'
const oneMinute = 60

/** What a page says once about what was done just before. */
export interface FlashMessage {
  kind: 'success' | 'info' | 'warning'
  text: string
  /** Leads to a part of that page. */
  jump?: { to: string; label: string }
}

/** Leads nowhere but to a part of the page itself. */
const partOfPage = /^#[\w-]{1,50}$/

/** Leaves a message for the page that comes next, usually after a redirect. */
export function setFlash(
  event: Pick<RequestEvent, 'cookies' | 'url'>,
  text: string,
  kind: FlashMessage['kind'] = 'success',
  jump?: FlashMessage['jump'],
): void {
  event.cookies.set(flashCookie, JSON.stringify({ kind, text: text.slice(0, 500), jump }), {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: event.url.protocol === 'https:',
    maxAge: oneMinute,
  })
}

/** Takes the message that was left, so that it shows once; null where there is none. */
export function takeFlash(event: Pick<RequestEvent, 'cookies' | 'url'>): FlashMessage | null {
  const value = event.cookies.get(flashCookie)
  if (!value) return null
  event.cookies.delete(flashCookie, { path: '/', secure: event.url.protocol === 'https:' })
  return parseFlash(value)
}

/** Reads the cookie's value; whatever is not ours counts as no message. */
export function parseFlash(value: string): FlashMessage | null {
  try {
    const parsed: unknown = JSON.parse(value)
    if (typeof parsed !== 'object' || parsed === null) return null
    const { kind, text, jump } = parsed as Record<string, unknown>
    if (typeof text !== 'string' || !text) return null
    const message: FlashMessage = {
      kind: kind === 'info' || kind === 'warning' ? kind : 'success',
      text,
    }
    return isJump(jump) ? { ...message, jump: { to: jump.to, label: jump.label } } : message
  } catch {
    return null
  }
}

function isJump(value: unknown): value is NonNullable<FlashMessage['jump']> {
  if (typeof value !== 'object' || value === null) return false
  const { to, label } = value as Record<string, unknown>
  return typeof to === 'string' && partOfPage.test(to) && typeof label === 'string'
}
