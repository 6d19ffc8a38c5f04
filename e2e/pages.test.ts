import { brightnessOfInk, brightnessOfPaper } from './support/colours.ts'
import { newWord, password, people, post, postEntry } from './support/people.ts'
import { expect, test } from './support/test.ts'

// What every page promises, whoever reads it.

const reading = [
  '/',
  '/probleme',
  '/loesungen',
  '/organisationen',
  '/suche',
  '/anmelden',
  '/lizenzen',
]
const writing = ['/probleme/neu', '/loesungen/neu']
const missing = '/gibt-es-nicht'

test('the language changes and the place stays', async ({ pageOf }) => {
  const page = await pageOf(undefined, { javaScriptEnabled: false })
  await page.goto('/loesungen?q=Dienstplan&sortierung=titel')
  await page
    .getByRole('navigation', { name: 'Sprache' })
    .getByRole('link', { name: 'English' })
    .click()
  await expect(page).toHaveURL(/\/en\/loesungen\?q=Dienstplan&sortierung=titel$/)
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Solutions')
  await page.getByRole('link', { name: 'Deutsch' }).click()
  await expect(page).toHaveURL(/[^n]\/loesungen\?q=Dienstplan&sortierung=titel$/)
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
})

test('every page speaks English, too', async ({ browserOf }) => {
  const { request } = await browserOf()
  for (const path of [...reading, ...writing, '/impressum', '/datenschutz', '/barrierefreiheit']) {
    const html = await (await request.get(`/en${path === '/' ? '' : path}`)).text()
    expect(html, path).toContain('<html lang="en"')
    // A few words that no English page of ours has, outside what people wrote.
    const frame = html.replace(/<main[\s\S]*?<\/main>/, '')
    expect(frame, path).not.toMatch(/Lösungen|Anmelden|Datenschutz|Suchen/)
  }
})

test('the theme changes without script, and comes back to the same page', async ({ pageOf }) => {
  const page = await pageOf(undefined, { javaScriptEnabled: false })
  await page.goto('/probleme?sortierung=titel')
  const html = page.locator('html')
  const paper = () => brightnessOfPaper(page)
  const light = await paper()
  expect(light).toBeGreaterThan(200)
  await page.getByRole('button', { name: 'Dunkel' }).click()
  await expect(page).toHaveURL(/\/probleme\?sortierung=titel$/)
  await expect(html).toHaveAttribute('data-kern-theme', 'dark')
  expect(await paper()).toBeLessThan(60)
  await expect(page.getByRole('button', { name: 'Dunkel' })).toHaveAttribute('aria-pressed', 'true')
  await page.getByRole('button', { name: 'Wie das Gerät' }).click()
  await expect(html).not.toHaveAttribute('data-kern-theme')
  expect(await paper()).toBe(light)
})

test('a page that does not exist leads on', async ({ pageOf }) => {
  const page = await pageOf()
  for (const path of [
    missing,
    '/probleme/unbekannt',
    '/loesungen/unbekannt',
    '/organisationen/x',
  ]) {
    expect((await page.goto(path))?.status()).toBe(404)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Diese Seite finden wir nicht')
    await expect(page.getByRole('main').getByRole('link', { name: 'Zur Startseite' })).toBeVisible()
  }
  await page.getByRole('main').getByRole('combobox').fill('Dienstplan')
  await page.getByRole('main').getByRole('combobox').press('Enter')
  await expect(page).toHaveURL(/\/suche\?q=Dienstplan$/)
})

test('imprint, privacy, accessibility and licences are one click away', async ({ pageOf }) => {
  const page = await pageOf()
  const links = {
    Impressum: '/impressum',
    Datenschutz: '/datenschutz',
    Barrierefreiheit: '/barrierefreiheit',
    Lizenzen: '/lizenzen',
  }
  for (const path of [...reading, ...writing, missing]) {
    await page.goto(path)
    for (const [name, target] of Object.entries(links))
      await expect(
        page.getByRole('contentinfo').getByRole('link', { name, exact: true }),
        `${name} on ${path}`,
      ).toHaveAttribute('href', target)
  }
  for (const target of Object.values(links)) expect((await page.goto(target))?.status()).toBe(200)
})

test('signing in and out', async ({ pageOf }) => {
  const page = await pageOf()
  await page.goto('/loesungen?sortierung=titel')
  await page.getByRole('link', { name: 'Anmelden' }).click()
  await page.getByLabel('Benutzername').fill(people.editor)
  await page.getByLabel('Passwort').fill('falsch')
  await page.getByRole('button', { name: 'Anmelden', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('passen nicht zusammen')
  await expect(page.getByLabel('Benutzername')).toHaveValue(people.editor)
  await expect(page.getByLabel('Passwort')).toHaveValue('')
  await expect(page).toHaveTitle(/^Fehler: /)
  const byClick = page.getByRole('button', { name: `Als ${people.editor} anmelden` })
  expect(await page.getByRole('button', { name: /^Als .* anmelden/ }).count()).toBeGreaterThan(9)
  await byClick.click()
  await expect(page).toHaveURL(/\/loesungen\?sortierung=titel$/)
  await expect(page.getByRole('banner')).toContainText('Kita-Verbund Seelgrund')
  await page.getByRole('banner').locator('summary', { hasText: 'Konto' }).click()
  await page.getByRole('button', { name: 'Abmelden' }).click()
  await expect(page.getByText('Ihr seid abgemeldet.')).toBeVisible()
  await page.goto('/freigaben')
  await expect(page).toHaveURL(/\/anmelden\?weiter=%2Ffreigaben$/)
})

test('after signing in nobody lands on another site', async ({ browserOf, address }) => {
  const { request } = await browserOf()
  for (const [weiter, target] of [
    ['/probleme?q=a', '/probleme?q=a'],
    ['https://example.org/', '/'],
    ['//example.org', '/'],
    ['/\\example.org', '/'],
    ['/\t/example.org', '/'],
    ['javascript:alert(1)', '/'],
    ['\\\\example.org', '/'],
    ['/./\\example.org', '/'],
  ] as const) {
    const credentials = { userName: people.nurse, password }
    const response = await post(request, address, '/anmelden', { ...credentials, weiter })
    expect(response.headers()['location'], weiter).toBe(target)
  }
})

test('an edit shows as a difference, and withdrawing leaves a tombstone', async ({
  browserOf,
  pageOf,
  address,
}) => {
  const context = await browserOf(people.editor, { javaScriptEnabled: false })
  const page = await context.newPage()
  for (const [kind, label] of [
    ['/probleme', 'Was ist das Problem?'],
    ['/loesungen', 'Wie heißt die Lösung?'],
  ] as const) {
    const word = newWord()
    const title = `Die alte Überschrift ${word}`
    const path = await postEntry(context.request, address, kind, { title, visibility: 'PUBLIC' })
    await page.goto(path)
    await page.getByRole('link', { name: 'Bearbeiten' }).click()
    await page.getByLabel(label).fill(`Die neue Überschrift ${word}`)
    await page.getByLabel('Was habt ihr geändert?').fill('Überschrift klarer')
    await page.getByRole('button', { name: 'Änderung veröffentlichen' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Die neue Überschrift ${word}`)
    await page.getByRole('link', { name: 'Verlauf' }).click()
    await expect(page.getByText('Überschrift klarer')).toBeVisible()
    await expect(page.getByRole('insertion').first()).toContainText('neue')
    await expect(page.getByRole('deletion').first()).toContainText('alte')

    const visitor = await pageOf()
    expect((await visitor.goto(path))?.status()).toBe(200)
    await page.goto(path)
    await page.getByText('Zurückziehen', { exact: true }).click()
    await page.getByRole('button', { name: 'Ja, zurückziehen' }).click()
    await expect(page.getByText('Zurückgezogen. Der Text ist nicht mehr zu sehen.')).toBeVisible()
    await visitor.goto(path)
    await expect(visitor.getByRole('heading', { level: 1 })).toHaveText('Zurückgezogen')
    expect(await visitor.content()).not.toContain(word)
    await visitor.goto(`${kind}?q=${word}`)
    await expect(visitor.getByRole('status').filter({ hasText: /^0 / })).toBeVisible()
    expect((await visitor.goto(`${path}/verlauf`))?.status()).toBe(404)
  }
})

test('what is printed is the text, not the furniture', async ({ browserOf, address }) => {
  const context = await browserOf()
  // Also for whoever reads light on dark: paper is white, and ink is dear.
  await context.addCookies([{ name: 'theme', value: 'dark', url: address }])
  const page = await context.newPage()
  await page.goto('/loesungen')
  const text = page.getByRole('main').getByRole('heading', { level: 1 })
  const furniture = [
    page.getByRole('navigation', { name: 'Hauptbereiche' }),
    page.getByText('Filtern und sortieren'),
  ]
  for (const part of [text, ...furniture]) await expect(part).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  await expect(text).toBeVisible()
  for (const part of furniture) await expect(part).toBeHidden()
  expect(await brightnessOfInk(text)).toBeLessThan(60)
})
