import type { Rule } from '@oxlint/plugins'
import { domainsOfContract } from '../domains.ts'
import { fileOf, visitImports } from '../imports.ts'
import { isTest, placeOf, targetOf } from '../place.ts'

/** Holds `routes → lib/<domain> → lib/ui` in web. */
export const webDirection: Rule = {
  meta: {
    type: 'problem',
    messages: {
      ui: '`lib/ui` knows no domain: hand what it needs in as properties instead of importing `{{to}}`.',
      routes: '`lib` must not import a route: move what both need to `lib`.',
    },
  },
  create(context) {
    const from = placeOf(fileOf(context))
    if (from?.package !== 'web' || !from.path.startsWith('src/lib/') || isTest(from)) return {}
    const domains = domainsOfContract()
    return visitImports(({ node, specifier }) => {
      const to = targetOf(from, specifier)
      if (to?.package !== 'web') return
      if (to.path.startsWith('src/routes/')) context.report({ node, messageId: 'routes' })
      const [, domain = ''] = /^src\/lib\/([^/]+)\//.exec(to.path) ?? []
      if (from.path.startsWith('src/lib/ui/') && domains.includes(domain)) {
        context.report({ node, messageId: 'ui', data: { to: `lib/${domain}` } })
      }
    })
  },
}
