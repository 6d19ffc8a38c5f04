import { issueCard, redeemCard } from './support/cards.ts'
import { people } from './support/people.ts'
import { expect, test } from './support/test.ts'

test('everybody can read and print what is stored about employees', async ({ pageOf }) => {
  const page = await pageOf(undefined, { javaScriptEnabled: false })
  await page.goto('/')
  await page.getByRole('contentinfo').getByRole('link', { name: 'MAV-Blatt' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('MAV-Blatt')
  await expect(page.getByText('Kein „zuletzt gesehen“')).toBeVisible()
  const sessions = page.getByRole('table', { name: 'Anmeldungen' })
  await expect(sessions.getByRole('rowheader', { name: 'Gerät', exact: true })).toBeVisible()

  const printed = await page.pdf({ format: 'A4' })
  expect(printed.length).toBeGreaterThan(10_000)
})

test('everybody gets all of their own data, to read and as a file', async ({ pageOf }) => {
  const page = await pageOf(people.nurse, { javaScriptEnabled: false })
  await page.goto('/meine-daten')
  await expect(page.getByRole('main').getByText(people.nurse)).toBeVisible()

  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Als Datei herunterladen' }).click()
  const file = await (await download).createReadStream()
  const data = JSON.parse((await file.toArray()).join('')) as Record<string, unknown[]>
  expect(data['Account']).toMatchObject([{ userName: people.nurse }])
  expect(data['AuthSession']?.length).toBeGreaterThan(0)
  expect(JSON.stringify(data)).not.toContain(people.editor)
  expect(JSON.stringify(data)).not.toContain('argon2')
})

test('nobody reads them without being signed in', async ({ pageOf }) => {
  const page = await pageOf()
  for (const path of ['/meine-daten', '/meine-daten/json']) {
    await page.goto(path)
    await expect(page).toHaveURL(/\/anmelden\?weiter=/)
  }
})

test('an account is gone as soon as its owner wants it', async ({ pageOf }) => {
  // A person of their own: others need theirs for other tests.
  const manager = await pageOf(people.editor, { javaScriptEnabled: false })
  const code = await issueCard(manager, 'Lea geht wieder')
  const page = await pageOf(undefined, { javaScriptEnabled: false })
  await redeemCard(page, code, { pin: '583920', isShared: false })
  await page.goto('/meine-daten')
  await expect(page.getByRole('main').getByText('Lea geht wieder').first()).toBeVisible()
  await page.getByRole('link', { name: 'Konto löschen' }).click()
  await page.getByRole('button', { name: 'Konto jetzt löschen' }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await page.getByRole('checkbox', { name: 'Ja, mein Konto soll gelöscht werden.' }).check()
  await page.getByRole('button', { name: 'Konto jetzt löschen' }).click()
  await expect(page.getByText('Euer Konto ist gelöscht.')).toBeVisible()
  await page.goto('/anmelden')
  await expect(page.getByText('Lea geht wieder')).toHaveCount(0)
  await manager.goto('/team')
  await expect(manager.getByText('Lea geht wieder')).toHaveCount(0)
})
