import type { Context, ESTree, Visitor } from '@oxlint/plugins'

/** One import, re-export or dynamic import of a file. */
export interface Import {
  node: ESTree.Node
  specifier: string
  /** Only types cross: nothing is loaded at run time. */
  typeOnly: boolean
}

/** A visitor that calls `check` for each module that the file names. */
export function visitImports(check: (found: Import) => void): Visitor {
  const report = (node: ESTree.Node, source: { value: unknown } | null, typeOnly: boolean) => {
    if (typeof source?.value === 'string') check({ node, specifier: source.value, typeOnly })
  }
  return {
    ImportDeclaration(node) {
      report(node, node.source, node.importKind === 'type' || allTypes(node.specifiers))
    },
    ExportNamedDeclaration(node) {
      report(node, node.source, node.exportKind === 'type')
    },
    ExportAllDeclaration(node) {
      report(node, node.source, node.exportKind === 'type')
    },
    ImportExpression(node) {
      report(node, node.source.type === 'Literal' ? node.source : null, false)
    },
  }
}

function allTypes(specifiers: readonly ESTree.Node[]): boolean {
  return (
    specifiers.length > 0 &&
    specifiers.every((one) => one.type === 'ImportSpecifier' && one.importKind === 'type')
  )
}

/** Absolute name of the file being linted; ESLint and oxlint both give it. */
export function fileOf(context: Context): string {
  return context.physicalFilename ?? context.filename
}
