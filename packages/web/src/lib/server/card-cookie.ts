import type { RequestEvent } from '@sveltejs/kit'

type Cookies = Pick<RequestEvent, 'cookies' | 'url'>

/** Long enough to choose a PIN. */
const tenMinutes = 600

const name = 'card'

const options = ({ url }: Cookies) => ({
  path: '/',
  httpOnly: true,
  sameSite: 'lax' as const,
  secure: url.protocol === 'https:',
})

/** Keeps the code of a card out of the address, from where it would get into history and logs. */
export function keepCardCode(event: Cookies, code: string): void {
  event.cookies.set(name, code.slice(0, 40), { ...options(event), maxAge: tenMinutes })
}

/** The code of the card that somebody has just scanned or typed. */
export function cardCodeOf({ cookies }: Cookies): string | undefined {
  return cookies.get(name) || undefined
}

/** Forgets the card: it was redeemed, or is the wrong one. */
export function dropCardCode(event: Cookies): void {
  event.cookies.delete(name, options(event))
}
