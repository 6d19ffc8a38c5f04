import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    reporters: ['default', 'json'],
    outputFile: { json: 'test-results/unit.json' },
    // Else it loads a second graphql, which knows nothing of the schemas of the first.
    server: { deps: { inline: ['@graphql-inspector/core'] } },
    testTimeout: 60_000,
  },
})
