import { password, people, post, postEntry } from './support/people.ts'
import { expect, test } from './support/test.ts'

// What strangers may try.

const nasty = [
  "/probleme?q='; drop table problem; --",
  '/probleme?q=%00',
  '/probleme?q=%F0%9F%98%80%E2%80%AE',
  `/probleme?q=${'a'.repeat(5000)}`,
  '/probleme?q=%22%20OR%20(((',
  '/probleme?q=a&q=b&q=c',
  '/probleme?after=x',
  '/probleme?after=%00%FF',
  `/probleme?after=${'A'.repeat(2000)}`,
  '/probleme?after=eyJpZCI6MX0',
  '/probleme?sortierung=__proto__',
  '/probleme?sortierung=constructor&status=toString',
  '/probleme?feld=nix&feld=../../etc/passwd',
  `/probleme?${Array.from({ length: 200 }, (_, i) => `feld=f${i}`).join('&')}`,
  '/probleme?traeger=x',
  '/probleme?traeger=%00',
  '/probleme?groesse=__proto__&verband=hasOwnProperty&kompetenz=valueOf',
  '/loesungen?art=hasOwnProperty&ohne-it=vielleicht',
  '/loesungen?after=AAAA&sortierung=klein-zuerst',
  '/loesungen?software=%27%27&groesse=-1',
  '/organisationen?art=%00&after=%00',
  '/organisationen?q=%25%25%25&verband=..',
  '/suche?q=%00',
  '/suche?q=%5C%5C%27%22%60&art=__proto__',
  '/suche?q=*%3A*%20%26%20!%20%3C-%3E',
  '/suche?q=Dienstplan&after=kaputt',
  '/probleme/%00',
  '/probleme/..%2F..%2Fetc%2Fpasswd',
  '/probleme/AAAAAAAAAAAAAAAAAAAAAAA',
  `/probleme/${'x'.repeat(4000)}`,
  '/probleme/%E0%A4%A',
  '/loesungen/constructor/verlauf',
  '/loesungen/neu?antwort=%00',
  '/organisationen/__proto__',
  '/probleme/neu?titel=%3Cscript%3Ealert(1)%3C/script%3E',
  '/anmelden?weiter=%00',
  '/en/probleme?after=x',
  '/%',
  '/__data.json',
  '/probleme/__data.json?x-sveltekit-invalidated=zz',
]

test('no address makes the product stumble', async ({ address, browserOf }) => {
  const { request } = await browserOf(people.editor)
  // Playwright would tidy some addresses up.
  const cookie = (await request.storageState()).cookies.map(({ name, value }) => `${name}=${value}`)
  for (const path of nasty)
    for (const headers of [{}, { cookie: cookie.join('; ') }]) {
      const response = await fetch(address + path, { headers, redirect: 'manual' })
      const text = await response.text()
      expect.soft(response.status, path).toBeLessThan(500)
      expect.soft(text, path).not.toMatch(/<script>alert|at .*\.(js|ts):\d+|select .* from/i)
    }
})

test('nor does a form with the wrong things in it', async ({ browserOf, address }) => {
  const { request } = await browserOf(people.editor)
  const path = await postEntry(request, address, '/probleme', { title: 'Robust' })
  const forms: [string, Record<string, string>][] = [
    ['/probleme/neu', {}],
    ['/probleme/neu', { title: 'x'.repeat(9000), fieldsOfWork: 'nix' }],
    ['/probleme/neu', { title: '\u0000', fieldsOfWork: 'child-daycare' }],
    [
      '/probleme/neu',
      { title: 'a', fieldsOfWork: 'child-daycare', visibility: '__proto__', aiShare: 'x' },
    ],
    [
      '/probleme/neu',
      { title: 'a', fieldsOfWork: 'child-daycare', idempotencyKey: 'k'.repeat(3000) },
    ],
    ['/loesungen/neu', { title: 'a', summary: 'b', kind: 'x', fieldsOfWork: '', answerId: '%' }],
    [`${path}/bearbeiten`, { title: 'a', fieldsOfWork: 'child-daycare', version: '-1e999' }],
    [`${path}/bearbeiten`, { title: 'a', fieldsOfWork: 'child-daycare', version: '999999999' }],
    [`${path}?/accept`, { answerId: '../..' }],
    [`${path}?/status`, { status: 'toString' }],
    [
      `${path}?/answer`,
      { type: 'LINK', body: 'b', solutionId: 'https://example.org/loesungen/%00' },
    ],
    [`${path}?/gibtesnicht`, {}],
    ['/freigaben?/problem', { id: 'x' }],
    ['/wechseln', { organisation: 'x', zurueck: '//example.org' }],
    ['/darstellung', { theme: 'neon', zurueck: 'https://example.org' }],
  ]
  for (const [target, form] of forms) {
    const response = await post(request, address, target, form)
    expect
      .soft(response.status(), `${target} ${JSON.stringify(form).slice(0, 80)}`)
      .toBeLessThan(500)
    expect.soft(response.headers()['location'] ?? '', target).not.toContain('example.org')
  }
})

test('forms of other sites are refused', async ({ browserOf, address }) => {
  const { request } = await browserOf(people.editor)
  const form = { title: 'Untergeschoben', fieldsOfWork: 'child-daycare' }
  for (const origin of [
    'https://evil.example',
    'null',
    address.replace('localhost', '127.0.0.1'),
  ]) {
    const headers = { origin, accept: 'text/html' }
    const response = await request.post('/probleme/neu', { form, headers, maxRedirects: 0 })
    expect(response.status(), origin).toBe(403)
  }
  const simple = { origin: 'https://evil.example', 'content-type': 'text/plain' }
  const query = JSON.stringify({ query: 'mutation { signOut { userErrors { code } } }' })
  const graphql = await request.post('/graphql', { headers: simple, data: query, maxRedirects: 0 })
  expect(graphql.status()).toBeGreaterThanOrEqual(400)
  expect((await request.get('/freigaben', { maxRedirects: 0 })).status()).toBe(200)
})

test('every page carries its safety headers', async ({ browserOf, address }) => {
  const { request } = await browserOf(people.editor)
  const own = await postEntry(request, address, '/probleme', { title: 'Kopfzeilen' })
  for (const path of [
    '/',
    '/probleme',
    '/probleme/neu',
    own,
    '/suche?q=a',
    '/gibt-es-nicht',
    '/api',
  ]) {
    const headers = (await request.get(path)).headers()
    const policy = new Map(
      (headers['content-security-policy'] ?? '').split(';').map((part) => {
        const [name = '', ...values] = part.trim().split(/\s+/)
        return [name, values] as const
      }),
    )
    const scripts = policy.get('script-src') ?? policy.get('default-src')
    expect(scripts, path).toContain("'self'")
    expect(headers['content-security-policy'], path).not.toMatch(/'unsafe-(inline|eval|hashes)'/)
    expect(policy.get('frame-ancestors'), path).toEqual(["'none'"])
    expect(policy.get('base-uri'), path).toEqual(["'none'"])
    expect(headers['x-content-type-options'], path).toBe('nosniff')
  }
  const cookies = (await request.storageState()).cookies
  expect(cookies.find(({ name }) => name === 'session')).toMatchObject({ httpOnly: true })
  // In a browser of its own: signing in ends the session that a browser comes with.
  const { request: fresh } = await browserOf()
  const signedIn = await post(fresh, address, '/anmelden', { userName: people.editor, password })
  const set = signedIn
    .headersArray()
    .find(({ name, value }) => name.toLowerCase() === 'set-cookie' && value.startsWith('session='))
  expect(set?.value).toMatch(/HttpOnly/i)
  expect(set?.value).toMatch(/SameSite=Lax/i)
})
