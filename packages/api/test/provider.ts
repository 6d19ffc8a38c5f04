import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

/** Claims of the people whom a provider knows, by what they type into its form. */
export type People = Record<string, Record<string, unknown>>

/** A real OpenID provider on a port of this machine. */
export interface RunningProvider {
  issuer: string
  /** May be changed while it runs. */
  people: People
  close(): Promise<void>
}

/** Who we are to it. */
export const clientCredentials = {
  clientId: 'netzwerkdiakonie',
  clientSecret: 'Geheimnis+/%: ?',
}

/** Starts a provider that sends people back to an address. */
export async function startProvider(
  people: People,
  redirectUri = 'http://localhost/anmelden/zurueck',
): Promise<RunningProvider> {
  const server = createServer()
  const issuer = await listen(server)
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientCredentials.clientId,
        client_secret: clientCredentials.clientSecret,
        redirect_uris: [redirectUri],
      },
    ],
    scopes: ['openid', 'profile', 'organisation'],
    claims: { openid: ['sub'], profile: ['name'], organisation: ['organisation', 'roles'] },
    findAccount: (_, accountId) => ({
      accountId,
      claims: () => ({ sub: accountId, ...people[accountId] }),
    }),
    cookies: { keys: ['a key of the test'] },
  })
  const answer = provider.callback()
  server.on('request', (request, response) => void answer(request, response))
  return { issuer, people, close: () => close(server) }
}

/** Listens on any free port and gives the address. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Stops listening, and does not wait for browsers that keep their connections. */
export async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}

/**
 * Signs somebody in by the provider's own pages, as a browser does: login, consent, and all redirects.
 *
 * @returns the query with which the browser is sent back
 */
export async function signInAtProvider(location: string, login: string): Promise<string> {
  const cookies = new Map<string, string>()
  let url = new URL(location)
  const home = url.origin
  let form: URLSearchParams | null = null
  for (let step = 0; step < 20; step++) {
    const response: Response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: form }),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      cookies.set(name, value)
    }
    form = null
    const next = response.headers.get('location')
    if (next) {
      url = new URL(next, url)
      if (url.origin !== home) return url.search.slice(1)
      continue
    }
    const page = await response.text()
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1]
    const action = /action="([^"]+)"/.exec(page)?.[1]
    if (!prompt || !action) throw new Error(`${response.status} ${page.slice(0, 500)}`)
    url = new URL(action, url)
    form = new URLSearchParams({ prompt, login, password: 'any' })
  }
  throw new Error('The provider never sent the browser back')
}
