import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { brightnessOfPaper, differingShare } from './support/colours.ts'
import { newWord, people, postEntry } from './support/people.ts'
import { postAnyway } from './support/posting.ts'
import { makeSites } from './support/sites.ts'
import { suggest } from './support/suggestions.ts'
import { expect, test } from './support/test.ts'

const looks = [
  { width: 1280, height: 900, colorScheme: 'light' },
  { width: 390, height: 844, colorScheme: 'dark' },
  { width: 320, height: 640, colorScheme: 'light' },
] as const

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe finds wrong with the page as it stands. */
async function findBarriers(page: Page, where: string, exclude?: string): Promise<void> {
  // Legacy mode only leaves out frames of other origins, of which there are none; it is faster.
  const axe = new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .withTags(rules)
  const { violations } = await (exclude ? axe.exclude(exclude) : axe).analyze()
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
  )
  expect.soft(found, where).toEqual([])
}

/** Nothing sticks out of the window, and everything to press can be hit. */
async function findMisfits(page: Page, where: string): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect.soft(overflow, `${where}: scrolls sideways`).toBeLessThanOrEqual(0)
  expect.soft(await smallTargets(page), `${where}: hard to hit`).toEqual([])
}

/**
 * Targets below 24 × 24 px that have not that room for themselves either (WCAG 2.5.8). Links within
 * a sentence are exempt there, and controls that their label widens are as big as both.
 */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const all = 'a[href], button, input:not([type=hidden]), select, textarea, summary'
    /** What stays in place while the rest scrolls: it is near to something only for a moment. */
    const layerOf = (element: Element | null): Element | null =>
      !element || /fixed|sticky/.test(getComputedStyle(element).position)
        ? element
        : layerOf(element.parentElement)
    const targets = [...document.querySelectorAll(all)].flatMap((element) => {
      const own = element.getBoundingClientRect()
      if (!element.checkVisibility() || own.width <= 1 || own.height <= 1) return []
      const label = element instanceof HTMLInputElement ? element.labels?.[0] : undefined
      const more = label?.getBoundingClientRect() ?? own
      const [left, right] = [Math.min(own.left, more.left), Math.max(own.right, more.right)]
      const [top, bottom] = [Math.min(own.top, more.top), Math.max(own.bottom, more.bottom)]
      return [{ element, left, right, top, bottom, layer: layerOf(element) }]
    })
    const isWithinText = ({ element }: (typeof targets)[number]) =>
      getComputedStyle(element).display === 'inline' &&
      [...(element.parentElement?.childNodes ?? [])].some(
        (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim().length > 2,
      )
    return targets
      .filter(({ left, right, top, bottom }) => right - left < 23.5 || bottom - top < 23.5)
      .filter((target) => !isWithinText(target))
      .filter((target) => {
        const [x, y] = [(target.left + target.right) / 2, (target.top + target.bottom) / 2]
        return targets.some((other) => {
          if (other.element.contains(target.element) || other.layer !== target.layer) return false
          const across = Math.max(other.left - x, 0, x - other.right)
          const down = Math.max(other.top - y, 0, y - other.bottom)
          return Math.hypot(across, down) < 12
        })
      })
      .map(({ element }) => element.outerHTML.slice(0, 160))
  })
}

for (const { colorScheme, ...viewport } of looks) {
  const look = `${viewport.width} px, ${colorScheme}`

  test(`every page, ${look}: axe finds nothing, nothing sticks out`, async ({
    browserOf,
    address,
  }) => {
    test.setTimeout(150_000)
    const editor = await browserOf(people.editor, { viewport, colorScheme })
    const { open, own } = await makeSites(editor.request, address)
    const visitor = await browserOf(undefined, { viewport, colorScheme })
    for (const [context, paths] of [
      [visitor, open],
      [editor, own],
    ] as const) {
      const page = await context.newPage()
      for (const path of paths) {
        await page.goto(path)
        await findBarriers(page, `${path} at ${look}`)
        await findMisfits(page, `${path} at ${look}`)
      }
    }
  })

  test(`every state, ${look}: axe finds nothing`, async ({ browserOf }) => {
    const context = await browserOf(people.editor, { viewport, colorScheme })
    const page = await context.newPage()
    await page.goto('/probleme/neu')
    for (const details of await page.locator('main details > summary').all()) await details.click()
    await findBarriers(page, `all fields of a problem at ${look}`)
    await page.getByRole('button', { name: 'Problem veröffentlichen' }).click()
    await expect(page.getByRole('alert')).toBeVisible()
    await findBarriers(page, `error summary at ${look}`)
    await findMisfits(page, `error summary at ${look}`)
    await page.getByLabel('Was ist das Problem?').fill('Frau Meier, 83 Jahre, will nicht duschen')
    await page.getByLabel('In welchem Arbeitsfeld?').selectOption('elder-care')
    await postAnyway(page, page.getByText('Bitte prüft den Text noch einmal'))
    await findBarriers(page, `client data warning at ${look}`)
    await findMisfits(page, `client data warning at ${look}`)
    await page.goto('/loesungen/neu')
    for (const details of await page.locator('main details > summary').all()) await details.click()
    await findBarriers(page, `all fields of a solution at ${look}`)
    await page.goto('/loesungen')
    if (viewport.width < 1000) await page.getByText('Filtern und sortieren').click()
    await page.getByRole('banner').locator('summary').click()
    await findBarriers(page, `open filters and menu at ${look}`)
    await findMisfits(page, `open filters and menu at ${look}`)
    await suggest(page, ['Dienstplan', 'Dienstübergabe mit einem ziemlich langen Titel'])
    await page.getByRole('combobox', { name: 'Überall suchen' }).fill('Dienst')
    await expect(page.getByRole('listbox')).toBeVisible()
    await page.keyboard.press('ArrowDown')
    await findBarriers(page, `suggestions at ${look}`)
    await findMisfits(page, `suggestions at ${look}`)
  })
}

test('the page of the API, outside the editor that others made', async ({ pageOf }) => {
  const page = await pageOf()
  await page.goto('/api')
  await expect(page.getByRole('button', { name: /execute/i })).toBeVisible()
  await findBarriers(page, '/api', '#console')
})

test('by keyboard alone: a problem with at most 25 keys besides its letters', async ({
  pageOf,
}) => {
  const page = await pageOf(people.editor)
  await page.goto('/')
  let keys = 0
  const press = async (key: string) => {
    keys++
    await page.keyboard.press(key)
  }
  const focus = page.locator(':focus')
  /** Moves on until the focus is where it should be, and sees at each stop that it shows. */
  const tabTo = async (matches: () => Promise<boolean>) => {
    do {
      expect(keys, 'keys besides letters').toBeLessThan(25)
      await press('Tab')
      const outline = await focus.evaluate((element) => {
        // A field may let its frame show the ring.
        const frames = [element, element.parentElement ?? element].map((frame) =>
          getComputedStyle(frame),
        )
        const shows = frames.some(
          ({ outlineStyle, outlineWidth, boxShadow }) =>
            (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) ||
            boxShadow !== 'none',
        )
        const box = element.getBoundingClientRect()
        const [x, y] = [box.x + box.width / 2, box.y + Math.min(box.height / 2, 20)]
        const top = document.elementFromPoint(x, y)
        return {
          shows,
          uncovered: !top || element.contains(top) || top.contains(element),
          html: element.outerHTML.slice(0, 100),
        }
      })
      expect(outline, outline.html).toMatchObject({ shows: true, uncovered: true })
    } while (!(await matches()))
  }
  const isNamed = (name: RegExp) => async () =>
    name.test(
      await focus.evaluate(
        (element) =>
          (element as HTMLInputElement).labels?.[0]?.textContent ?? element.textContent ?? '',
      ),
    )
  await tabTo(isNamed(/Ich habe da ein Problem/))
  await press('Enter')
  await page.waitForURL('/probleme/neu')
  await page.waitForLoadState('networkidle')
  await press('Tab')
  await expect(focus).toHaveText('Zum Inhalt springen')
  await press('Enter')
  await tabTo(isNamed(/Was ist das Problem/))
  await page.keyboard.type('Wer weiß, wie man Dienste tauscht?')
  await tabTo(isNamed(/In welchem Arbeitsfeld/))
  await page.keyboard.type('Altenhilfe')
  await tabTo(isNamed(/^\s*Problem veröffentlichen/))
  await press('Enter')
  await expect(page.getByText('Euer Problem ist veröffentlicht.')).toBeVisible()
  console.log(`keys besides letters: ${keys}`)
})

test('in forced colours a chosen radio or checkbox looks different', async ({ browserOf }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browserOf(people.editor, { forcedColors: 'active', colorScheme })
    const page = await context.newPage()
    for (const [path, control] of [
      ['/loesungen/neu', page.getByRole('radio', { name: 'Vorlage' })],
      ['/loesungen', page.getByRole('checkbox', { name: 'ohne Software' })],
    ] as const) {
      await page.goto(path)
      await control.scrollIntoViewIfNeeded()
      const before = await control.screenshot()
      await control.check()
      // Only what is chosen shall differ, not what has the focus or the mouse.
      await page.mouse.move(2, 2)
      await control.evaluate((element) => (element as HTMLElement).blur())
      const after = await control.screenshot()
      const different = await differingShare(page, before, after)
      expect(different, `${await control.getAttribute('type')} in ${colorScheme}`).toBeGreaterThan(
        0.02,
      )
    }
  }
})

test('the theme is there from the first paint', async ({ browserOf, address }) => {
  for (const javaScriptEnabled of [true, false]) {
    const chosen = await browserOf(undefined, { colorScheme: 'light', javaScriptEnabled })
    await chosen.addCookies([{ name: 'theme', value: 'dark', url: address }])
    // The attribute comes with the first bytes, so that nothing can flash.
    const html = await (await chosen.request.get('/')).text()
    expect(html).toMatch(/^<!doctype html>\s*<html lang="de" data-kern-theme="dark">/)
    const device = await browserOf(undefined, { colorScheme: 'dark', javaScriptEnabled })
    const papers = []
    for (const context of [chosen, device]) {
      const page = await context.newPage()
      await page.goto('/')
      papers.push(await brightnessOfPaper(page))
    }
    expect(papers[0]).toBe(papers[1])
    expect(papers[0]).toBeLessThan(60)
  }
})

test('the skip link leads past the header', async ({ pageOf }) => {
  const page = await pageOf()
  await page.goto('/loesungen')
  await page.keyboard.press('Tab')
  const link = page.getByRole('link', { name: 'Zum Inhalt springen' })
  await expect(link).toBeFocused()
  await expect(link).toBeInViewport()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('main').locator(':focus')).toHaveCount(1)
})

test('with wide letter spacing at 320 px nothing is cut off', async ({ browserOf, address }) => {
  const context = await browserOf(people.editor, { viewport: { width: 320, height: 256 } })
  const path = await postEntry(context.request, address, '/probleme', {
    title: `Lang ${newWord()}`,
  })
  const page = await context.newPage()
  for (const target of ['/', '/probleme', '/probleme/neu', path]) {
    await page.goto(target)
    // What WCAG 1.4.12 allows readers to set. Through the parser, because the policy forbids <style>.
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(
        '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }',
      )
      document.adoptedStyleSheets = [sheet]
    })
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect.soft(overflow, target).toBeLessThanOrEqual(0)
  }
})
