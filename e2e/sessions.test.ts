import { findSessionCookie, password, post } from './support/people.ts'
import { expect, test } from './support/test.ts'
import { startTlsProxy } from './support/tls.ts'

/** Nobody else's: what happens to their sessions must not reach another test. */
const owners = {
  withScript: 'datenschutz.ahlenbrook',
  withoutScript: 'leitung.harzlohe',
  password: 'mav.tannwerra',
  forms: 'redaktion.westertal',
  back: 'geschaeftsfuehrung.brunnfelde',
  https: 'referat.nordmark',
} as const

for (const javaScriptEnabled of [true, false])
  test(`where one is signed in, and out again, ${javaScriptEnabled ? 'with' : 'without'} script`, async ({
    browserOf,
    address,
  }) => {
    const phoneAgent =
      'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36'
    const userName = javaScriptEnabled ? owners.withScript : owners.withoutScript
    const here = await browserOf(undefined, { javaScriptEnabled })
    const phone = await browserOf(undefined, { userAgent: phoneAgent })
    const tablet = await browserOf()
    const page = await here.newPage()
    await page.goto('/anmelden')
    await page.getByLabel('Benutzername').fill(userName)
    await page.getByLabel('Passwort').fill(password)
    await page.getByRole('button', { name: 'Anmelden', exact: true }).click()
    for (const { request } of [phone, tablet])
      await post(request, address, '/anmelden', { userName, password })

    await page.getByRole('banner').locator('summary').click()
    await page.getByRole('link', { name: 'Mein Zugang' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mein Zugang')
    const sessions = page.getByRole('region', { name: 'Wo bin ich angemeldet?' })
    const items = sessions.getByRole('listitem')
    await expect(items).toHaveCount(3)
    await expect(items.first()).toContainText('Dieses Gerät')
    await expect(sessions).toContainText('Chrome auf Android')
    await expect(sessions).not.toContainText(/\d\d:\d\d/)

    await sessions.getByRole('button', { name: 'Abmelden: Chrome auf Android' }).click()
    await expect(page.getByText('Das Gerät ist abgemeldet.')).toBeVisible()
    await expect(items).toHaveCount(2)
    const isSignedIn = async ({ request }: typeof phone) =>
      (await request.get('/konto', { maxRedirects: 0 })).status() === 200
    expect([await isSignedIn(phone), await isSignedIn(tablet)]).toEqual([false, true])

    await sessions.getByRole('button', { name: 'Überall sonst abmelden' }).click()
    await expect(page.getByText('Überall sonst seid ihr jetzt abgemeldet.')).toBeVisible()
    await expect(items).toHaveCount(1)
    await expect(sessions.getByRole('button', { name: 'Überall sonst abmelden' })).toHaveCount(0)
    expect(await isSignedIn(tablet)).toBe(false)

    const [copied] = (await here.cookies()).filter(({ name }) => name === 'session')
    await sessions.getByRole('button', { name: 'Abmelden: dieses Gerät' }).click()
    await expect(page.getByText('Ihr seid abgemeldet.')).toBeVisible()
    await tablet.addCookies([copied!])
    expect(await isSignedIn(tablet)).toBe(false)
  })

test('after signing out, the way back shows nothing of what was there', async ({
  browserOf,
  address,
}) => {
  const context = await browserOf()
  await post(context.request, address, '/anmelden', { userName: owners.back, password })
  const page = await context.newPage()
  await page.goto('/konto')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mein Zugang')
  await page.getByRole('button', { name: 'Abmelden: dieses Gerät' }).click()
  await expect(page.getByText('Ihr seid abgemeldet.')).toBeVisible()
  await page.goBack()
  await expect(page).toHaveURL(/\/anmelden/)
})

test('a new password', async ({ browserOf, address }) => {
  const context = await browserOf(undefined, { javaScriptEnabled: false })
  const elsewhere = await browserOf()
  for (const { request } of [context, elsewhere])
    await post(request, address, '/anmelden', { userName: owners.password, password })
  const page = await context.newPage()
  await page.goto('/konto')
  const change = async (current: string, next: string) => {
    await page.getByLabel('Bisheriges Passwort').fill(current)
    await page.getByLabel('Neues Passwort').fill(next)
    await page.getByRole('button', { name: 'Passwort ändern' }).click()
  }
  await change('', '')
  await expect(page.getByRole('alert')).toContainText('Gebt euer bisheriges Passwort ein.')
  await change(password, 'passwort1234')
  await expect(page.getByRole('alert')).toContainText('leicht zu erraten')
  await expect(page.getByLabel('Neues Passwort')).toHaveAttribute('aria-invalid', 'true')
  await change('falsch', 'Hummel Kiosk Fahne Moos')
  await expect(page.getByRole('alert')).toContainText('Das ist nicht euer bisheriges Passwort')
  await change(password, 'Hummel Kiosk Fahne Moos')
  await expect(page.getByText('Euer Passwort ist geändert.')).toBeVisible()
  expect((await elsewhere.request.get('/konto', { maxRedirects: 0 })).status()).toBe(303)
  // The page for signing in promises the old one.
  await change('Hummel Kiosk Fahne Moos', password)
  await expect(page.getByText('Euer Passwort ist geändert.')).toBeVisible()
})

test('behind https the cookies belong to this host alone, and no other is looked at', async ({
  browserOf,
  address,
}) => {
  const proxy = await startTlsProxy(address)
  try {
    const context = await browserOf(undefined, {
      baseURL: proxy.address,
      ignoreHTTPSErrors: true,
    })
    const page = await context.newPage()
    await page.goto('/anmelden')
    await page.getByLabel('Benutzername').fill(owners.https)
    await page.getByLabel('Passwort').fill(password)
    await page.getByRole('button', { name: 'Anmelden', exact: true }).click()
    await expect(page.getByText('Ihr seid angemeldet.')).toBeVisible()
    const cookies = await context.cookies()
    const strict = {
      httpOnly: true,
      secure: true,
      sameSite: 'Lax',
      path: '/',
      // Without a leading dot: no sub-domain gets it.
      domain: 'localhost',
    }
    const byName = Object.fromEntries(cookies.map((cookie) => [cookie.name, cookie]))
    expect(byName['__Host-session']).toMatchObject(strict)
    expect(byName['__Host-known']).toMatchObject(strict)
    for (const cookie of cookies) expect(cookie).toMatchObject({ secure: true, httpOnly: true })
    expect(await page.evaluate(() => document.cookie)).toBe('')

    const { value } = byName['__Host-session']!
    await context.clearCookies({ name: '__Host-session' })
    await context.addCookies([{ name: 'session', value, url: proxy.address }])
    await page.goto('/konto')
    await expect(page).toHaveURL(/\/anmelden/)
    const viewer = await context.request.post('/graphql', {
      data: { query: '{ viewer { kind } }' },
    })
    expect(await viewer.json()).toEqual({ data: { viewer: { kind: 'VISITOR' } } })
  } finally {
    proxy.close()
  }
})

test('no request of another site is followed', async ({ browserOf, address }) => {
  const context = await browserOf(undefined)
  const { request } = context
  await post(request, address, '/anmelden', { userName: owners.forms, password })
  const other = await browserOf()
  await post(other.request, address, '/anmelden', { userName: owners.forms, password })
  const cookie = `session=${await findSessionCookie(context, address)}`
  const elsewhere = new URL(address)
  elsewhere.port = '1'
  const types = [
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    'application/json',
    'application/octet-stream',
    undefined,
  ]
  let sent = 0
  for (const path of ['/abmelden', '/konto?/endOtherSessions', '/anmelden', '/graphql'])
    for (const origin of ['https://evil.example', 'null', elsewhere.origin, undefined])
      for (const type of types) {
        // The API is open to other systems: it refuses what a browser sends without asking first.
        const isSimple = !/json|octet/.test(type ?? '')
        if (path === '/graphql' && (!isSimple || type === undefined)) continue
        const response = await fetch(address + path, {
          method: 'POST',
          redirect: 'manual',
          headers: {
            cookie,
            accept: 'text/html',
            ...(origin && { origin }),
            ...(type && { 'content-type': type }),
          },
          body: new TextEncoder().encode('{"query":"mutation { signOut { viewer { kind } } }"}'),
        })
        sent += 1
        expect(response.status, `${path} ${origin} ${type}`).toBeGreaterThanOrEqual(400)
        expect(response.headers.get('set-cookie'), path).toBeNull()
      }
  expect(sent).toBeGreaterThan(80)
  for (const { request: alive } of [context, other])
    expect((await alive.get('/konto', { maxRedirects: 0 })).status()).toBe(200)
})
