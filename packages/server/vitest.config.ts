import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // `npm test` sums up the JSON reports of all packages.
    reporters: ['default', ['json', { outputFile: 'test-results/vitest.json' }]],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
