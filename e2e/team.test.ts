import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { newWord, people, post } from './support/people.ts'
import { expect, test } from './support/test.ts'

// The people of an organisation: whoever manages it adds them, gives out cards and takes them out
// again, with and without script.

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const code = /[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{5}){2}-[0-9A-HJKMNP-TV-Z]/

/** Nothing that axe finds, nothing that sticks out. */
async function expectSound(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(rules).analyze()
  expect
    .soft(
      violations.map(({ id, nodes }) => [id, nodes[0]?.html]),
      where,
    )
    .toEqual([])
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect.soft(overflow, where).toBeLessThanOrEqual(0)
}

async function addPerson(page: Page, name: string, role = 'Fachkraft'): Promise<void> {
  await page.goto('/team/neu')
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('Rolle').selectOption({ label: role })
  await page.getByRole('button', { name: 'Hinzufügen und Karte ausgeben' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Karte für ${name}`)
}

async function openPerson(page: Page, name: string): Promise<void> {
  await page.goto(`/team?q=${name}`)
  await page.getByRole('link', { name, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    test('an editor adds a person, finds them and gives out a new card', async ({ pageOf }) => {
      const page = await pageOf(people.editor, { javaScriptEnabled })
      const name = newWord()
      await page.goto('/team/neu')
      await page.getByRole('button', { name: 'Hinzufügen und Karte ausgeben' }).click()
      await expect(page).toHaveTitle(/^Fehler: /)
      await expect(page.getByRole('link', { name: 'Gebt einen Namen ein.' })).toBeVisible()
      await addPerson(page, name)
      const first = await page.getByText(code).textContent()
      await page.goto('/team?karte=offen')
      await expect(page.getByRole('link', { name })).toBeVisible()
      await openPerson(page, name)
      await page.getByText('Neue Karte', { exact: true }).click()
      await page.getByRole('button', { name: 'Neue Karte ausgeben' }).click()
      await expect(page.getByText(code)).not.toHaveText(first ?? '')
    })

    test('a role is changed, access revoked, a person taken out with a hand-over', async ({
      pageOf,
    }) => {
      const page = await pageOf(people.editor, { javaScriptEnabled })
      const name = newWord()
      await addPerson(page, name)
      await openPerson(page, name)
      await page.getByRole('combobox', { name: 'Rolle' }).selectOption({ label: 'Ehrenamt' })
      await page.getByRole('textbox', { name: /^Einrichtung/ }).fill('Kita Igelbau')
      await page.getByRole('button', { name: 'Speichern' }).click()
      await expect(page.getByText('Gespeichert.')).toBeVisible()
      await expect(page.getByRole('definition').filter({ hasText: 'Ehrenamt' })).toBeVisible()
      await page.getByText('Geräte abmelden').click()
      await page.getByRole('button', { name: 'Jetzt abmelden' }).click()
      await expect(page.getByText('sind beendet')).toBeVisible()
      await page.getByText('Aus der Organisation nehmen').click()
      await page.getByRole('button', { name: `${name} herausnehmen` }).click()
      await expect(page.getByText('Die Person gehört nicht mehr dazu.')).toBeVisible()
      await page.goto(`/team?q=${name}`)
      await expect(page.getByText('Hier ist niemand')).toBeVisible()
    })

    test('a table of many: good rows become cards, bad rows come back to be mended', async ({
      pageOf,
    }) => {
      const page = await pageOf(people.editor, { javaScriptEnabled })
      const [one, two, three] = [newWord(), newWord(), newWord()]
      const table = `Einrichtung;Name;Rolle\r\nKita Größenwahn;${one};Erzieherin\r\nKita B;${two};Hausmeister\r\n;${three};Einrichtungsleitung\r\n`
      await page.goto('/team/karten')
      await page.getByLabel('Datei').setInputFiles({
        name: 'karten.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(table, 'latin1'),
      })
      await page.getByRole('button', { name: 'Karten ausgeben' }).click()
      await expect(page.getByText('2 Personen sind hinzugefügt.')).toBeVisible()
      await expect(page.getByRole('heading', { name: '2 Karten' })).toBeVisible()
      await expect(page.getByText(code)).toHaveCount(2)
      await expect(page.getByText('Kita Größenwahn').first()).toBeVisible()
      await expect(page.getByText('„Hausmeister“ gibt es hier nicht.')).toBeVisible()
      const field = page.getByLabel('Tabelle')
      await expect(field).toHaveValue(`Einrichtung; Name; Rolle\nKita B; ${two}; Hausmeister`)
      await field.fill(`Kita B; ${two}; IT`)
      await page.getByRole('button', { name: 'Karten ausgeben' }).click()
      await expect(page.getByText('Eine Person ist hinzugefügt.')).toBeVisible()
      // The same form, sent again by reloading: nobody is there twice.
      await page.reload()
      await page.goto(`/team?q=${two}`)
      await expect(page.getByRole('status').filter({ hasText: '1 Person' })).toBeVisible()
    })
  })
}

test('whoever manages nobody finds no such pages, and may leave', async ({ pageOf }) => {
  const page = await pageOf(people.educator)
  for (const path of ['/team', '/team/neu', '/team/karten', '/team/uebergaben', '/team/x']) {
    const response = await page.goto(path)
    expect([path, response?.status()]).toEqual([path, 404])
  }
  expect((await page.goto('/team/verlassen'))?.status()).toBe(200)
  const visitor = await pageOf()
  await visitor.goto('/team')
  await expect(visitor).toHaveURL(/anmelden/)
})

test('everybody reads what was done to their own access, and may leave from there', async ({
  pageOf,
}) => {
  const page = await pageOf(people.educator)
  await page.goto('/konto')
  await expect(
    page.getByRole('heading', { name: 'Was an eurem Zugang geändert wurde' }),
  ).toBeVisible()
  await page.getByRole('link', { name: 'Ich verlasse die Organisation' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Die Organisation verlassen')
  await expect(page.getByLabel('Wer kümmert sich um offene Beiträge?')).toBeHidden()
})

test('the last who manages is told to name a successor', async ({ pageOf }) => {
  const page = await pageOf(people.editor)
  await page.goto('/team/verlassen')
  await expect(page.getByLabel('Wer kümmert sich um offene Beiträge?')).toBeVisible()
  await page.getByRole('button', { name: 'Organisation verlassen' }).click()
  await expect(page.getByRole('alert')).toContainText('Ohne Geschäftsführung oder Redaktion')
})

test('a person of another organisation joins with a card', async ({ browserOf, pageOf }) => {
  const page = await pageOf(people.editor)
  await addPerson(page, newWord())
  const issued = (await page.getByText(code).textContent()) ?? ''
  // Signs in anew: the session of others must not change its organisation.
  const context = await browserOf()
  await post(context.request, await page.evaluate(() => location.origin), '/anmelden', {
    userName: 'mav.tannwerra',
    password: 'Willkommen-im-Netz',
  })
  const other = await context.newPage()
  await other.goto('/team/beitreten')
  await other.getByLabel('Code auf der Karte').fill('falsch')
  await other.getByRole('button', { name: 'Karte einlösen' }).click()
  await expect(other.getByRole('link', { name: /Dieser Code gilt nicht/ })).toBeVisible()
  await other.getByLabel('Code auf der Karte').fill(issued.toLowerCase())
  await other.getByRole('button', { name: 'Karte einlösen' }).click()
  await expect(other.getByText(/Ihr handelt jetzt für/)).toBeVisible()
})

for (const [width, colorScheme] of [
  [1280, 'light'],
  [390, 'dark'],
  [320, 'light'],
] as const) {
  test(`axe finds nothing at ${width} px, ${colorScheme}`, async ({ pageOf }) => {
    test.setTimeout(150_000)
    const viewport = { width, height: 844 }
    const page = await pageOf(people.editor, { viewport, colorScheme })
    await addPerson(page, newWord())
    await expectSound(page, 'card')
    await page.goto('/team')
    await expectSound(page, 'list')
    await page.goto('/team/neu')
    await page.getByRole('button', { name: 'Hinzufügen und Karte ausgeben' }).click()
    await expectSound(page, 'new-with-errors')
    await page.goto('/team')
    await page.getByRole('list', { name: 'Menschen' }).getByRole('link').first().click()
    for (const details of await page.locator('main details > summary').all()) await details.click()
    await expectSound(page, 'member')
    await page.goto('/team/karten')
    await expectSound(page, 'many')
    const rows = [1, 2, 3].map((n) => `Kita ${n};${newWord()};Fachkraft`)
    await page.getByLabel('Tabelle').fill([...rows, 'Kita 4;;Fachkraft'].join('\n'))
    await page.getByRole('button', { name: 'Karten ausgeben' }).click()
    await expect(page.getByText('3 Personen sind hinzugefügt.')).toBeVisible()
    await expectSound(page, 'many-result')
    for (const path of ['uebergaben', 'verlassen', 'beitreten']) {
      await page.goto(`/team/${path}`)
      await expectSound(page, path)
    }
  })
}
