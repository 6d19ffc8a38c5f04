import type { ESTree, Rule } from '@oxlint/plugins'
import { fileOf, visitImports } from '../imports.ts'
import { moduleFileOf, placeOf, targetOf } from '../place.ts'

const queries =
  /^(find\w*|flush|persist\w*|remove\w*|populate|count|getKysely|getConnection|execute|createQueryBuilder|transactional)$/

/** Resolvers translate from and to GraphQL: rows come from a service or a loader, or lists cost N+1 statements. */
export const resolversOnlyTranslate: Rule = {
  meta: {
    type: 'problem',
    messages: {
      query: 'A resolver asks no database (`{{name}}`): take rows from a service or a loader.',
      read: 'A resolver reads no rows itself: take them from a service or a loader.',
    },
  },
  create(context) {
    const place = placeOf(fileOf(context))
    if (!place || moduleFileOf(place)?.kind !== 'resolvers') return {}
    return {
      ...visitImports(({ node, specifier }) => {
        if (targetOf(place, specifier)?.path === 'src/database/read.ts') {
          context.report({ node, messageId: 'read' })
        }
      }),
      CallExpression(node) {
        const { callee } = node
        if (callee.type === 'Identifier' && callee.name === 'read') {
          context.report({ node, messageId: 'read' })
        }
        if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return
        const { name } = callee.property
        if (queries.test(name) && isEntityManager(callee.object)) {
          context.report({ node, messageId: 'query', data: { name: `em.${name}` } })
        }
      },
    }
  },
}

/** `em`, `context.em`, `context.orm.em`, `em.fork()`. */
function isEntityManager(node: ESTree.Node): boolean {
  if (node.type === 'CallExpression') {
    return node.callee.type === 'MemberExpression' && isEntityManager(node.callee.object)
  }
  if (node.type === 'MemberExpression') {
    return node.property.type === 'Identifier' && isName(node.property.name)
  }
  return node.type === 'Identifier' && isName(node.name)
}

function isName(name: string): boolean {
  return /^(em|entityManager)$/.test(name)
}
