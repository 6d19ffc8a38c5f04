import type { Page } from '@playwright/test'
import { expectNoBarriers } from './support/barriers.ts'
import { newWord, people, post } from './support/people.ts'
import { expect, test } from './support/test.ts'

// What was searched for in vain, and what editors of associations make of it.

const editor = 'redaktion.nordmark'
const phone = { viewport: { width: 390, height: 844 } }

/** Searches so often that it tells of nobody. */
async function searchInVain(page: Page): Promise<string> {
  const word = newWord()
  for (let count = 0; count < 4; count++) await page.goto(`/suche?q=${word}`)
  return word
}

/** The row of a word; the list may be longer than a page. */
async function rowOf(page: Page, word: string) {
  await page.goto('/gesucht')
  const row = page.getByRole('listitem').filter({ hasText: word })
  for (let pages = 0; pages < 20 && (await row.count()) === 0; pages++) {
    const next = page.getByRole('link', { name: 'Weiter', exact: true })
    if ((await next.count()) === 0) break
    await next.click()
  }
  return row
}

test('visitors sign in first, and strangers learn for whom the list is', async ({ pageOf }) => {
  const visitor = await pageOf()
  for (const path of ['/gesucht', '/gesucht/synonyme']) {
    await visitor.goto(path)
    await expect(visitor).toHaveURL(`/anmelden?weiter=${encodeURIComponent(path)}`)
    const stranger = await pageOf(people.stranger)
    await stranger.goto(path)
    await expect(stranger.getByRole('heading', { name: 'Das ist für Verbände' })).toBeVisible()
    await expect(stranger.locator('main form')).toHaveCount(0)
  }
})

test('strangers change nothing by forms that they were not shown', async ({
  browserOf,
  address,
}) => {
  const { request } = await browserOf(people.stranger)
  for (const [path, form] of [
    ['/gesucht?/synonyms', { terms: 'eins\nzwei' }],
    ['/gesucht?/invite', { topic: 'eins' }],
    ['/gesucht?/dismiss', { id: 'x' }],
    ['/gesucht/synonyme?/synonyms', { terms: 'eins\nzwei' }],
    ['/gesucht/synonyme?/remove', { id: 'x' }],
    ['/loesungen/gesucht?/close', { id: 'x' }],
  ] as const) {
    const response = await post(request, address, path, { ...form })
    expect(response.status(), path).toBeGreaterThanOrEqual(400)
    expect(response.status(), path).toBeLessThan(500)
  }
})

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    const options = { ...phone, javaScriptEnabled }
    const look = async (page: Page, where: string) => {
      if (javaScriptEnabled) await expectNoBarriers(page, where)
    }

    test('a search in vain becomes a synonym, which can be ended', async ({ pageOf }) => {
      const word = await searchInVain(await pageOf(undefined, options))
      const page = await pageOf(editor, options)
      await page.goto('/verband')
      await page.getByRole('link', { name: 'Gesucht, nicht gefunden' }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Gesucht, nicht gefunden')
      await look(page, 'searches in vain')
      const row = await rowOf(page, word)
      await expect(row).toContainText('Kein Treffer')
      await expect(row).toContainText('4-mal gesucht')
      await row.getByText('Als Synonym', { exact: false }).first().click()
      await row.getByRole('button', { name: 'Als Synonyme speichern' }).click()
      await expect(page.getByRole('alert')).toContainText('Schreibt mindestens zwei Wörter')
      await look(page, 'one word alone')
      const refused = page.getByRole('listitem').filter({ hasText: word })
      await expect(refused.getByLabel('Diese Wörter bedeuten dasselbe')).toBeVisible()
      await page.getByRole('alert').getByRole('link').click()
      await expect(page.locator(':focus')).toHaveValue(new RegExp(word))
      const other = newWord()
      await page.locator(':focus').fill(`${word}\n${other}`)
      await page
        .getByRole('listitem')
        .filter({ hasText: word })
        .getByRole('button', { name: 'Als Synonyme speichern' })
        .click()
      await expect(page.getByText('Diese Wörter bedeuten jetzt dasselbe')).toContainText(other)
      await expect(await rowOf(page, word)).toHaveCount(0)

      await page.goto('/gesucht')
      await page.getByRole('link', { name: 'Alle Synonyme' }).click()
      await page.getByLabel('Wort suchen').fill(other)
      await page.getByRole('button', { name: 'Suchen', exact: true }).last().click()
      const group = page.getByRole('listitem').filter({ hasText: other })
      await expect(group).toContainText(word)
      await expect(page.getByText('1 Gruppe', { exact: true })).toBeVisible()
      await look(page, 'synonyms')
      await group.getByText('Aufheben').first().click()
      await group.getByRole('button', { name: 'Ja, aufheben' }).click()
      await expect(page.getByText('Die Wörter bedeuten nicht mehr dasselbe.')).toBeVisible()
      await expect(group).toHaveCount(0)
    })

    test('a search in vain becomes an invitation, which leads to publishing', async ({
      pageOf,
    }) => {
      const visitor = await pageOf(undefined, options)
      const word = await searchInVain(visitor)
      const page = await pageOf(editor, options)
      const row = await rowOf(page, word)
      await row.getByText('Zum Veröffentlichen einladen', { exact: false }).first().click()
      await expect(row.getByLabel('Was gesucht wird')).toHaveValue(word)
      await row.getByLabel('Was gesucht wird').fill(`Vorlage ${word}`)
      await row.getByLabel('Was noch dazugehört').fill('Für kleine Häuser.')
      await row.getByRole('button', { name: 'Einladung veröffentlichen' }).click()
      await expect(page.getByText(`Das Netzwerk sucht „Vorlage ${word}“`)).toBeVisible()

      await visitor.goto('/loesungen')
      await expect(visitor.getByRole('region', { name: 'Das Netzwerk sucht' })).toContainText(word)
      await look(visitor, 'solutions with invitations')
      await visitor.getByRole('link', { name: 'Alles, was gesucht wird' }).click()
      const wanted = visitor.getByRole('listitem').filter({ hasText: word })
      await expect(wanted).toContainText('Für kleine Häuser.')
      await expect(wanted.getByRole('button')).toHaveCount(0)
      await look(visitor, 'all invitations')
      await wanted.getByRole('link', { name: 'Habt ihr das? Veröffentlicht es' }).click()
      await expect(visitor.getByLabel('Wie heißt die Lösung?')).toHaveValue(`Vorlage ${word}`)

      await page.goto('/loesungen/gesucht')
      await page
        .getByRole('listitem')
        .filter({ hasText: word })
        .getByRole('button', { name: 'Einladung beenden' })
        .click()
      await expect(page.getByText('Die Einladung ist beendet.')).toBeVisible()
      await expect(page.getByRole('listitem').filter({ hasText: word })).toHaveCount(0)
    })

    test('weeks, reasons and order are chosen; a row is left out', async ({ pageOf }) => {
      const word = await searchInVain(await pageOf(undefined, options))
      const page = await pageOf(editor, options)
      await page.goto('/gesucht')
      await page.getByLabel('Warum').selectOption('Kein Treffer')
      await page.getByLabel('Reihenfolge').selectOption('Nach Wörtern')
      await page.getByRole('button', { name: 'Anzeigen' }).click()
      await expect(page).toHaveURL(/grund=kein-treffer&sortierung=woerter/)
      await expect(page.getByLabel('Warum')).toHaveValue('kein-treffer')
      await page.getByLabel('Warum').selectOption('Nichts geöffnet')
      await page.getByRole('button', { name: 'Anzeigen' }).click()
      await expect(page.getByRole('listitem').filter({ hasText: word })).toHaveCount(0)
      await page.getByLabel('Woche').selectOption({ index: 5 })
      await page.getByRole('button', { name: 'Anzeigen' }).click()
      await expect(page.getByRole('heading', { name: 'Hier fehlt gerade nichts' })).toBeVisible()
      await look(page, 'a week without searches in vain')

      const row = await rowOf(page, word)
      await row.getByRole('button', { name: 'Weglassen' }).click()
      await expect(page.getByText('Weggelassen, für diese Woche.')).toBeVisible()
      await expect(await rowOf(page, word)).toHaveCount(0)
    })
  })
