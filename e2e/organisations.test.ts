import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContextOptions, Page } from '@playwright/test'
import { postAnyway } from './support/posting.ts'
import { newWord } from './support/people.ts'
import { expect, test } from './support/test.ts'

// Organisations and associations settle who belongs where and who acts for whom, by forms alone.

const executive = 'geschaeftsfuehrung.silberquell'
const association = 'redaktion.nordmark'
const withoutScript = 'without script, on a phone'

// Many pages, one after the other.
test.setTimeout(180_000)

/** What axe finds wrong with the page as it stands. */
async function findBarriers(page: Page): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect.soft(overflow, 'scrolls sideways').toBeLessThanOrEqual(0)
  // axe is a script itself.
  if (test.info().titlePath.includes(withoutScript)) return
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(tags).analyze()
  expect.soft(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
}

/** Opens the page of an organisation by its name in the directory. */
async function openOrganisation(page: Page, name: string): Promise<string> {
  await page.goto(`/organisationen?q=${encodeURIComponent(name)}`)
  await page.getByRole('heading').getByRole('link', { name }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name)
  return new URL(page.url()).pathname
}

const cases: [string, BrowserContextOptions][] = [
  ['with script', { viewport: { width: 1280, height: 900 } }],
  [withoutScript, { javaScriptEnabled: false, viewport: { width: 390, height: 844 } }],
]

for (const [name, options] of cases)
  test.describe(name, () => {
    test('an organisation says what it does, and is found by that', async ({ pageOf }) => {
      const page = await pageOf(executive, options)
      const path = await openOrganisation(page, 'Silberquell')
      await page.getByRole('link', { name: 'Angaben ändern' }).click()
      await findBarriers(page)
      const word = newWord()
      await page.getByLabel('Was macht ihr?').fill(`Wir pflegen daheim. ${word}`)
      await page.getByLabel('Website').fill('javascript:alert(1)')
      await page.getByRole('button', { name: 'Angaben speichern' }).click()
      await expect(page.getByRole('alert')).toContainText('keine Adresse einer Website')
      await expect(page.getByLabel('Was macht ihr?')).toHaveValue(new RegExp(word))
      await findBarriers(page)
      await page.getByLabel('Website').fill('www.beispiel.de')
      await page.getByRole('button', { name: 'Angaben speichern' }).click()
      await expect(page.getByText('Eure Angaben sind gespeichert.')).toBeVisible()
      const visitor = await pageOf(undefined, options)
      await visitor.goto(path)
      await expect(visitor.getByText(word)).toBeVisible()
      await expect(visitor.getByRole('link', { name: 'https://www.beispiel.de/' })).toBeVisible()
      await findBarriers(visitor)
      await visitor.goto('/organisationen?feld=elder-care')
      await expect(visitor.getByRole('main')).toContainText('Silberquell')
      await visitor.goto('/organisationen?feld=migration.language')
      await expect(visitor.getByRole('main')).not.toContainText('Silberquell')
    })

    test('an organisation lists its units', async ({ pageOf }) => {
      const page = await pageOf(executive, options)
      await openOrganisation(page, 'Silberquell')
      await page.getByRole('link', { name: 'Einrichtungen pflegen' }).click()
      const unit = `Haus ${newWord()}`
      const add = page.getByRole('region', { name: 'Einrichtung, Dienst oder Team eintragen' })
      await add.getByRole('button', { name: 'Eintragen' }).click()
      await expect(page.getByRole('alert')).toBeVisible()
      await add.getByLabel('Name').fill(unit)
      await add.getByRole('button', { name: 'Eintragen' }).click()
      await expect(page.getByText('Ist eingetragen.')).toBeVisible()
      await findBarriers(page)
      await page.getByText(`Ändern: ${unit}`).click()
      await page.getByRole('button', { name: `Entfernen: ${unit}` }).click()
      await expect(page.getByText('Ist entfernt.')).toBeVisible()
      await expect(page.getByText(unit)).toHaveCount(0)
    })

    test('an association invites, and decides who answers for a member', async ({ pageOf }) => {
      const page = await pageOf(association, options)
      await page.goto('/verband/einladen')
      await findBarriers(page)
      await page.getByRole('button', { name: 'Einladen' }).click()
      await expect(page.getByRole('alert')).toContainText('Wählt eine Datei')
      const house = `Haus ${newWord()}`
      await page.getByLabel('Datei (CSV)').setInputFiles({
        name: 'mitglieder.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(
          `\uFEFFName;Sitz;Art;Person\r\n${house};Westertal;Träger;Ute Beispiel\r\n;x;;y\r\n`,
        ),
      })
      await page.getByRole('button', { name: 'Einladen' }).click()
      await expect(page.getByRole('status').filter({ hasText: 'eingeladen' })).toHaveText(
        '1 eingeladen, 0 schon da, 1 mit Fehlern',
      )
      const card = page.getByRole('article').filter({ hasText: 'Zugangskarte für Ute Beispiel' })
      await expect(card.getByRole('img', { name: 'QR-Code der Zugangskarte' })).toBeVisible()
      await expect(page.getByLabel('Oder die Liste hier einfügen')).toHaveValue(
        'Name;Sitz;Art;Person\n;x;;y',
      )
      await findBarriers(page)

      const claimant = await pageOf(undefined, options)
      await openOrganisation(claimant, house)
      await claimant.getByRole('link', { name: 'Das sind wir' }).click()
      await findBarriers(claimant)
      await claimant.getByLabel('Wer steht für die Organisation gerade?').fill('Otto Oben')
      await claimant.getByRole('button', { name: 'Antrag absenden' }).click()
      await expect(claimant.getByRole('alert')).toBeVisible()
      await expect(claimant.getByLabel('Wer steht')).toHaveValue('Otto Oben')
      await claimant.getByLabel('Als was?').fill('Vorstand')
      await claimant.getByLabel('Wie erreicht euch').fill('0555 123')
      await claimant.getByRole('button', { name: 'Antrag absenden' }).click()
      await expect(claimant.getByText('Noch nicht entschieden')).toBeVisible()
      await findBarriers(claimant)

      await page.goto('/verband')
      const claim = page.getByRole('listitem').filter({ hasText: house }).first()
      await expect(claim).toContainText('0555 123')
      await findBarriers(page)
      await claim.getByText('Ablehnen …').click()
      await claim.getByRole('button', { name: /Ablehnen:/ }).click()
      await expect(page.getByRole('alert')).toBeVisible()
      await page
        .getByRole('listitem')
        .filter({ hasText: house })
        .first()
        .getByRole('button', { name: /Bestätigen:/ })
        .click()
      await expect(page.getByRole('heading', { name: 'Zugangskarte für Otto Oben' })).toBeVisible()
      await findBarriers(page)
      await claimant.reload()
      await expect(claimant.getByText('Bestätigt', { exact: true })).toBeVisible()
    })

    test('an organisation lets its association act, and ends that at once', async ({ pageOf }) => {
      const page = await pageOf(executive, options)
      const path = await openOrganisation(page, 'Silberquell')
      await page.getByRole('link', { name: 'Verbände und Aufträge' }).click()
      await findBarriers(page)
      await page.getByRole('link', { name: 'Einem Verband einen Auftrag geben' }).click()
      await findBarriers(page)
      await page.getByLabel('Welcher Verband?').selectOption({ label: 'Diakonie Nordmark (Demo)' })
      await page.getByRole('button', { name: 'Auftrag geben' }).click()
      await expect(page.getByRole('alert')).toContainText('Wählt einen Tag')
      await findBarriers(page)
      const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format()
      await page.getByLabel('Bis zu welchem Tag?').fill(today)
      await page.getByLabel('Wir haben gelesen').check()
      await page.getByRole('button', { name: 'Auftrag geben' }).click()
      await expect(page.getByText('Der Verband kann jetzt für euch handeln.')).toBeVisible()

      const advisor = await pageOf('referat.nordmark', options)
      await advisor.goto('/')
      await advisor.getByRole('banner').locator('summary').click()
      await advisor.getByRole('button', { name: /Silberquell.*im Auftrag/ }).click()
      await advisor.goto('/probleme/neu')
      await advisor.getByLabel('Was ist das Problem?').fill(`Im Auftrag gefragt ${newWord()}`)
      await advisor.getByLabel('In welchem Arbeitsfeld?').selectOption('elder-care')
      await postAnyway(
        advisor,
        advisor.getByText('eingestellt von Diakonie Nordmark (Demo) im Auftrag'),
      )

      await page.goto(`${path}/verbaende`)
      await page.getByRole('button', { name: /Auftrag beenden: Diakonie Nordmark/ }).click()
      await expect(page.getByText('Der Auftrag ist beendet.')).toBeVisible()
      await advisor.goto('/')
      await advisor.getByRole('banner').locator('summary').click()
      await expect(advisor.getByRole('button', { name: /Silberquell/ })).toHaveCount(0)
    })
  })
