import {
  test as base,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from '@playwright/test'
import { signIn } from './people.ts'

export { expect } from '@playwright/test'

/** What the tests of this product set beside Playwright's own options. */
export interface ProductOptions {
  /** Address of the product. */
  address: string
}

interface Fixtures {
  /** Opens a browser of one person; without a user name, of a visitor. */
  browserOf(userName?: string, options?: BrowserContextOptions): Promise<BrowserContext>
  /** The same, with a page opened. */
  pageOf(userName?: string, options?: BrowserContextOptions): Promise<Page>
}

/** Playwright's test with people of the demo content. */
export const test = base.extend<Fixtures & ProductOptions>({
  address: [process.env['E2E_ADDRESS'] ?? '', { option: true }],
  baseURL: ({ address }, use) => use(address),
  browserOf: async ({ browser, address, contextOptions, viewport, locale }, use) => {
    const contexts: BrowserContext[] = []
    await use(async (userName, options) => {
      const context = await browser.newContext({
        ...contextOptions,
        viewport,
        locale: locale ?? 'de-DE',
        baseURL: address,
        ...options,
      })
      contexts.push(context)
      if (userName) await signIn(context, address, userName)
      return context
    })
    await Promise.all(contexts.map((context) => context.close()))
  },
  pageOf: async ({ browserOf }, use) => {
    await use(async (userName, options) => (await browserOf(userName, options)).newPage())
  },
})
