import { createRequire } from 'node:module'
import { defineConfig } from 'vitest/config'

const api = createRequire(createRequire(import.meta.url).resolve('@netzwerkdiakonie/api'))

export default defineConfig({
  // The copy of graphql that everything else loads, as in the tests of the API.
  resolve: { alias: [{ find: /^graphql$/, replacement: api.resolve('graphql') }] },
  test: {
    include: ['src/**/*.test.ts'],
    reporters: ['default', ['json', { outputFile: 'test-results/vitest.json' }]],
  },
})
