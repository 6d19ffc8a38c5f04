import type { CompilerOptions } from '@inlang/paraglide-js'

/** One set of options for the bundler and for `pnpm generate`, so that both compile alike. */
export const paraglideOptions: CompilerOptions = {
  project: './project.inlang',
  outdir: './src/lib/__generated__/paraglide',
  // German words at /…, the same words behind /en for English: `localeOf` in src/lib/i18n.ts reads
  // that. Paraglide's own url strategy would send every form page 8 kB of URLPattern polyfill.
  strategy: ['custom-path', 'baseLocale'],
  emitGitIgnore: false,
  emitReadme: false,
}
