import jsqr from 'jsqr'
import { PNG } from 'pngjs'
import type { Locator, Page } from '@playwright/test'
import { issueCard, letPass, redeemCard } from './support/cards.ts'
import { newWord, people } from './support/people.ts'
import { postAnyway } from './support/posting.ts'
import { expect, test } from './support/test.ts'

const phone = { viewport: { width: 390, height: 844 } }

/** Between two letters, as thumbs type, and to look at a page that is new, in milliseconds. */
const pace = { letter: 180, look: 4_000 }

const type = async (field: Locator, text: string) => {
  await field.click()
  await field.pressSequentially(text, { delay: pace.letter })
}

const iAmNow = (page: Page, name: string) =>
  page.getByRole('banner').getByText(`Ich bin jetzt ${name}`)

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with script, code typed' : 'without script, code scanned'
  test(`from a card to a problem in three minutes, ${how}`, async ({ pageOf }) => {
    test.setTimeout(300_000)
    const code = await issueCard(await pageOf(people.editor), `Nachtdienst ${newWord()}`)
    const page = await pageOf(undefined, { ...phone, javaScriptEnabled })
    const look = () => page.waitForTimeout(pace.look)
    const start = performance.now()

    if (javaScriptEnabled) {
      await page.goto('/karte?weiter=/probleme/neu')
      await look()
      await type(page.getByLabel('Code auf der Karte'), code.toLowerCase().replaceAll('-', ' '))
      await page.getByRole('button', { name: 'Weiter' }).click()
    } else await page.goto(`/karte?code=${code}&weiter=/probleme/neu`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Wählt eure PIN')
    // The code is nowhere in the address, and so in no history.
    expect(new URL(page.url()).search).toBe('?weiter=%2Fprobleme%2Fneu')
    expect(await page.content()).not.toContain(code)
    await look()

    const pin = page.getByLabel('PIN aus sechs Ziffern')
    const again = page.getByLabel('PIN noch einmal')
    await type(pin, '240378')
    await type(again, '240378')
    await page.getByRole('radio', { name: 'Das ist mein eigenes Telefon' }).check()
    await page.getByRole('button', { name: 'PIN speichern und loslegen' }).click()
    await expect(page.getByRole('alert')).toContainText('wie ein Datum')
    await look()
    await type(pin, '480271')
    await type(again, '480271')
    await expect(page.getByRole('radio', { name: 'Das ist mein eigenes Telefon' })).toBeChecked()
    await page.getByRole('button', { name: 'PIN speichern und loslegen' }).click()

    await page.waitForURL('**/probleme/neu')
    await look()
    await type(
      page.getByLabel('Was ist das Problem?'),
      'Bei der Übergabe in der Nacht fehlt die Liste der Allergien',
    )
    await page.getByLabel('In welchem Arbeitsfeld?').selectOption('child-daycare')
    await postAnyway(page, page.getByText('Euer Problem ist veröffentlicht.'))

    const seconds = Math.round((performance.now() - start) / 1000)
    console.log(`${how}: ${seconds} s from card to problem`)
    expect(seconds).toBeLessThan(180)
  })
}

test('a card opens nothing twice, and says what to do', async ({ pageOf }) => {
  const code = await issueCard(await pageOf(people.editor), `Einmal ${newWord()}`)
  const page = await pageOf(undefined, phone)
  await redeemCard(page, code, { pin: '480271', isShared: false })
  const other = await pageOf(undefined, phone)
  await other.goto(`/karte?code=${code}`)
  await expect(other.getByRole('alert')).toContainText('Bittet eure Leitung um eine neue.')
  await other.getByLabel('Code auf der Karte').fill(code.replace(/.$/, '') + '0')
  await other.getByRole('button', { name: 'Weiter' }).click()
  await expect(other.getByRole('alert')).toBeVisible()
})

test.describe('a shared tablet', () => {
  for (const javaScriptEnabled of [true, false]) {
    test(`passes from hand to hand ${javaScriptEnabled ? 'with' : 'without'} script`, async ({
      pageOf,
    }) => {
      const editor = await pageOf(people.editor)
      const [anna, ben] = [`Anna ${newWord()}`, `Ben ${newWord()}`]
      const page = await pageOf(undefined, { javaScriptEnabled })
      const pins = { [anna]: '480271', [ben]: '592806' }
      for (const [name, pin] of Object.entries(pins)) {
        await redeemCard(page, await issueCard(editor, name), { pin, isShared: true })
        await expect(iAmNow(page, name)).toBeVisible()
      }

      // Ben types something and puts the tablet down.
      await page.goto('/probleme/neu')
      await page.getByLabel('Was ist das Problem?').fill('Was Ben allein angeht')
      if (javaScriptEnabled)
        await expect(page.getByText('Auf diesem Gerät gespeichert.')).toBeVisible()
      await page.getByRole('button', { name: 'wechseln' }).click()
      await expect(page.getByRole('heading', { name: 'Ich bin jetzt …' })).toBeVisible()
      await page.getByRole('link', { name: anna }).click()
      await page.getByLabel(`PIN von ${anna}`).fill(pins[anna]!)
      await page.getByRole('button', { name: `Als ${anna} anmelden` }).click()
      await expect(iAmNow(page, anna)).toBeVisible()
      await page.goto('/probleme/neu')
      await expect(page.getByLabel('Was ist das Problem?')).toHaveValue('')

      // Anna is signed out after 15 minutes; what she was typing goes with her PIN.
      const title = `Anna schreibt weiter ${newWord()}`
      await page.getByLabel('Was ist das Problem?').fill(title)
      await page.getByLabel('In welchem Arbeitsfeld?').selectOption('child-daycare')
      await letPass(15)
      await page.getByRole('button', { name: 'Problem veröffentlichen' }).click()
      await expect(page.getByText('Eure Anmeldung ist abgelaufen')).toBeVisible()
      await expect(page.getByLabel('Was ist das Problem?')).toHaveValue(title)
      await expect(iAmNow(page, anna)).toHaveCount(0)
      await page.getByRole('radio', { name: anna }).check()
      await page.getByLabel('PIN', { exact: true }).fill(pins[anna]!)
      await postAnyway(page, page.getByText('Euer Problem ist veröffentlicht.'))
      await expect(iAmNow(page, anna)).toBeVisible()
    })
  }

  test('forgets a person’s PIN after five wrong ones, and nobody else’s', async ({ pageOf }) => {
    const editor = await pageOf(people.editor)
    const [anna, ben] = [`Anna ${newWord()}`, `Ben ${newWord()}`]
    const page = await pageOf()
    for (const name of [anna, ben])
      await redeemCard(page, await issueCard(editor, name), { pin: '480271', isShared: true })
    await page.getByRole('button', { name: 'wechseln' }).click()
    await page.getByRole('link', { name: anna }).click()
    for (let n = 0; n < 5; n++) {
      await page.getByLabel(`PIN von ${anna}`).fill('111112')
      await page.getByRole('button', { name: `Als ${anna} anmelden` }).click()
      await expect(page.getByRole('alert')).toBeVisible()
    }
    await expect(page.getByRole('alert')).toContainText('neue Zugangskarte')
    await page.goto('/anmelden')
    await expect(page.getByRole('link', { name: anna })).toContainText('PIN gesperrt')
    await page.getByRole('link', { name: ben }).click()
    await page.getByLabel(`PIN von ${ben}`).fill('480271')
    await page.getByRole('button', { name: `Als ${ben} anmelden` }).click()
    await expect(iAmNow(page, ben)).toBeVisible()

    await page.goto('/konto')
    await page.getByRole('button', { name: /^Herausnehmen/ }).click()
    await expect(page.getByText('Eure PIN gilt dort nicht mehr.')).toBeVisible()
  })
})

test('a printed card is one bank card on one page, and cameras read it', async ({
  pageOf,
  address,
}) => {
  const editor = await pageOf(people.editor, { deviceScaleFactor: 3 })
  const code = await issueCard(editor, `Druck ${newWord()}`)
  await editor.emulateMedia({ media: 'print' })
  const card = editor.locator('article').filter({ hasText: code })
  const box = await card.boundingBox()
  const millimetres = (pixels = 0) => (pixels / 96) * 25.4
  expect(millimetres(box?.width)).toBeCloseTo(85.6, 0)
  expect(millimetres(box?.height)).toBeCloseTo(54, 0)
  // Nothing is cut off.
  expect(await card.evaluate((node) => node.scrollHeight - node.clientHeight)).toBeLessThanOrEqual(
    0,
  )
  const { data, width, height } = PNG.sync.read(await card.locator('svg').screenshot())
  expect(jsqr.default(new Uint8ClampedArray(data), width, height)?.data).toBe(
    `${address}/karte?code=${code}`,
  )
  expect(pagesOf(await editor.pdf({ preferCSSPageSize: true }))).toBe(1)
})

/** How many pages a PDF has, by the count that its page tree begins with. */
function pagesOf(pdf: Buffer): number {
  return Number(/\/Type\s*\/Pages\b[^>]*\/Count (\d+)/.exec(pdf.toString('latin1'))?.[1])
}
