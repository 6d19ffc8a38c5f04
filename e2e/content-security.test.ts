import type { BrowserContext, Page } from '@playwright/test'
import { people } from './support/people.ts'
import { makeSites } from './support/sites.ts'
import { expect, test } from './support/test.ts'

/** Opens a page that remembers what its content security policy refused. */
async function watchedPage(context: BrowserContext): Promise<{ page: Page; refused: string[] }> {
  const page = await context.newPage()
  const refused: string[] = []
  await page.exposeBinding('refused', (_, what: string) => void refused.push(what))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { effectiveDirective, blockedURI, sourceFile } = event
      const { refused: tell } = window as unknown as { refused(what: string): void }
      tell([location.pathname, effectiveDirective, blockedURI, sourceFile].join(' '))
    })
  })
  page.on('console', (message) => {
    if (/Content.Security.Policy|Refused to/i.test(message.text()))
      refused.push(`${page.url()} ${message.text()}`)
  })
  return { page, refused }
}

test('no page does what its content security policy refuses', async ({ browserOf, address }) => {
  test.setTimeout(150_000)
  const editor = await browserOf(people.editor)
  const { open, own } = await makeSites(editor.request, address)
  for (const [context, paths] of [
    [await browserOf(), open],
    [editor, own],
  ] as const) {
    const { page, refused } = await watchedPage(context)
    for (const path of paths) {
      await page.goto(path)
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true
      })
    }
    expect(refused).toEqual([])
  }
})

test('nor does the console, with its editor at work', async ({ browserOf }) => {
  const { page, refused } = await watchedPage(await browserOf())
  await page.goto('/api')
  await expect(page.locator('.view-line').first()).toBeVisible()
  await expect(async () => {
    await page.getByRole('button', { name: /execute/i }).click()
    await expect(page.locator('.graphiql-response')).toContainText('VISITOR', { timeout: 3_000 })
  }).toPass()
  // Lines lie below each other: the editor places them by inline styles.
  const tops = await page
    .locator('.graphiql-query-editor .view-line')
    .evaluateAll((lines) => lines.map((line) => line.getBoundingClientRect().top))
  expect(new Set(tops).size).toBe(tops.length)
  expect(refused).toEqual([])
})

test('what is refused would have been noticed', async ({ browserOf }) => {
  const { page, refused } = await watchedPage(await browserOf())
  await page.goto('/')
  await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'window.ran = true'
    document.body.append(script)
    document.body.insertAdjacentHTML('beforeend', '<p style="color: red" onclick="1">x</p>')
    // Some browsers look at a handler only once it is to run.
    document.body.querySelector<HTMLElement>('p[onclick]')?.click()
  })
  await expect.poll(() => refused.filter((what) => what.startsWith('/ ')).length).toBeGreaterThan(2)
  expect(await page.evaluate(() => 'ran' in window)).toBe(false)
})
