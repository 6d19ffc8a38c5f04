import { expectNoBarriers } from './support/barriers.ts'
import { newWord, people } from './support/people.ts'
import { postAnyway } from './support/posting.ts'
import { expect, test } from './support/test.ts'

// What the network knows stands there at once, and nobody takes it for what a person says.

for (const javaScriptEnabled of [true, false])
  test(`a new problem shows what was found, ${javaScriptEnabled ? 'with' : 'without'} script`, async ({
    pageOf,
  }) => {
    const options = { javaScriptEnabled, viewport: { width: 390, height: 844 } }
    const page = await pageOf(people.editor, options)
    await page.goto('/probleme/neu')
    await page
      .getByLabel('Was ist das Problem?')
      .fill(`Der Dienstplan bricht bei Krankmeldungen am Morgen zusammen ${newWord()}`)
    await page.getByLabel('In welchem Arbeitsfeld?').selectOption('elder-care')
    await postAnyway(page, page.getByText('Euer Problem ist veröffentlicht.'))
    const path = new URL(page.url()).pathname

    const found = page.getByRole('region', { name: 'Vom Netzwerk gefunden, noch keine Antwort' })
    await page.getByRole('link', { name: /gefundenen Stelle/ }).click()
    await expect(found).toBeInViewport()
    await expect(found).toContainText('Kein Mensch hat sie ausgesucht.')
    await expect(found).toContainText(/Ein Mensch antwortet bis \d+\. \p{L}+ \d{4}\./u)
    const first = found.getByRole('listitem').first()
    await expect(first).toContainText('Warum:')
    // It stands above the answers, and counts as none.
    await expect(page.getByText('0 Antworten')).toBeVisible()
    const [above, below] = await Promise.all([
      found.boundingBox(),
      page.getByRole('heading', { name: 'Antworten', exact: true }).boundingBox(),
    ])
    expect(above?.y).toBeLessThan(below?.y ?? 0)
    if (javaScriptEnabled) await expectNoBarriers(page, 'found passages on a phone')
    const title = await first.getByRole('link').innerText()
    await first.getByRole('link').click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)

    const other = await pageOf(people.nurse, options)
    await other.goto(path)
    await expect(found).toHaveCount(0)
    await other.getByRole('radio', { name: 'Erfahrung' }).check()
    await other.getByLabel('Eure Antwort').fill('Wir haben einen Stufenplan.')
    await other.getByRole('button', { name: 'Antwort veröffentlichen' }).click()
    await expect(other.getByText('Eure Antwort ist veröffentlicht.')).toBeVisible()
    await expect(other.getByText('Vom Netzwerk gefunden')).toHaveCount(0)
  })
