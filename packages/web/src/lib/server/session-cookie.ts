import type { RequestEvent } from '@sveltejs/kit'

type Cookies = Pick<RequestEvent, 'cookies' | 'url'>

const oneDay = 60 * 60 * 24

/** Cookies that hold secrets, and how many seconds a browser keeps each. */
const secrets = {
  /** The session. */
  session: 30 * oneDay,
  /** By what the device is recognised at the next sign-in; it opens nothing. */
  known: 365 * oneDay,
  /** By which the device proves that PINs count on it; longer no browser keeps anything. */
  device: 400 * oneDay,
} as const

type Secret = keyof typeof secrets

/**
 * The prefix makes browsers take the cookie from this very host alone, over https alone. Behind https
 * a cookie without it is not looked at: another host of the same domain could have set it. On plain
 * http, where the product is tried out, browsers refuse the prefix.
 */
function nameOf({ url }: Cookies, secret: Secret): string {
  return url.protocol === 'https:' ? `__Host-${secret}` : secret
}

function keep(event: Cookies, secret: Secret, value: string): void {
  event.cookies.set(nameOf(event, secret), value, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: event.url.protocol === 'https:',
    maxAge: secrets[secret],
  })
}

/** Keeps the secret of a new session in the browser, out of reach of scripts. */
export function keepSession(event: Cookies, token: string): void {
  keep(event, 'session', token)
}

/** The secret of the session that the browser shows, if any. */
export function sessionOf(event: Cookies): string | undefined {
  return event.cookies.get(nameOf(event, 'session')) || undefined
}

/** Forgets the session in this browser. */
export function dropSession(event: Cookies): void {
  event.cookies.delete(nameOf(event, 'session'), {
    path: '/',
    secure: event.url.protocol === 'https:',
  })
}

/** Keeps what this device is recognised by, also after signing out. */
export function keepDevice(event: Cookies, token: string): void {
  keep(event, 'known', token)
}

/** Keeps the secret of a device on which somebody has a PIN. */
export function keepDeviceSecret(event: Cookies, secret: string): void {
  keep(event, 'device', secret)
}

/** The secret of the device, if anybody has a PIN on it. */
export function deviceSecretOf(event: Cookies): string | undefined {
  return event.cookies.get(nameOf(event, 'device')) || undefined
}

const sharedMark = 'shared'

/** Remembers on the device whether several people use it; no secret, and nothing depends on it but drafts. */
export function markShared(event: Cookies, isShared: boolean): void {
  const options = {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: event.url.protocol === 'https:',
  } as const
  if (isShared) event.cookies.set(sharedMark, '1', { ...options, maxAge: secrets.device })
  else event.cookies.delete(sharedMark, options)
}

/** Whether several people use this device. */
export function isMarkedShared({ cookies }: Cookies): boolean {
  return cookies.get(sharedMark) === '1'
}

/** The secrets that the browser shows, as a header for the API. */
export function cookieHeader(event: Cookies): string | null {
  const shown = (Object.keys(secrets) as Secret[]).flatMap((secret) => {
    const name = nameOf(event, secret)
    const value = event.cookies.get(name)
    return value ? [`${name}=${encodeURIComponent(value)}`] : []
  })
  return shown.length > 0 ? shown.join('; ') : null
}
