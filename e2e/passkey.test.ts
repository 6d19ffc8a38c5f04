import type { Page } from '@playwright/test'
import { people } from './support/people.ts'
import { expect, test } from './support/test.ts'

/** Gives the browser of a page a built-in authenticator, as phones have. */
async function addAuthenticator(page: Page) {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return { devtools, authenticatorId }
}

async function signOut(page: Page): Promise<void> {
  await page.goto('/')
  await page.getByRole('banner').locator('summary').click()
  await page.getByRole('button', { name: 'Abmelden' }).click()
  await expect(page.getByText('Ihr seid abgemeldet.')).toBeVisible()
}

test('register, sign out, sign in, remove, and then no more', async ({ browserOf, address }) => {
  // A sign-in of its own: it ends here, and others share theirs.
  const page = await (await browserOf()).newPage()
  const { devtools, authenticatorId } = await addAuthenticator(page)
  await page.goto('/anmelden')
  await page.getByLabel('Benutzername').fill(people.nurse)
  await page.getByLabel('Passwort').fill('Willkommen-im-Netz')
  await page.getByRole('button', { name: 'Anmelden', exact: true }).click()
  await expect(page.getByText('Ihr seid angemeldet.')).toBeVisible()

  await page.goto('/konto')
  await page.getByRole('link', { name: 'Passkeys einrichten und entfernen' }).click()
  await page.getByLabel('Name des Passkeys').fill('Diensthandy')
  await page.getByRole('button', { name: 'Passkey einrichten' }).click()
  await expect(page.getByText('Der Passkey „Diensthandy“ ist eingerichtet.')).toBeVisible()
  await expect(page.getByText('Richtet einen zweiten Passkey ein')).toBeVisible()
  // The same device has one already.
  await page.getByRole('button', { name: 'Passkey einrichten' }).click()
  await expect(page.locator('[data-reasons]')).toContainText('schon einen Passkey')

  await signOut(page)
  await page.goto('/anmelden?weiter=/loesungen')
  let answer = ''
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/anmelden/passkey'))
      answer = request.postData() ?? ''
  })
  await page.getByRole('button', { name: 'Mit Passkey anmelden' }).click()
  await expect(page.getByText('Ihr seid angemeldet.')).toBeVisible()
  expect(new URL(page.url()).pathname).toBe('/loesungen')

  // What went over the line then opens nothing any more.
  const replay = await (
    await browserOf()
  ).request.post(`${address}/anmelden/passkey`, {
    headers: { origin: address, 'content-type': 'application/x-www-form-urlencoded' },
    data: answer,
    maxRedirects: 0,
  })
  expect(answer).toContain('response=')
  expect(replay.headers()['location']).toBe('/anmelden?weiter=%2Floesungen')
  expect(replay.headers()['set-cookie']).not.toContain('session=')

  await page.goto('/konto/passkeys')
  await page.getByText('Umbenennen').click()
  await page.locator('li').getByLabel('Name des Passkeys').fill('Handy')
  await page.getByRole('button', { name: 'Namen speichern' }).click()
  await expect(page.getByRole('heading', { name: 'Handy' })).toBeVisible()
  await page.getByRole('button', { name: 'Entfernen: Handy' }).click()
  await expect(page.getByText('Der Passkey ist entfernt.')).toBeVisible()

  await signOut(page)
  await page.goto('/anmelden')
  await page.getByRole('button', { name: 'Mit Passkey anmelden' }).click()
  await expect(page.getByText('Dieser Passkey gilt hier nicht oder nicht mehr.')).toBeVisible()

  // An authenticator that the person does not unlock.
  await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
  await page.getByRole('button', { name: 'Mit Passkey anmelden' }).click()
  await expect(page.locator('[data-reasons]')).toContainText(
    'abgebrochen oder hat zu lange gedauert',
  )
})

test('where the browser cannot do it, nothing offers it', async ({ browserOf }) => {
  const bare = await browserOf(people.editor, { javaScriptEnabled: false })
  const page = await bare.newPage()
  await page.goto('/anmelden')
  await expect(page.getByRole('button', { name: 'Mit Passkey anmelden' })).toBeHidden()
  await page.goto('/konto/passkeys')
  await expect(page.getByText('Hier lassen sich keine Passkeys einrichten')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Passkey einrichten' })).toBeHidden()

  const old = await (await browserOf()).newPage()
  await old.addInitScript(() => {
    Reflect.deleteProperty(globalThis, 'PublicKeyCredential')
  })
  await old.goto('/anmelden')
  await expect(old.getByRole('button', { name: 'Anmelden', exact: true })).toBeVisible()
  await expect(old.getByRole('button', { name: 'Mit Passkey anmelden' })).toBeHidden()
})
