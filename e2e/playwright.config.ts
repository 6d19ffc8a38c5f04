import { defineConfig } from '@playwright/test'
import { findBrowser } from './support/browser.ts'
import type { ProductOptions } from './support/test.ts'

const { executablePath, args } = await findBrowser()

export default defineConfig<ProductOptions>({
  testDir: '.',
  outputDir: 'test-results/files',
  reporter: [['list'], ['json', { outputFile: 'test-results/report.json' }]],
  globalSetup: './support/global-setup.ts',
  fullyParallel: true,
  // Two browsers beside product and database are what two cores carry.
  workers: 2,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    locale: 'de-DE',
    colorScheme: 'light',
    viewport: { width: 1280, height: 900 },
    // Smooth scrolling and page transitions give false alarms about focus and size.
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    launchOptions: { executablePath, args },
  },
})
