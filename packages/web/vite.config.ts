import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'
import { paraglideVitePlugin } from '@inlang/paraglide-js'
import { defineConfig } from 'vitest/config'
import { paraglideOptions } from './paraglide.config.ts'

export default defineConfig({
  plugins: [
    paraglideVitePlugin(paraglideOptions),
    sveltekit({
      adapter: adapter({ precompress: true }),
      compilerOptions: { runes: true },
      // Small parts of components are not worth a request each on a slow line.
      inlineStyleThreshold: 2048,
      csp: {
        mode: 'auto',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          'style-src': ['self'],
          'img-src': ['self', 'data:'],
          'base-uri': ['none'],
          'object-src': ['none'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
        },
      },
    }),
  ],
  build: {
    // Browsers of tablets that are no longer updated: they get plain pages without script.
    cssTarget: ['chrome99', 'firefox97', 'safari15'],
  },
  css: {
    preprocessorOptions: {
      scss: {
        // KERN's sources still use constructs that sass has begun to warn about.
        quietDeps: true,
      },
    },
  },
  test: {
    include: ['src/**/*.test.ts'],
    reporters: ['default', ['json', { outputFile: 'test-results/vitest.json' }]],
  },
})
