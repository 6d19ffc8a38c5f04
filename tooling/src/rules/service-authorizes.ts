import type { Context, ESTree, Rule } from '@oxlint/plugins'
import { fileOf } from '../imports.ts'
import { moduleFileOf, placeOf } from '../place.ts'

/**
 * Every exported function of a `*.service.ts` calls something that begins with `authorize`,
 * or says directly above why everybody may: `// public: <reason>`.
 */
export const serviceAuthorizes: Rule = {
  meta: {
    type: 'problem',
    messages: {
      authorize:
        '`{{name}}` calls no `authorize…`. If everybody may, say why directly above: `// public: <reason>`.',
    },
  },
  create(context) {
    const place = placeOf(fileOf(context))
    if (!place || moduleFileOf(place)?.kind !== 'service') return {}
    const check = (statement: ESTree.Node, declared: ESTree.Node | null) => {
      for (const { name, body } of functionsOf(declared)) {
        if (!authorizes(context, body) && !isPublic(context, statement)) {
          context.report({ node: statement, messageId: 'authorize', data: { name } })
        }
      }
    }
    return {
      ExportNamedDeclaration: (node) => check(node, node.declaration),
      ExportDefaultDeclaration: (node) => check(node, node.declaration),
    }
  },
}

interface NamedFunction {
  name: string
  body: ESTree.Node
}

/** The functions that a declaration makes callable: itself, arrows in constants, values of objects, methods. */
function functionsOf(node: ESTree.Node | null | undefined, name = 'default'): NamedFunction[] {
  switch (node?.type) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return node.body ? [{ name: node.id?.name ?? name, body: node.body }] : []
    case 'VariableDeclaration':
      return node.declarations.flatMap(({ id, init }) =>
        functionsOf(init, id.type === 'Identifier' ? id.name : name),
      )
    case 'ObjectExpression':
      return node.properties.flatMap((one) =>
        one.type === 'Property' ? functionsOf(one.value, keyOf(one.key, name)) : [],
      )
    case 'ClassDeclaration':
      return node.body.body.flatMap((one) =>
        one.type === 'MethodDefinition' && one.kind === 'method' && one.accessibility !== 'private'
          ? functionsOf(one.value, keyOf(one.key, name))
          : [],
      )
    default:
      return []
  }
}

function keyOf(key: ESTree.Node, fallback: string): string {
  return key.type === 'Identifier' ? key.name : fallback
}

/** Text is enough: a call is `authorize` and what follows up to a bracket; type arguments may stand between. */
function authorizes(context: Context, body: ESTree.Node): boolean {
  const code = context.sourceCode
    .getText(body)
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*|'[^'\n]*'|"[^"\n]*"/g, '')
  return /\bauthorize\w*\s*(<[^()]*>)?\(/.test(code)
}

function isPublic(context: Context, statement: ESTree.Node): boolean {
  const [line] = context.sourceCode.getCommentsBefore(statement).slice(-1)
  return !!line && line.type === 'Line' && /^\s*public: \S/.test(line.value)
}
