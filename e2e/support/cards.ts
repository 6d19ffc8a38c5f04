import { findRunningPostgres } from '@netzwerkdiakonie/postgres'
import type { Page } from '@playwright/test'
import { Client } from 'pg'

/** Has an editor add a person on the page for it, and gives the code on the card. */
export async function issueCard(editor: Page, displayName: string): Promise<string> {
  await editor.goto('/team/neu')
  await editor.locator('[name=displayName]').fill(displayName)
  await editor.locator('[name=role]').selectOption('PRACTITIONER')
  await editor.locator('main').getByRole('button').first().click()
  return (await editor.locator('article .code').innerText()).trim()
}

/** Redeems a card on the page of a browser, in no time. */
export async function redeemCard(
  page: Page,
  code: string,
  { pin, isShared }: { pin: string; isShared: boolean },
): Promise<void> {
  await page.goto(`/karte?code=${code}`)
  await page.getByLabel('PIN aus sechs Ziffern').fill(pin)
  await page.getByLabel('PIN noch einmal').fill(pin)
  await page.getByRole('radio', { name: isShared ? /mehrere/ : /eigenes/ }).check()
  await page.getByRole('button', { name: 'PIN speichern und loslegen' }).click()
  await page.getByText('Geschafft: Ihr seid angemeldet.').waitFor()
}

/** Lets minutes pass for all sessions on shared devices. */
export async function letPass(minutes: number): Promise<void> {
  const postgres = findRunningPostgres(process.env['E2E_DATA_DIR'] ?? '')
  const client = new Client({ connectionString: postgres?.url })
  await client.connect()
  await client.query(
    `update auth_session set idle_expires_at = idle_expires_at - make_interval(mins => $1)
     where is_shared_device`,
    [minutes],
  )
  await client.end()
}
