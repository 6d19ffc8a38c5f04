import type { APIRequestContext, BrowserContext } from '@playwright/test'

/** Password of all accounts of the demo content, as the sign-in page shows it. */
export const password = 'Willkommen-im-Netz'

/** Accounts of the demo content, by what they are good for here. */
export const people = {
  /** Asks in the stories; may not release. */
  educator: 'erzieherin.seelgrund',
  /** Releases for the same organisation. */
  editor: 'redaktion.seelgrund',
  /** Of an organisation in the same association. */
  volunteer: 'ehrenamt.morgenrade',
  /** Of another organisation in the same association. */
  nurse: 'pflege.silberquell',
  /** Of an organisation in another association. */
  stranger: 'it.hasselbruch',
} as const

const sessions = new Map<string, string>()

/**
 * Signs a browser in; each person signs in once, later browsers get the same session. A test that
 * ends sessions, or signs such a browser in again, takes a person of its own.
 */
export async function signIn(
  context: BrowserContext,
  address: string,
  userName: string,
): Promise<void> {
  const key = `${address} ${userName}`
  const known = sessions.get(key)
  if (known) {
    await context.addCookies([{ name: 'session', value: known, url: address, httpOnly: true }])
    return
  }
  await post(context.request, address, '/anmelden', { userName, password })
  sessions.set(key, await findSessionCookie(context, address))
  await context.clearCookies({ name: 'flash' })
}

/** The secret of the session in a browser that is signed in. */
export async function findSessionCookie(context: BrowserContext, address: string): Promise<string> {
  const cookie = (await context.cookies(address)).find(({ name }) => name === 'session')
  if (!cookie) throw new Error('Nobody is signed in')
  return cookie.value
}

/** Sends a form as a browser without script does, without following the redirect. */
export function post(
  request: APIRequestContext,
  address: string,
  path: string,
  form: Record<string, string>,
) {
  const headers = { origin: address, accept: 'text/html' }
  return request.post(address + path, { form, headers, maxRedirects: 0 })
}

/** Posts an entry by the form of its page and gives its path. */
export async function postEntry(
  request: APIRequestContext,
  address: string,
  path: '/probleme' | '/loesungen',
  values: { title: string; visibility?: string } & Record<string, string>,
): Promise<string> {
  const standard = { fieldsOfWork: 'child-daycare', summary: 'Kurz gesagt.', kind: 'PROCESS' }
  const send = (more: Record<string, string>) =>
    post(request, address, `${path}/neu`, { ...standard, ...values, ...more })
  let response = await send({})
  if (response.status() === 200) {
    // The form shows what is there already; tests post much that is alike, and mean it.
    const [, similarShown] = /name="similarShown" value="([^"]+)"/.exec(await response.text()) ?? []
    if (similarShown) response = await send({ similarShown })
  }
  const { location } = response.headers()
  if (response.status() !== 303 || !location) throw new Error(await response.text())
  return new URL(location, address).pathname
}

/** A word that occurs nowhere else, so that a search for it finds one story alone. */
export function newWord(): string {
  const letters = crypto.getRandomValues(new Uint8Array(12))
  return `zq${Array.from(letters, (byte) => String.fromCharCode(97 + (byte % 26))).join('')}`
}
