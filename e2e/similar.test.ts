import type { BrowserContext, Page } from '@playwright/test'
import { expectNoBarriers } from './support/barriers.ts'
import { newWord, password, people, postEntry } from './support/people.ts'
import { postAnyway, postButton } from './support/posting.ts'
import { expect, test } from './support/test.ts'

// „Das gibt es schon“: shown while somebody writes, compared before posting, and never in the way.

const phone = { viewport: { width: 390, height: 844 } }
const withoutScript = { ...phone, javaScriptEnabled: false }
const posted = 'Euer Problem ist veröffentlicht.'
const different = /^Nein, bei uns ist es anders/

const titleField = (page: Page) => page.getByLabel('Was ist das Problem?')
const box = (page: Page) => page.getByRole('region', { name: /gibt es schon$/ })
const entry = (page: Page, title: string) =>
  box(page).getByRole('listitem').filter({ hasText: title })
const anyway = (page: Page) => page.getByRole('button', { name: 'Trotzdem einstellen' })

/** A problem of another organisation, in words that no other test uses. */
async function postProblem(context: BrowserContext, address: string, more = {}) {
  const title = `Der Schlüssel zum Archiv fehlt ${newWord()} ${newWord()}`
  return { title, path: await postEntry(context.request, address, '/probleme', { title, ...more }) }
}

async function write(page: Page, title: string): Promise<void> {
  await page.goto('/probleme/neu')
  await titleField(page).fill(title)
  await page.getByLabel('In welchem Arbeitsfeld?').selectOption('elder-care')
}

test('a phone shows what others asked, and leaves in peace what is being typed', async ({
  pageOf,
}) => {
  const page = await pageOf(people.editor, phone)
  await page.goto('/probleme/neu')
  const title = titleField(page)
  await title.click()
  const place = await title.boundingBox()
  await title.pressSequentially('Pflegekräfte sprechen ihre Berichte nicht ein')
  const found = entry(page, 'Sprachdokumentation wird kaum genutzt')
  await expect(found).toBeVisible()
  await expect(title).toBeFocused()
  expect(await title.boundingBox()).toEqual(place)
  expect(await box(page).getByRole('listitem').count()).toBeLessThanOrEqual(3)
  await expect(page.getByRole('status').filter({ hasText: 'ähnlich' })).toHaveText(
    /unter dem Titel\.$/,
  )
  await expectNoBarriers(page, 'the box on a phone')

  // What it is, whose it is, what it says and why it is here.
  await expect(found).toContainText(/Vermutlich dasselbe|Ähnliches/)
  await expect(found).toContainText('Problem')
  await expect(found).toContainText('Seniorenzentren Tannwerra')
  const more = found.locator('summary')
  if (await more.isVisible()) await more.click()
  await expect(found).toContainText('Warum:')
  const [tab] = await Promise.all([
    page.waitForEvent('popup'),
    found.getByRole('link').first().click(),
  ])
  await expect(tab.getByRole('heading', { level: 1 })).toHaveText(
    'Sprachdokumentation wird kaum genutzt',
  )
  await expect(title).toHaveValue('Pflegekräfte sprechen ihre Berichte nicht ein')
})

test('a field below the box stays where it is while the box grows', async ({ pageOf }) => {
  const page = await pageOf(people.editor, phone)
  await page.goto('/probleme/neu')
  await page.getByText('Hintergrund und Arbeitsfelder ergänzen').click()
  const body = page.getByLabel('Hintergrund (freiwillig)')
  await body.click()
  const place = await body.boundingBox()
  await body.pressSequentially('Pflegekräfte sprechen ihre Berichte nicht ein')
  await expect(box(page)).toBeAttached()
  await expect(body).toBeFocused()
  const now = await body.boundingBox()
  expect(Math.abs((now?.y ?? 0) - (place?.y ?? 0))).toBeLessThanOrEqual(2)
})

test('it asks only for what says enough, and for each text once', async ({ pageOf }) => {
  const page = await pageOf(people.editor, phone)
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/aehnlich')) asked.push(request.url())
  })
  const pause = () => page.waitForTimeout(900)
  await page.goto('/probleme/neu')
  await titleField(page).pressSequentially('Dienst am')
  await pause()
  expect(asked).toHaveLength(0)
  await titleField(page).pressSequentially(' Wochenende')
  await pause()
  expect(asked).toHaveLength(1)
  await titleField(page).press('!')
  await pause()
  await titleField(page).press('Backspace')
  await pause()
  expect(asked).toHaveLength(2)
})

test('„Nein, bei uns ist es anders“ holds for the whole form', async ({
  browserOf,
  pageOf,
  address,
}) => {
  const { title } = await postProblem(await browserOf(people.editor), address)
  const page = await pageOf(people.nurse, phone)
  await write(page, title)
  await titleField(page).press('End')
  await entry(page, title).getByRole('button', { name: different }).click()
  await expect(entry(page, title)).toHaveCount(0)
  await page.getByRole('button', { name: 'So sehen es andere' }).click()
  await expect(page.getByRole('region', { name: 'So sehen es andere' })).toBeVisible()
  await expect(titleField(page)).toHaveValue(title)
  await titleField(page).pressSequentially('!')
  await page.waitForResponse(/aehnlich$/)
  await expect(entry(page, title)).toHaveCount(0)
  await postButton(page).click()
  await expect(page.getByText(posted)).toBeVisible()
})

test('by keyboard: into the box, an answer, and on to the next question', async ({
  browserOf,
  pageOf,
  address,
}) => {
  const { title } = await postProblem(await browserOf(people.editor), address)
  const page = await pageOf(people.nurse)
  await page.goto('/probleme/neu')
  await titleField(page).fill(title)
  const found = entry(page, title)
  await expect(found).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(found.getByRole('link', { name: title }).first()).toBeFocused()
  for (const name of ['Ja, das hilft', 'Wir auch']) {
    await page.keyboard.press('Tab')
    await expect(page.locator(':focus')).toHaveAccessibleName(`${name}: ${title}`)
  }
  await page.keyboard.press('Tab')
  await expect(found.getByRole('button', { name: different })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(found).toHaveCount(0)
  await expect(page.locator('#aehnlich :focus, #aehnlich:focus')).toHaveCount(1)
  const field = page.getByLabel('In welchem Arbeitsfeld?')
  for (let keys = 0; keys < 12; keys++) {
    await page.keyboard.press('Tab')
    if (await field.evaluate((element) => element === document.activeElement)) break
  }
  await expect(field).toBeFocused()
})

test('„Wir auch“ and „Ja, das hilft“ lead to the entry, and the text stays on the device', async ({
  browserOf,
  pageOf,
  address,
}) => {
  const { title, path } = await postProblem(await browserOf(people.editor), address)
  const page = await pageOf(people.nurse, phone)
  for (const answer of [
    page.getByRole('link', { name: `Ja, das hilft: ${title}` }),
    page.getByRole('button', { name: `Wir auch: ${title}` }),
  ]) {
    await page.goto('/probleme/neu')
    await titleField(page).fill(title)
    await expect(page.getByText('Auf diesem Gerät gespeichert.')).toBeVisible()
    await answer.click()
    await page.waitForURL(`**${path}`)
    await page.goto('/probleme/neu')
    await expect(titleField(page)).toHaveValue(title)
    // What came back is compared at once, without a key being pressed.
    await expect(entry(page, title)).toBeVisible()
    await page.getByRole('button', { name: 'Vom Gerät löschen' }).click()
  }
  await page.goto(path)
  await expect(page.getByText('Eure Organisation sagt „Wir auch“.')).toBeVisible()
})

test('visitors sign in to say „Wir auch“, and land at the problem', async ({
  browserOf,
  pageOf,
  address,
}) => {
  const { title, path } = await postProblem(await browserOf(people.editor), address, {
    visibility: 'PUBLIC',
  })
  const page = await pageOf(undefined, phone)
  await page.goto('/probleme/neu')
  await titleField(page).fill(title)
  await page.getByRole('button', { name: `Wir auch: ${title}` }).click()
  await page.getByLabel('Benutzername').fill(people.nurse)
  await page.getByLabel('Passwort').fill(password)
  await page.getByRole('button', { name: 'Anmelden', exact: true }).click()
  await page.waitForURL(`**${path}`)
  await expect(page.getByRole('button', { name: 'Wir auch', exact: true })).toBeVisible()
})

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with script, where the box did not come' : 'without script'
  const options = { ...phone, javaScriptEnabled }

  test(`${how}: the form compares before it posts, once`, async ({
    browserOf,
    pageOf,
    address,
  }) => {
    const { title } = await postProblem(await browserOf(people.editor), address)
    const page = await pageOf(people.nurse, options)
    await page.route('**/aehnlich', (route) => route.abort())
    await write(page, title)
    await page.getByText('Wer es sieht:').click()
    await page.getByRole('radio', { name: 'Unser Verband' }).check()
    await postButton(page).click()
    await expect(anyway(page)).toBeVisible()
    await expect(entry(page, title)).toContainText('Vermutlich dasselbe')
    await expect(page.getByRole('heading', { name: 'Das gibt es schon' })).toBeFocused()
    await expect(titleField(page)).toHaveValue(title)
    await expect(page.getByLabel('In welchem Arbeitsfeld?')).toHaveValue('elder-care')
    await expect(page.locator('input[name=visibility]:checked')).toHaveValue('OWN_ASSOCIATION')
    if (javaScriptEnabled) await expectNoBarriers(page, 'comparing on a phone')
    const other = await pageOf(people.nurse)
    await other.goto(`/probleme?q=${title.split(' ').at(-1)}`)
    await expect(other.getByRole('status').filter({ hasText: /Problem/ })).toHaveText('1 Problem')
    await anyway(page).click()
    await expect(page.getByText(posted)).toBeVisible()
    await other.reload()
    await expect(other.getByRole('status').filter({ hasText: /Problem/ })).toHaveText('2 Probleme')
  })
}

test('without script: answers to what is compared', async ({ browserOf, pageOf, address }) => {
  const { title, path } = await postProblem(await browserOf(people.editor), address)
  const page = await pageOf(people.nurse, withoutScript)
  await write(page, title)
  await postButton(page).click()
  await entry(page, title).getByRole('button', { name: different }).click()
  await expect(entry(page, title)).toHaveCount(0)
  await expect(titleField(page)).toHaveValue(title)
  await anyway(page).click()
  await expect(page.getByText(posted)).toBeVisible()

  await write(page, title)
  await postButton(page).click()
  const same = page.locator(`[formaction$="${path}?/sameHere"]`)
  const more = entry(page, title).filter({ has: same }).locator('summary')
  if (await more.isVisible()) await more.click()
  await same.click()
  await page.waitForURL(`**${path}`)
  await expect(page.getByText('Eure Organisation sagt „Wir auch“.')).toBeVisible()
})

test('what a visitor may not see yet is compared after signing in', async ({
  browserOf,
  pageOf,
  address,
}) => {
  const { title } = await postProblem(await browserOf(people.editor), address)
  const page = await pageOf(undefined, withoutScript)
  await write(page, title)
  await postButton(page).click()
  await expect(page.getByRole('group', { name: 'Eure Anmeldung ist abgelaufen' })).toBeVisible()
  await expect(page.getByText(title)).toHaveCount(1)
  await page.getByLabel('Benutzername').fill(people.nurse)
  await page.getByLabel('Passwort').fill(password)
  await postButton(page).click()
  await expect(entry(page, title)).toBeVisible()
  await anyway(page).click()
  await expect(page.getByText(posted)).toBeVisible()
})

test('a solution is compared with solutions', async ({ browserOf, pageOf, address }) => {
  const title = `Ein Brett für alle Schlüssel ${newWord()} ${newWord()}`
  const editor = await browserOf(people.editor)
  await postEntry(editor.request, address, '/probleme', { title })
  await postEntry(editor.request, address, '/loesungen', { title })
  const page = await pageOf('redaktion.tannwerra', phone)
  await page.goto(`/loesungen/neu?titel=${encodeURIComponent(title)}`)
  await expect(entry(page, title)).toHaveCount(1)
  await expect(entry(page, title)).toContainText('Lösung')
  await expect(page.getByRole('button', { name: /^Wir auch/ })).toHaveCount(0)

  const plain = await pageOf('redaktion.tannwerra', withoutScript)
  await plain.goto('/loesungen/neu')
  await plain.getByLabel('Wie heißt die Lösung?').fill(title)
  await plain.getByLabel('Was ist das, und was bringt es?').fill('Ein Brett mit Haken.')
  await plain.getByRole('radio', { name: 'Ablauf oder Regel' }).check()
  await plain.getByLabel('In welchem Arbeitsfeld?').selectOption('elder-care')
  await postButton(plain).click()
  await expect(anyway(plain)).toBeVisible()
  await expect(plain.getByRole('radio', { name: 'Ablauf oder Regel' })).toBeChecked()
  await anyway(plain).click()
  await expect(plain.getByRole('heading', { level: 1 })).toHaveText(title)
})

test('a crisis: whom to call stands in the box and on the page', async ({ pageOf }) => {
  const page = await pageOf(people.nurse, phone)
  await write(page, `Ich will nicht mehr leben und weiß nicht weiter ${newWord()}`)
  const help = page.getByRole('region', { name: 'Hilfe in einer Krise' })
  await expect(help.locator('a[href^="tel:"]').first()).toBeVisible()
  await expectNoBarriers(page, 'help in the box')
  await postAnyway(page, page.getByText('Euer Problem ist veröffentlicht.'))
  await expect(help.locator('a[href^="tel:"]').first()).toBeVisible()
})
