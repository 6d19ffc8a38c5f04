import type { ESTree, Rule } from '@oxlint/plugins'
import { fileOf } from '../imports.ts'
import { isTest, placeOf } from '../place.ts'

/** The one file of web that calls the API: it sends the session, the language and the request id along. */
const caller = 'src/lib/server/api.ts'

/** Nothing else in web may use `platform.req.api` or fetch `/graphql`. */
export const oneApiCaller: Rule = {
  meta: {
    type: 'problem',
    messages: { caller: 'Only `lib/server/api.ts` calls the API: use `api(event)`.' },
  },
  create(context) {
    const place = placeOf(fileOf(context))
    if (place?.package !== 'web' || !place.path.startsWith('src/')) return {}
    if (place.path === caller || isTest(place)) return {}
    return {
      MemberExpression(node) {
        if (nameOf(node.property) === 'api' && lastNameOf(node.object) === 'req') {
          context.report({ node, messageId: 'caller' })
        }
      },
      CallExpression(node) {
        const [url] = node.arguments
        if (
          lastNameOf(node.callee) === 'fetch' &&
          url &&
          mentionsApi(context.sourceCode.getText(url))
        ) {
          context.report({ node, messageId: 'caller' })
        }
      },
    }
  },
}

function mentionsApi(text: string): boolean {
  return /\/graphql\b|\bAPI_URL\b/.test(text)
}

function nameOf(node: ESTree.Node): string | undefined {
  return node.type === 'Identifier' ? node.name : undefined
}

/** `req` of `event.platform.req`, `fetch` of `fetch` or `event.fetch`; optional chains count the same. */
function lastNameOf(node: ESTree.Node): string | undefined {
  if (node.type === 'ChainExpression') return lastNameOf(node.expression)
  if (node.type === 'TSNonNullExpression') return lastNameOf(node.expression)
  return node.type === 'MemberExpression' ? nameOf(node.property) : nameOf(node)
}
