import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { BrowserContext, Page } from '@playwright/test'
import { startProduct } from './support/product.ts'
import { startProvider } from './support/provider.ts'
import { expect, test } from './support/test.ts'

const command = createRequire(import.meta.url).resolve(
  '@netzwerkdiakonie/server/src/single-sign-on.ts',
)

/** A product of its own, connected to a provider, as an operator does it. */
async function connect() {
  const folder = mkdtempSync(join(tmpdir(), 'netzwerkdiakonie-sso-'))
  const dataDir = join(folder, 'data')
  const product = await startProduct(dataDir)
  const people = {
    anna: { name: 'Anna Alt', organisation: 'o-seelgrund', roles: ['Leitung'] },
    gast: { name: 'Gast', organisation: 'o-seelgrund', roles: ['Gast'] },
  }
  const provider = await startProvider(`${product.address}/anmelden/zurueck`, people)
  const file = join(folder, 'anbieter.json')
  const settings = {
    ...provider.client,
    issuer: provider.issuer,
    organisation: 'o-seelgrund',
    domains: ['seelgrund.example'],
    scope: 'openid profile organisation',
    organisationClaim: 'organisation',
    roleClaim: 'roles',
    roles: { Leitung: 'MANAGER' },
  }
  writeFileSync(file, JSON.stringify(settings))
  const run = (...args: string[]) =>
    // Not spawnSync: the provider, which it asks, runs in this very process.
    promisify(execFile)(process.execPath, [command, ...args], {
      env: { ...process.env, DATA_DIR: dataDir },
    })
  const stop = async () => {
    await provider.close()
    await product.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 20 })
  }
  return { ...product, provider, run, file, stop }
}

/** The pages of the provider want fonts from elsewhere, which no test should wait for. */
async function browse(context: BrowserContext): Promise<Page> {
  await context.route('**/fonts.googleapis.com/**', (route) => route.abort())
  return context.newPage()
}

/** From the sign-in page to the form of the provider. */
async function leadToProvider(page: Page, address: string): Promise<void> {
  await page.goto(`${address}/anmelden?weiter=${encodeURIComponent('/probleme/neu')}`)
  await page.getByLabel('E-Mail-Adresse oder Domain').fill('Anna@seelgrund.example')
  await page.getByRole('button', { name: 'Weiter zu meiner Organisation' }).click()
}

/** The provider's own form, and its question whether it may tell us. */
async function signInThere(page: Page, issuer: string, login: string): Promise<void> {
  await page.waitForURL(`${issuer}/**`)
  await page.locator('input[name=login]').fill(login)
  await page.locator('input[name=password]').fill('irgendeins')
  await page.locator('button[type=submit]').click()
  await page.locator('button[type=submit]').click()
}

test('through the organisation’s own form, with and without JavaScript', async ({ browserOf }) => {
  test.setTimeout(240_000)
  const { address, provider, run, file, stop } = await connect()
  try {
    const connected = await run('connect', file)
    expect(connected.stderr).toBe('')
    expect(connected.stdout).toMatch(/^Verbunden: http.* für o-seelgrund \(seelgrund\.example\)\./)

    for (const javaScriptEnabled of [true, false]) {
      const context = await browserOf(undefined, { baseURL: address, javaScriptEnabled })
      const page = await browse(context)
      const refused: string[] = []
      page.on('console', (message) => {
        if (/Content Security Policy/i.test(message.text())) refused.push(message.text())
      })
      await leadToProvider(page, address)
      await signInThere(page, provider.issuer, 'anna')
      await page.waitForURL(`${address}/probleme/neu`)
      await expect(page.getByText('Ihr seid angemeldet.')).toBeVisible()
      await page.getByRole('banner').locator('summary').click()
      await expect(page.getByText('Angemeldet als Anna Alt')).toBeVisible()
      expect(refused.filter((text) => !text.includes('fonts.googleapis'))).toEqual([])
      const kept = (await context.cookies(address)).map(({ name }) => name)
      expect(kept).not.toContain('single-sign-on')

      // The same answer again opens nothing.
      await page.goBack()
      await page.goto(`${address}/anmelden/zurueck?code=x&state=y`)
      await expect(page.getByText('Fangt bitte noch einmal von vorn an.')).toBeVisible()
    }

    const guest = await browse(await browserOf(undefined, { baseURL: address }))
    await leadToProvider(guest, address)
    await signInThere(guest, provider.issuer, 'gast')
    await expect(guest.getByText('hat euch hier aber keine Rolle gegeben')).toBeVisible()

    await guest.getByLabel('E-Mail-Adresse oder Domain').fill('x@nirgends.example')
    await guest.getByRole('button', { name: 'Weiter zu meiner Organisation' }).click()
    await expect(guest.getByRole('alert')).toContainText(
      'keine Anmeldung einer Organisation verbunden',
    )
    await expect(guest.getByLabel('E-Mail-Adresse oder Domain')).toHaveValue('x@nirgends.example')

    // The provider goes down while somebody is there: we say so, and the rest of the product goes on.
    const unlucky = await browserOf(undefined, { baseURL: address })
    const cut = await browse(unlucky)
    await leadToProvider(cut, address)
    await cut.waitForURL(`${provider.issuer}/**`)
    await provider.close()
    const kept = (await unlucky.cookies(address)).find(({ name }) => name === 'single-sign-on')
    const { location } = JSON.parse(Buffer.from(kept?.value ?? '', 'base64url').toString())
    const answer = new URLSearchParams({
      code: 'x',
      state: new URL(location).searchParams.get('state') ?? '',
      iss: provider.issuer,
    })
    const told = await cut.goto(`${address}/anmelden/zurueck?${answer.toString()}`)
    expect(told?.status()).toBe(503)
    await expect(cut.getByText('antwortet gerade nicht')).toBeVisible()
    expect((await cut.goto(`${address}/probleme`))?.status()).toBe(200)

    expect((await run('list')).stdout).toContain('1 Personen')
    expect((await run('disable', provider.issuer)).stdout).toMatch(/^Ausgeschaltet/)
  } finally {
    await stop()
  }
})

test('nothing leads to another site than the provider', async ({ browserOf, address }) => {
  const context = await browserOf()
  const forged = (location: string, next: string) =>
    Buffer.from(JSON.stringify({ location, state: 'x', next })).toString('base64url')
  for (const location of ['javascript:alert(1)', 'data:text/html,x', '//evil.example', '']) {
    const cookie = `single-sign-on=${forged(location, '//evil.example')}`
    const page = await context.request.get(`${address}/anmelden/weiter`, {
      headers: { cookie },
      maxRedirects: 0,
    })
    expect(page.headers()['location']).toBe('/anmelden/organisation')
  }
  for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
    const page = await context.request.get(
      `${address}/anmelden/organisation?weiter=${encodeURIComponent(next)}`,
    )
    expect(await page.text()).toContain('name="weiter" value=""')
  }
})
