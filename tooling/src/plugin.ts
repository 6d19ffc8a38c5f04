import type { Plugin } from '@oxlint/plugins'
import { moduleDirection } from './rules/module-direction.ts'
import { noVagueFileNames } from './rules/no-vague-file-names.ts'
import { oneApiCaller } from './rules/one-api-caller.ts'
import { packageDirection } from './rules/package-direction.ts'
import { resolversOnlyTranslate } from './rules/resolvers-only-translate.ts'
import { serviceAuthorizes } from './rules/service-authorizes.ts'
import { todoHasIssue } from './rules/todo-has-issue.ts'
import { webDirection } from './rules/web-direction.ts'

/** Our own rules, for oxlint (TypeScript) and ESLint (Svelte) alike. Each holds a decision that a reviewer would else have to remember. */
const plugin: Plugin = {
  meta: { name: 'house' },
  rules: {
    'module-direction': moduleDirection,
    'no-vague-file-names': noVagueFileNames,
    'one-api-caller': oneApiCaller,
    'package-direction': packageDirection,
    'resolvers-only-translate': resolversOnlyTranslate,
    'service-authorizes': serviceAuthorizes,
    'todo-has-issue': todoHasIssue,
    'web-direction': webDirection,
  },
}

export default plugin
