import { gzipSync } from 'node:zlib'
import type { BrowserContext, Page, Response } from '@playwright/test'
import { newWord, people, postEntry } from './support/people.ts'
import { expect, test } from './support/test.ts'

// Bytes as a slow line feels them: gzip -9 of every response on a first visit (ux.md §4, 1 and 2).

const kB = 1000

interface Sizes {
  script: number
  stylesheet: number
  font: number
  document: number
  total: number
}

/** Opens a page for the first time and weighs what came; another host is a mistake. */
async function weigh(page: Page, path: string, address: string): Promise<Sizes> {
  const responses: Response[] = []
  const foreign: string[] = []
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol.startsWith('http') && url.origin !== address) foreign.push(url.href)
  })
  page.on('response', (response) => responses.push(response))
  await page.goto(path, { waitUntil: 'networkidle' })
  const sizes = { script: 0, stylesheet: 0, font: 0, document: 0, total: 0 }
  for (const response of responses) {
    const type = response.request().resourceType()
    const body = await response.body().catch(() => Buffer.alloc(0))
    const bytes = type === 'font' ? body.length : gzipSync(body, { level: 9 }).length
    sizes.total += bytes
    if (type in sizes) sizes[type as keyof Sizes] += bytes
  }
  // Styles inside the document are styles, too.
  const inline = await page.locator('style').allTextContents()
  sizes.stylesheet += gzipSync(inline.join('\n'), { level: 9 }).length
  expect(foreign, path).toEqual([])
  return sizes
}

// A plain script keeps drafts; the framework stays on the server. The first goal was 45 kB for lists.
const scriptBudget = 3 * kB

const lists = [
  '/probleme',
  '/loesungen',
  '/loesungen/gesucht',
  '/organisationen',
  '/suche?q=Dienstplan',
  '/suche?q=Dokumentation&art=probleme&feld=elder-care&seit=2020-01-01',
]
const forms = ['/probleme/neu', '/loesungen/neu']
const others = [
  '/',
  '/suche',
  '/anmelden',
  '/karte',
  '/impressum',
  '/datenschutz',
  '/barrierefreiheit',
  '/lizenzen',
  '/gibt-es-nicht',
]

async function measure(context: BrowserContext, path: string, address: string): Promise<Sizes> {
  const page = await context.newPage()
  const sizes = await weigh(page, path, address)
  await page.close()
  const shown = Object.entries(sizes).map(([kind, bytes]) => `${kind} ${(bytes / kB).toFixed(1)}`)
  console.log(`${path}: ${shown.join(', ')} kB`)
  expect.soft(sizes.document, `${path}: the document itself`).toBeGreaterThan(kB)
  expect.soft(sizes.stylesheet, `${path}: CSS`).toBeLessThanOrEqual(12 * kB)
  expect.soft(sizes.font, `${path}: fonts`).toBeLessThanOrEqual(50 * kB)
  return sizes
}

test('list pages', async ({ browserOf, address }) => {
  for (const path of lists) {
    const sizes = await measure(await browserOf(), path, address)
    expect.soft(sizes.script, `${path}: JavaScript`).toBeLessThanOrEqual(scriptBudget)
    expect.soft(sizes.total, `${path}: all`).toBeLessThanOrEqual(110 * kB)
    expect.soft(sizes.stylesheet, `${path}: has styles at all`).toBeGreaterThan(kB)
  }
})

test('all other pages', async ({ browserOf, address }) => {
  const { request } = await browserOf(people.editor)
  const own = ['/freigaben', '/suche/gemerkt']
  for (const kind of ['/probleme', '/loesungen'] as const) {
    const path = await postEntry(request, address, kind, { title: `Gewogen ${newWord()}` })
    own.push(path, `${path}/verlauf`)
  }
  for (const path of others) {
    const { script } = await measure(await browserOf(), path, address)
    expect.soft(script, `${path}: JavaScript`).toBeLessThanOrEqual(scriptBudget)
  }
  for (const path of own) {
    const { script } = await measure(await browserOf(people.editor), path, address)
    expect.soft(script, `${path}: JavaScript`).toBeLessThanOrEqual(scriptBudget)
  }
})

test('form pages', async ({ browserOf, address }) => {
  const { request } = await browserOf(people.editor)
  const own = []
  for (const kind of ['/probleme', '/loesungen'] as const) {
    const path = await postEntry(request, address, kind, { title: `Gewogen ${newWord()}` })
    own.push(`${path}/bearbeiten`)
  }
  for (const path of [...forms, ...own]) {
    const { script } = await measure(await browserOf(people.editor), path, address)
    expect.soft(script, `${path}: JavaScript`).toBeLessThanOrEqual(scriptBudget)
  }
})

test('the console of the API needs no other host and answers', async ({ pageOf, address }) => {
  const page = await pageOf()
  const mistakes: string[] = []
  page.on('pageerror', (error) => mistakes.push(error.message))
  await weigh(page, '/api', address)
  await expect(page.getByRole('heading', { name: 'Schnittstelle (GraphQL)' })).toBeVisible()
  await page.getByRole('button', { name: /execute|ausführen/i }).click()
  await expect(
    page.getByRole('region', { name: /result/i }).or(page.locator('.result-window')),
  ).toContainText('"data"')
  expect(mistakes).toEqual([])
})
