import { defineConfig } from 'vite'

/** A static page: everything it needs, workers included, lies in `dist`; nothing comes from another host. */
export default defineConfig({
  base: '/api/',
  build: {
    target: 'es2022',
    // The policy allows no inline scripts, and every browser that runs the editor knows modulepreload.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4096,
    // "use client" in the libraries means nothing here.
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
  worker: { format: 'es' },
})
