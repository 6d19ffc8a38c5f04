import { fileURLToPath } from 'node:url'
import { build } from 'vite'

// After `svelte-kit sync`, which writes what our tsconfig extends.
// Pages carry no script of the framework. What little they do carry is bundled by itself and served
// as a file, so that a phone loads one kilobyte and not sixty.
await build({
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  build: {
    outDir: fileURLToPath(new URL('../static/scripts', import.meta.url)),
    target: ['chrome99', 'firefox97', 'safari15'],
    lib: {
      entry: Object.fromEntries(
        [
          'ui/keep-drafts',
          'ui/suggest-on-focus',
          'ui/suggest',
          'search/find-similar',
          'identity/use-passkey',
        ].map((path) => [
          path.slice(path.indexOf('/') + 1),
          fileURLToPath(new URL(`../src/lib/${path}.ts`, import.meta.url)),
        ]),
      ),
      formats: ['es'],
      fileName: (_, name) => `${name}.js`,
    },
  },
})
