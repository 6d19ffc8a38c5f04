import type { Rule } from '@oxlint/plugins'
import { fileOf, visitImports } from '../imports.ts'
import { isTest, placeOf, targetOf } from '../place.ts'

/** Which packages of ours a package may import. The server alone knows both api and web. */
const mayImport: Record<string, readonly string[]> = {
  schema: [],
  analyser: [],
  postgres: [],
  console: [],
  tooling: [],
  api: ['schema', 'analyser'],
  web: ['schema'],
  server: ['schema', 'postgres', 'console', 'api', 'web'],
  e2e: ['schema', 'postgres', 'server'],
  evaluation: ['schema', 'analyser', 'postgres', 'api'],
}

/** What tests may import besides: they need a database. */
const testsMayImport: Record<string, readonly string[]> = { api: ['postgres'] }

/** Holds the direction `schema, analyser ← api`, `schema ← web`, `api, web ← server` (docs/decisions/0001). */
export const packageDirection: Rule = {
  meta: {
    type: 'problem',
    messages: {
      direction:
        '`{{from}}` must not import `{{to}}`: see the direction of packages in docs/decisions/0001.',
    },
  },
  create(context) {
    const from = placeOf(fileOf(context))
    if (!from) return {}
    const allowed = new Set([
      from.package,
      ...(mayImport[from.package] ?? []),
      ...((isTest(from) && testsMayImport[from.package]) || []),
    ])
    return visitImports(({ node, specifier }) => {
      const to = targetOf(from, specifier)?.package
      if (to && !allowed.has(to)) {
        context.report({ node, messageId: 'direction', data: { from: from.package, to } })
      }
    })
  },
}
