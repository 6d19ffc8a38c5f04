import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newWord, people, signIn } from './support/people.ts'
import { type Product, startProduct } from './support/product.ts'
import { expect, test } from './support/test.ts'

// The product of this file is its own: nobody else adds to the lists while they are walked.

let product: Product
let dataDir: string

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'netzwerkdiakonie-lists-'))
  product = await startProduct(dataDir)
})

test.afterAll(async () => {
  await product.stop()
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 20 })
})

for (const [path, order, filter] of [
  ['/loesungen', 'Für die Kleinsten zuerst', 'ohne IT-Abteilung machbar'],
  ['/probleme', 'Titel von A bis Z', 'Offen'],
] as const)
  test(`${path}: filters, order and pages live in the address`, async ({ browserOf }) => {
    const options = { javaScriptEnabled: false, baseURL: product.address }
    const context = await browserOf(undefined, options)
    await signIn(context, product.address, people.editor)
    const page = await context.newPage()
    const titles = () => page.getByRole('main').getByRole('heading', { level: 2 }).allTextContents()
    const count = async () =>
      Number.parseInt(await page.getByRole('main').getByRole('status').last().innerText(), 10)
    await page.goto(path)
    const [all, first] = [await count(), await titles()]
    expect(all).toBeGreaterThan(20)
    await page.getByRole('link', { name: 'Weiter' }).click()
    await expect(page).toHaveURL(/[?&]after=/)
    const second = await titles()
    expect(second.length).toBeGreaterThan(0)
    expect(first.filter((title) => second.includes(title))).toEqual([])
    expect(await count()).toBe(all)
    await page.goBack()
    expect(await titles()).toEqual(first)

    // Beside the list on wide screens, where the filters need no opening.
    const needs = page.getByRole('checkbox', { name: filter })
    if (!(await needs.isVisible())) await page.getByText('Filtern und sortieren').click()
    await needs.check()
    await page.getByLabel('Sortieren nach').selectOption({ label: order })
    await page.getByRole('button', { name: 'Anzeigen' }).click()
    await expect(page).toHaveURL(/sortierung=/)
    const filtered = await count()
    expect(filtered).toBeGreaterThan(0)
    expect(filtered).toBeLessThan(all)
    const chosen = page.getByRole('region', { name: 'Aktive Filter' })
    await expect(chosen.getByRole('link', { name: `${filter} entfernen` })).toBeVisible()
    const address = page.url()
    await page
      .getByRole('main')
      .getByRole('heading', { level: 2 })
      .getByRole('link')
      .first()
      .click()
    await expect(page).not.toHaveURL(address)
    await page.goBack()
    await expect(page).toHaveURL(address)
    expect(await count()).toBe(filtered)
    await chosen.getByRole('link', { name: `${filter} entfernen` }).click()
    expect(await count()).toBe(all)
    await page.goto(`${path}?q=${newWord()}`)
    await expect(page.getByRole('link', { name: 'Alle Filter entfernen' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Als Problem einstellen' })).toBeVisible()
  })
