import type { Page } from '@playwright/test'

/**
 * Lets the endpoint for suggestions give these to whatever is typed from now on, so that what the list
 * does can be seen whatever the index knows. Gives what was asked for, in order.
 */
export async function suggest(page: Page, texts: readonly string[]): Promise<string[]> {
  const asked: string[] = []
  await page.route('**/suche/vorschlaege?*', (route) => {
    asked.push(new URL(route.request().url()).searchParams.get('q') ?? '')
    const suggestions = texts.map((text) => ({
      text,
      note: 'Thema',
      href: `/suche?q=${encodeURIComponent(text)}`,
    }))
    return route.fulfill({ json: { status: `${texts.length} Vorschläge`, suggestions } })
  })
  return asked
}
