import type { Locator, Page } from '@playwright/test'
import { newWord, people, postEntry } from './support/people.ts'
import { suggest } from './support/suggestions.ts'
import { expect, test } from './support/test.ts'

const devices = [
  { device: 'desktop', viewport: { width: 1280, height: 900 } },
  { device: 'phone', viewport: { width: 390, height: 844 } },
] as const

const main = (page: Page) => page.getByRole('main')
const hits = (page: Page) => main(page).getByRole('article').getByRole('heading')
const searchField = (page: Page) => page.getByRole('banner').locator('input[name=q]')

/** The filters stand beside the list where there is room, else behind a button. */
async function openFilters(page: Page, inside: Locator): Promise<void> {
  if (!(await inside.isVisible())) await main(page).getByText('Eingrenzen').click()
}

async function countOf(page: Page): Promise<number> {
  const counted = main(page)
    .getByRole('status')
    .filter({ hasText: / Treffer$/ })
  return Number.parseInt((await counted.innerText()).replace('.', ''), 10)
}

for (const { device, viewport } of devices)
  for (const javaScriptEnabled of [true, false]) {
    const how = `${device}, ${javaScriptEnabled ? 'with' : 'without'} script`

    test(`${how}: a search keeps its filters on the way to a hit and back`, async ({ pageOf }) => {
      const page = await pageOf(people.editor, { viewport, javaScriptEnabled })
      await page.goto('/')
      await searchField(page).fill('Datenschutz')
      await searchField(page).press('Enter')
      await expect(page).toHaveURL(/\/suche\?q=Datenschutz$/)
      await expect(page.getByText('Was am besten passt, steht oben.')).toBeVisible()
      const all = await countOf(page)
      expect(all).toBeGreaterThan(1)
      await page
        .getByRole('navigation', { name: 'Treffer nach Art' })
        .getByRole('link', { name: 'Probleme' })
        .click()
      const since = page.getByLabel('Stand seit')
      await openFilters(page, since)
      await since.fill('2020-01-01')
      await page.getByRole('button', { name: 'Anzeigen' }).click()
      await expect(page).toHaveURL(/\/suche\?q=Datenschutz&art=probleme&seit=2020-01-01$/)
      const address = page.url()
      const titles = await hits(page).allTextContents()
      expect(titles.length).toBeGreaterThan(0)
      expect(titles.length).toBeLessThan(all)

      await hits(page).first().getByRole('link').click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(titles[0] ?? '')
      // What is shared says nothing about the search.
      await expect(page).toHaveURL(/\/probleme\/[\w-]+$/)
      await page.goBack()
      await expect(page).toHaveURL(address)
      expect(await hits(page).allTextContents()).toEqual(titles)

      const chosen = page.getByRole('region', { name: 'Aktive Filter' })
      await chosen.getByRole('link', { name: 'Stand seit 1. Januar 2020 entfernen' }).click()
      await expect(page).toHaveURL(/\/suche\?q=Datenschutz&art=probleme$/)
      await page.getByRole('link', { name: 'Alle', exact: true }).click()
      expect(await countOf(page)).toBe(all)
    })

    test(`${how}: hits are counted by term, and narrowed by it`, async ({ pageOf }) => {
      const page = await pageOf(people.editor, { viewport, javaScriptEnabled })
      await page.goto('/suche?q=Datenschutz')
      const all = await countOf(page)
      const facet = page.getByRole('list', { name: 'Arbeitsfeld' }).getByRole('link').first()
      await openFilters(page, facet)
      const [, label = '', count] = /^\s*(.*?)\s*(\d+)\s*$/s.exec(await facet.innerText()) ?? []
      expect(Number(count)).toBeGreaterThan(0)
      await facet.click()
      await expect(page).toHaveURL(/\/suche\?q=Datenschutz&feld=[\w.-]+$/)
      expect(await countOf(page)).toBe(Number(count))
      const chosen = page.getByRole('region', { name: 'Aktive Filter' })
      await chosen.getByRole('link', { name: `${label} entfernen` }).click()
      expect(await countOf(page)).toBe(all)
    })

    test(`${how}: a search is kept, found again, renamed and deleted`, async ({ pageOf }) => {
      const page = await pageOf(people.editor, { viewport, javaScriptEnabled })
      const word = newWord()
      await page.goto(`/suche?q=Dokumentation+${word}&art=probleme`)
      await page.getByRole('button', { name: 'Diese Suche merken' }).click()
      await expect(page.getByText('Gemerkt. Ihr findet die Suche')).toBeVisible()
      await expect(page).toHaveURL(new RegExp(`/suche\\?q=Dokumentation\\+${word}&art=probleme$`))
      await expect(page.getByText('Diese Suche ist gemerkt.')).toBeVisible()
      await expect(page.getByRole('button', { name: 'Diese Suche merken' })).toBeHidden()

      await page.goto('/suche')
      await expect(page.getByRole('heading', { name: 'Gemerkte Suchen' })).toBeVisible()
      await page.getByRole('banner').locator('summary', { hasText: 'Konto' }).click()
      await page.getByRole('banner').getByRole('link', { name: 'Gemerkte Suchen' }).click()
      await expect(page).toHaveURL(/\/suche\/gemerkt$/)
      const kept = main(page).getByRole('listitem').filter({ hasText: word })
      await kept.locator('summary', { hasText: 'Umbenennen' }).click()
      await kept.getByLabel('Name der Suche').fill(`Unsere ${word}`)
      await kept.getByRole('button', { name: 'Namen speichern' }).click()
      await expect(page.getByText(`Die Suche heißt jetzt „Unsere ${word}“.`)).toBeVisible()
      await page.getByRole('link', { name: `Unsere ${word}` }).click()
      await expect(page).toHaveURL(new RegExp(`/suche\\?q=Dokumentation\\+${word}&art=probleme$`))

      await page.goto('/suche/gemerkt')
      await kept.locator('summary', { hasText: 'Löschen' }).click()
      await kept.getByRole('button', { name: 'Ja, löschen' }).click()
      await expect(page.getByText('Die Suche ist gelöscht.')).toBeVisible()
      await expect(kept).toBeHidden()
    })
  }

test('pages of a search keep all of it, and the language does, too', async ({ pageOf }) => {
  const page = await pageOf(people.editor, { javaScriptEnabled: false })
  await page.goto('/suche?q=Demo&art=organisationen')
  const all = await countOf(page)
  expect(all).toBeGreaterThan(20)
  const first = await hits(page).allTextContents()
  await page.getByRole('link', { name: 'Weiter' }).click()
  await expect(page).toHaveURL(/\/suche\?q=Demo&art=organisationen&after=/)
  expect(await countOf(page)).toBe(all)
  const second = await hits(page).allTextContents()
  expect(second.length).toBeGreaterThan(0)
  expect(second).not.toEqual(first)
  await page.getByRole('link', { name: 'Zum Anfang' }).click()
  expect(await hits(page).allTextContents()).toEqual(first)
  await page.getByRole('link', { name: 'English' }).click()
  await expect(page).toHaveURL(/\/en\/suche\?q=Demo&art=organisationen$/)
  await expect(page.getByText('What fits best comes first.')).toBeVisible()
})

test('visitors keep no searches, and find examples', async ({ pageOf }) => {
  const page = await pageOf()
  await page.goto('/suche?q=Datenschutz')
  await expect(hits(page).first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Diese Suche merken' })).toBeHidden()
  await page.goto('/suche/gemerkt')
  await expect(page).toHaveURL(/\/anmelden\?weiter=%2Fsuche%2Fgemerkt$/)
  await page.goto('/suche')
  await main(page).getByRole('link', { name: 'Dokumentation per Sprache' }).click()
  await expect(page).toHaveURL(/\/suche\?q=Dokumentation\+per\+Sprache$/)
})

test('conditions alone are a search, too', async ({ pageOf }) => {
  const page = await pageOf(undefined, { javaScriptEnabled: false })
  await page.goto('/suche?art=loesungen&seit=2020-01-01')
  await expect(hits(page).first()).toBeVisible()
  await hits(page).first().getByRole('link').click()
  await expect(page).toHaveURL(/\/loesungen\/[\w-]+$/)
})

test('a search in vain leads on', async ({ pageOf }) => {
  const page = await pageOf(undefined, { javaScriptEnabled: false })
  const word = newWord()
  await page.goto(`/suche?q=${word}`)
  expect(await countOf(page)).toBe(0)
  await page.getByRole('link', { name: 'Als Problem einstellen' }).click()
  await expect(page.getByLabel('Was ist das Problem?')).toHaveValue(word)
  await page.goto(`/suche?q=Datenschutz&art=werkzeuge&seit=2999-01-01`)
  await page.getByRole('link', { name: 'Alle Treffer ansehen' }).click()
  await expect(page).toHaveURL(/\/suche\?q=Datenschutz$/)
  expect(await countOf(page)).toBeGreaterThan(0)
})

test('people say it differently: what was understood stands there', async ({ pageOf }) => {
  const page = await pageOf(people.editor, { javaScriptEnabled: false })
  await page.goto('/suche?q=Dokumentation+per+Sprache')
  await expect(hits(page).getByText('Sprachdokumentation wird kaum genutzt')).toBeVisible()
  await expect(page.getByText('Gesucht wurde auch nach:')).toContainText('Bericht')
  await page.goto('/suche?q=Dienstpaln')
  const correction = page.getByText('Meintet ihr').getByRole('link')
  await expect(correction).toHaveText(/Dienstplan/i)
  await correction.click()
  await expect(hits(page).first()).toContainText(/Dienstplan/i)
  const word = newWord()
  await page.goto(`/suche?q=${word}`)
  await expect(page.getByText(`„${word}“ kommt nirgends vor.`)).toBeVisible()
})

test('whoever seems to be in a crisis finds help first', async ({ pageOf }) => {
  const page = await pageOf(undefined, { javaScriptEnabled: false })
  await page.goto('/suche?q=Ich+will+mich+umbringen')
  const help = page.getByRole('region', { name: 'Hilfe in einer Krise' })
  await expect(help).toBeVisible()
  const calls = help.locator('a[href^="tel:"]')
  expect(await calls.count()).toBeGreaterThan(1)
  for (const call of await calls.all())
    expect(await call.getAttribute('href')).toMatch(/^tel:\+?\d{3,}$/)
  expect(await main(page).getByRole('heading').first().innerText()).toBe(
    await help.getByRole('heading').innerText(),
  )
  await page.goto('/suche?q=Dienstplan')
  await expect(help).toBeHidden()
})

test('an opened hit leaves nothing in the address, whatever is asked', async ({
  browserOf,
  address,
}) => {
  const { request } = await browserOf(people.editor)
  const title = `Gesucht ${newWord()}`
  const path = await postEntry(request, address, '/loesungen', { title, visibility: 'PUBLIC' })
  const { request: visitor } = await browserOf()
  const organisations = await (await visitor.get('/organisationen')).text()
  const [organisation = ''] = /\/organisationen\/[\w-]{23}/.exec(organisations) ?? []
  for (const [asked, clean] of [
    [`${path}?gesucht=Dienstplan`, path],
    [`${path}?gesucht=`, path],
    [`${path}?a=1&gesucht=a%00b&gesucht=c`, `${path}?a=1`],
    [`/en${path}?gesucht=${'x'.repeat(900)}`, `/en${path}`],
    [`${organisation}?gesucht=Tr%C3%A4ger`, organisation],
    ['/probleme/unbekannt?gesucht=a', '/probleme/unbekannt'],
  ] as const) {
    const response = await visitor.get(asked, { maxRedirects: 0 })
    expect(response.status(), asked).toBe(303)
    expect(response.headers()['location'], asked).toBe(clean)
  }
  const list = await (await visitor.get(`/suche?q=${title.split(' ')[1]}`)).text()
  expect(list).toContain(`href="${path}?gesucht=`)
  expect(list).toContain('<meta name="robots" content="noindex, nofollow"')
  expect(await (await visitor.get('/robots.txt')).text()).toContain('Disallow: /*?gesucht=')
})

test.describe('suggestions', () => {
  const words = ['Dienstplan', 'Dienstübergabe', 'Dienstwagen']

  test('by keyboard', async ({ pageOf }) => {
    const page = await pageOf()
    await page.goto('/')
    const asked = await suggest(page, words)
    const field = page.getByRole('combobox', { name: 'Überall suchen' })
    const list = page.getByRole('listbox', { name: 'Vorschläge' })
    const options = list.getByRole('option')
    const chosen = () => list.locator('[aria-selected=true]').allInnerTexts()
    await expect(field).toHaveAttribute('aria-expanded', 'false')
    await field.pressSequentially('D')
    await page.waitForTimeout(400)
    expect(asked).toEqual([])
    await field.pressSequentially('ienst', { delay: 20 })
    await expect(list).toBeVisible()
    // Asked once, when typing was over for a moment.
    expect(asked).toEqual(['Dienst'])
    await expect(field).toHaveAttribute('aria-expanded', 'true')
    await expect(page.getByRole('status').filter({ hasText: '3 Vorschläge' })).toBeAttached()
    await expect(options).toHaveCount(3)
    expect(await chosen()).toEqual([])

    await field.press('ArrowDown')
    await field.press('ArrowDown')
    await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true')
    await expect(field).toHaveAttribute(
      'aria-activedescendant',
      (await options.nth(1).getAttribute('id')) ?? '',
    )
    await expect(field).toBeFocused()
    await field.press('ArrowDown')
    await field.press('ArrowDown')
    expect(await chosen()).toEqual([])
    await field.press('ArrowUp')
    await expect(options.nth(2)).toHaveAttribute('aria-selected', 'true')
    // Home and End are for the text.
    await field.press('Home')
    await expect(field).not.toHaveAttribute('aria-activedescendant')
    expect(await field.evaluate((input: HTMLInputElement) => input.selectionStart)).toBe(0)

    await field.press('Escape')
    await expect(list).toBeHidden()
    await expect(field).toHaveValue('Dienst')
    await field.press('ArrowDown')
    await expect(options.nth(0)).toHaveAttribute('aria-selected', 'true')
    // The same text is never asked twice.
    expect(asked).toEqual(['Dienst'])
    await field.press('ArrowDown')
    await field.press('Enter')
    await expect(page).toHaveURL(/\/suche\?q=Dienst%C3%BCbergabe$/)
    await page.goBack()
    await expect(list).toBeHidden()
  })

  test('Enter searches what was typed, Tab moves on', async ({ pageOf }) => {
    const page = await pageOf()
    await page.goto('/')
    await suggest(page, words)
    const field = page.getByRole('combobox')
    await field.fill('Dienst')
    await expect(page.getByRole('listbox')).toBeVisible()
    await field.press('Tab')
    await expect(page.getByRole('listbox')).toBeHidden()
    await expect(page.getByRole('button', { name: 'Suchen', exact: true })).toBeFocused()
    await field.fill('Dienste')
    await expect(page.getByRole('listbox')).toBeVisible()
    await field.press('Enter')
    await expect(page).toHaveURL(/\/suche\?q=Dienste$/)
  })

  test('by finger', async ({ pageOf }) => {
    const page = await pageOf(undefined, { viewport: { width: 390, height: 844 }, hasTouch: true })
    await page.goto('/')
    await suggest(page, words)
    await page.getByRole('combobox').fill('Dienst')
    const option = page.getByRole('option', { name: 'Dienstwagen' })
    await expect(option).toBeVisible()
    expect((await option.boundingBox())?.height).toBeGreaterThanOrEqual(44)
    await option.tap()
    await expect(page).toHaveURL(/\/suche\?q=Dienstwagen$/)
  })

  test('answers that come late or not at all disturb nobody', async ({ pageOf }) => {
    const page = await pageOf()
    const faults: string[] = []
    page.on('pageerror', ({ message }) => faults.push(message))
    await page.goto('/')
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    await page.route('**/suche/vorschlaege?*', async (route) => {
      const query = new URL(route.request().url()).searchParams.get('q') ?? ''
      if (query === 'kaputt') return route.fulfill({ status: 500, body: 'x' })
      if (query === 'weg') return route.abort()
      if (query === 'langsam') await held
      const suggestions = [{ text: `${query}!`, note: '', href: '/' }]
      return route.fulfill({ json: { status: '', suggestions } })
    })
    const field = page.getByRole('combobox')
    const list = page.getByRole('listbox')
    for (const word of ['kaputt', 'weg']) {
      const answered = page.waitForEvent('requestfinished').catch(() => null)
      await field.fill(word)
      await Promise.race([answered, page.waitForTimeout(500)])
      await expect(list).toBeHidden()
    }
    const slow = page.waitForRequest(/q=langsam/)
    await field.fill('langsam')
    await slow
    await field.fill('schnell')
    await expect(list).toHaveText('schnell!')
    release()
    await page.waitForTimeout(300)
    await expect(list).toHaveText('schnell!')
    expect(faults).toEqual([])
  })

  test('the endpoint answers for short, strange and long words', async ({ browserOf }) => {
    const { request } = await browserOf()
    for (const word of ['', 'a', '%00', '%25%27%22%5C', '*:*%20%26%20!', 'x'.repeat(900)]) {
      const response = await request.get(`/suche/vorschlaege?q=${word}`)
      expect(response.status(), word).toBe(200)
      const { suggestions } = (await response.json()) as { suggestions: unknown[] }
      if (word.length < 2) expect(suggestions).toEqual([])
    }
  })

  test('titles lead straight to their page', async ({ pageOf }) => {
    const page = await pageOf(people.editor)
    await page.goto('/')
    const field = page.getByRole('combobox')
    await field.fill('Sprachdoku')
    const option = page.getByRole('option', { name: /Sprachdokumentation wird kaum genutzt/ })
    await expect(option).toContainText('Problem')
    await option.click()
    await expect(page).toHaveURL(/\/probleme\/[\w-]{23}$/)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'Sprachdokumentation wird kaum genutzt',
    )
  })

  test('without script the field is a plain one', async ({ pageOf }) => {
    const page = await pageOf(undefined, { javaScriptEnabled: false })
    await page.goto('/')
    await expect(page.getByRole('searchbox', { name: 'Überall suchen' })).toBeVisible()
    await expect(page.getByRole('listbox')).toBeHidden()
  })
})
