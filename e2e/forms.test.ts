import type { BrowserContext, Page } from '@playwright/test'
import { postAnyway, postButton } from './support/posting.ts'
import { newWord, password, people, post, postEntry } from './support/people.ts'
import { expect, test } from './support/test.ts'

// Whatever happens between typing and arriving: the text is still there, and it arrives once.

const titleLabel = 'Was ist das Problem?'
const posted = 'Euer Problem ist veröffentlicht.'

async function fillProblem(page: Page, title: string): Promise<void> {
  await page.getByLabel(titleLabel).fill(title)
  await page.getByLabel('In welchem Arbeitsfeld?').selectOption('elder-care')
}

const submit = postButton

/** With script the form shows that it is alive by keeping what is typed. */
async function untilAlive(page: Page): Promise<void> {
  await expect(page.getByText('Auf diesem Gerät gespeichert.')).toBeVisible()
}

async function expectSummary(page: Page): Promise<void> {
  const summary = page.getByRole('alert').filter({ has: page.getByRole('heading', { level: 2 }) })
  await expect(summary).toBeVisible()
  await expect(summary).toBeFocused()
  await expect(page).toHaveTitle(/^Fehler: /)
}

async function countOf(page: Page, word: string): Promise<void> {
  await page.goto(`/probleme?q=${word}`)
  await expect(page.getByRole('status').filter({ hasText: /Problem/ })).toHaveText('1 Problem')
}

/** A session of its own, so that ending it disturbs nobody else. */
async function signInAnew(context: BrowserContext, address: string, userName: string) {
  await post(context.request, address, '/anmelden', { userName, password })
}

/** Ends the session on the server; the browser does not notice. */
async function endSession(context: BrowserContext, address: string): Promise<void> {
  const cookies = await context.cookies(address)
  await post(context.request, address, '/abmelden', {})
  await context.clearCookies()
  await context.addCookies(cookies)
}

async function signInInline(page: Page, userName: string): Promise<void> {
  await expect(page.getByRole('group', { name: 'Eure Anmeldung ist abgelaufen' })).toBeVisible()
  await page.getByLabel('Benutzername').fill(userName)
  await page.getByLabel('Passwort').fill(password)
}

for (const javaScriptEnabled of [true, false]) {
  const options = { javaScriptEnabled }

  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    test('a mistake: the summary has the focus, every answer is kept', async ({ pageOf }) => {
      const page = await pageOf(people.editor, options)
      await page.goto('/probleme/neu')
      await page.getByLabel(titleLabel).fill('Niemand liest die Dienstanweisungen')
      await page.getByText('Hintergrund und Arbeitsfelder ergänzen').click()
      await page.getByLabel('Hintergrund', { exact: false }).last().fill('Erste Zeile\n\nZweite')
      await page.getByText('Wer es sieht:').click()
      await page.getByRole('radio', { name: 'Unser Verband' }).check()
      await submit(page).click()
      await expectSummary(page)
      await expect(page.getByLabel(titleLabel)).toHaveValue('Niemand liest die Dienstanweisungen')
      await expect(page.getByLabel('Hintergrund (freiwillig)')).toHaveValue('Erste Zeile\n\nZweite')
      const visibility = page.locator('details', { hasText: 'Wer es sieht: Unser Verband' })
      if ((await visibility.getAttribute('open')) === null)
        await visibility.locator('> summary').click()
      await expect(page.getByRole('radio', { name: 'Unser Verband' })).toBeChecked()
      await page.getByRole('link', { name: 'Wählt ein Arbeitsfeld.' }).click()
      await expect(page.getByLabel('In welchem Arbeitsfeld?')).toBeFocused()
    })

    test('an expired session: signs in inside the form and posts in one go', async ({
      browserOf,
      address,
    }) => {
      const context = await browserOf(undefined, options)
      await signInAnew(context, address, people.editor)
      const page = await context.newPage()
      const word = newWord()
      await page.goto('/probleme/neu')
      await fillProblem(page, `Alles ist abgelaufen ${word}`)
      if (javaScriptEnabled) await untilAlive(page)
      await endSession(context, address)
      await submit(page).click()
      await signInInline(page, people.editor)
      await expect(page.getByLabel(titleLabel)).toHaveValue(`Alles ist abgelaufen ${word}`)
      await postAnyway(page, page.getByText(posted))
      await countOf(page, word)
    })

    test('a visitor writes first and signs in along with sending', async ({ pageOf }) => {
      const page = await pageOf(undefined, options)
      const word = newWord()
      await page.goto('/probleme/neu')
      await fillProblem(page, `Erst schreiben, dann anmelden ${word}`)
      await submit(page).click()
      await signInInline(page, people.educator)
      await page.getByLabel('Passwort').fill('falsch')
      await submit(page).click()
      await expectSummary(page)
      await expect(page.getByLabel(titleLabel)).toHaveValue(new RegExp(word))
      await expect(page.getByLabel('In welchem Arbeitsfeld?')).toHaveValue('elder-care')
      await expect(page.getByLabel('Benutzername')).toHaveValue(people.educator)
      await signInInline(page, people.educator)
      await postAnyway(page, page.getByText(posted))
      await countOf(page, word)
    })

    test('pressing twice posts once, and so does sending the same form again', async ({
      browserOf,
      address,
    }) => {
      const context = await browserOf(people.editor, options)
      const page = await context.newPage()
      const word = newWord()
      // Of words that nobody else has: the form must not stop to compare.
      const impatient = `${newWord()} ${word}`
      await page.goto('/probleme/neu')
      await fillProblem(page, impatient)
      if (javaScriptEnabled) await untilAlive(page)
      const idempotencyKey = await page.locator('input[name=idempotencyKey]').inputValue()
      await submit(page).dblclick()
      await page.waitForURL(/\/probleme\/(?!neu)/)
      // As a browser does that kept the page for going back, or a proxy that tries again.
      const again = { title: impatient, fieldsOfWork: 'elder-care', idempotencyKey }
      const repeated = await post(context.request, address, '/probleme/neu', again)
      expect(repeated.headers()['location']).toBe(new URL(page.url()).pathname)
      // What is new in the same form gets told apart, instead of being lost.
      const other = await post(context.request, address, '/probleme/neu', {
        ...again,
        title: `${newWord()} ${newWord()}`,
      })
      expect(await other.text()).toContain('Dieser Text wurde schon gesendet.')
      await countOf(page, word)
    })

    test('what looks like data of clients needs a confirmation', async ({ pageOf }) => {
      const page = await pageOf(people.editor, options)
      const word = newWord()
      const title = `Frau Meier, 83 Jahre, will nicht duschen ${word}`
      await page.goto('/probleme/neu')
      await fillProblem(page, title)
      for (const _ of ['first', 'still not confirmed']) {
        await postAnyway(page, page.getByRole('alert'))
        await expectSummary(page)
        await expect(page.getByText('Bitte prüft den Text noch einmal')).toBeVisible()
        await expect(page.getByLabel(titleLabel)).toHaveValue(title)
        await expect(page.getByLabel('In welchem Arbeitsfeld?')).toHaveValue('elder-care')
      }
      await page.getByRole('checkbox', { name: 'Nein, der Text enthält keine Angaben' }).check()
      await postAnyway(page, page.getByText(posted))
    })

    test('two change the same text: the second sees both and decides', async ({
      browserOf,
      pageOf,
      address,
    }) => {
      const context = await browserOf(people.editor, options)
      const title = `Zwei ändern ${newWord()}`
      const path = await postEntry(context.request, address, '/probleme', { title })
      const [first, second] = [await context.newPage(), await pageOf(people.educator, options)]
      await first.goto(`${path}/bearbeiten`)
      await second.goto(`${path}/bearbeiten`)
      await first.getByLabel(titleLabel).fill(`${title} – die Erste`)
      await first.getByRole('button', { name: 'Änderung veröffentlichen' }).click()
      await expect(first.getByText('Gespeichert.', { exact: true })).toBeVisible()
      await second.getByLabel(titleLabel).fill(`${title} – die Zweite`)
      await second.getByRole('button', { name: 'Änderung veröffentlichen' }).click()
      await expect(second.getByText('Jemand war schneller')).toBeVisible()
      await expect(second.getByLabel(titleLabel)).toHaveValue(`${title} – die Zweite`)
      await second.getByText('So lautet die neue Fassung').click()
      await expect(second.getByText(`${title} – die Erste`)).toBeVisible()
      await second.getByRole('button', { name: 'Änderung veröffentlichen' }).click()
      await expect(second.getByText('Gespeichert.', { exact: true })).toBeVisible()
      await second.goto(`${path}/verlauf`)
      await expect(second.getByRole('heading', { name: /^Fassung/ })).toHaveText([
        'Fassung 3',
        'Fassung 2',
        'Fassung 1',
      ])
    })
  })
}

test('an answer, too, survives a mistake and an expired session', async ({
  browserOf,
  address,
}) => {
  const asker = await browserOf(people.editor)
  const path = await postEntry(asker.request, address, '/probleme', { title: `Wer ${newWord()}` })
  const context = await browserOf()
  await signInAnew(context, address, people.nurse)
  const page = await context.newPage()
  await page.goto(path)
  await page.getByLabel('Eure Antwort').fill('Das hatten wir auch.')
  await page.getByRole('button', { name: 'Antwort veröffentlichen' }).click()
  await expectSummary(page)
  await expect(page.getByLabel('Eure Antwort')).toHaveValue('Das hatten wir auch.')
  await page.getByRole('radio', { name: 'Rückfrage' }).check()
  await endSession(context, address)
  await page.getByRole('button', { name: 'Antwort veröffentlichen' }).click()
  await signInInline(page, people.nurse)
  await expect(page.getByRole('radio', { name: 'Rückfrage' })).toBeChecked()
  await page.getByRole('button', { name: 'Antwort veröffentlichen' }).click()
  await expect(page.getByText('Eure Antwort ist veröffentlicht.')).toBeVisible()
  await expect(page.getByText('Das hatten wir auch.')).toHaveCount(1)
})

test('a lost connection: the text stays and goes out afterwards', async ({ browserOf }) => {
  const context = await browserOf(people.editor)
  const page = await context.newPage()
  const word = newWord()
  await page.goto('/probleme/neu')
  await fillProblem(page, `Funkloch ${word}`)
  await untilAlive(page)
  await context.setOffline(true)
  await submit(page).click()
  await expect(page.getByRole('alert')).toContainText('Noch nicht angekommen')
  await expect(page.getByText('nicht mit dem Internet verbunden')).toBeVisible()
  await expect(page.getByLabel(titleLabel)).toHaveValue(`Funkloch ${word}`)
  await context.setOffline(false)
  // The request arrives, its answer gets lost: sending again must not post twice.
  await page.route('**/probleme/neu', async (route) => {
    await route.fetch({ maxRedirects: 0 })
    await route.abort()
  })
  await submit(page).click()
  await expect(page.getByRole('alert')).toContainText('Noch nicht angekommen')
  // The device is connected: it must not be blamed.
  await expect(page.getByText('nicht mit dem Internet verbunden')).toBeHidden()
  await page.unroute('**/probleme/neu')
  await submit(page).click()
  await expect(page.getByText(posted)).toBeVisible()
  await countOf(page, word)
})

test('a draft survives a reload, and is gone after posting', async ({ pageOf }) => {
  const page = await pageOf(people.editor)
  const title = `Der Akku war leer ${newWord()}`
  await page.goto('/probleme/neu')
  await fillProblem(page, title)
  await untilAlive(page)
  await page.goto('/')
  await page.goto('/probleme/neu')
  await expect(page.getByText('Euer Text von vorhin steht wieder da.')).toBeVisible()
  await expect(page.getByLabel(titleLabel)).toHaveValue(title)
  await page.getByLabel('In welchem Arbeitsfeld?').selectOption('elder-care')
  await postAnyway(page, page.getByText(posted))
  await page.goto('/probleme/neu')
  await page.getByLabel(titleLabel).pressSequentially('N')
  await untilAlive(page)
  await expect(page.getByLabel(titleLabel)).toHaveValue('N')
})

test('a draft of an answer, too', async ({ browserOf, pageOf, address }) => {
  const asker = await browserOf(people.editor)
  const path = await postEntry(asker.request, address, '/probleme', { title: `Wer ${newWord()}` })
  const page = await pageOf(people.nurse)
  await page.goto(path)
  await page.getByRole('radio', { name: 'Erfahrung' }).check()
  await page.getByLabel('Eure Antwort').fill('Mitten im Satz')
  await untilAlive(page)
  await page.goto('/')
  await page.goto(path)
  await expect(page.getByLabel('Eure Antwort')).toHaveValue('Mitten im Satz')
  await page.getByRole('radio', { name: 'Erfahrung' }).check()
  await page.getByRole('button', { name: 'Antwort veröffentlichen' }).click()
  await expect(page.getByText('Eure Antwort ist veröffentlicht.')).toBeVisible()
  await expect(page.getByLabel('Eure Antwort')).toHaveValue('')
})

test('what was typed before the script arrived stays', async ({ pageOf }) => {
  const page = await pageOf(people.editor)
  let release = () => {}
  const released = new Promise<void>((resolve) => (release = resolve))
  await page.route('**/*.js', async (route) => {
    await released
    await route.continue()
  })
  await page.goto('/probleme/neu', { waitUntil: 'commit' })
  await fillProblem(page, 'Schneller als das Netz')
  await page.getByText('Wer es sieht:').click()
  await page.getByRole('radio', { name: 'Öffentlich' }).check()
  await page.getByLabel(titleLabel).focus()
  release()
  await page.waitForLoadState('networkidle')
  await page.getByLabel(titleLabel).press('End')
  await page.getByLabel(titleLabel).pressSequentially('!')
  await untilAlive(page)
  await expect(page.getByLabel(titleLabel)).toHaveValue('Schneller als das Netz!')
  await expect(page.getByLabel('In welchem Arbeitsfeld?')).toHaveValue('elder-care')
  await expect(page.getByRole('radio', { name: 'Öffentlich' })).toBeChecked()
})
