import type { Rule } from '@oxlint/plugins'
import { fileOf, visitImports, type Import } from '../imports.ts'
import { isTest, moduleFileOf, placeOf, targetOf, type Place } from '../place.ts'

/** Kinds of module files that a file of this kind must not import, be it from its own module. */
const forbidden: Record<string, readonly string[]> = {
  entity: ['policy', 'repository', 'service', 'loaders', 'resolvers'],
  policy: ['repository', 'service', 'loaders', 'resolvers'],
  repository: ['policy', 'service', 'loaders', 'resolvers'],
  service: ['resolvers'],
  loaders: ['resolvers'],
  resolvers: ['repository', 'resolvers'],
}

/** What one module may know of another: its use cases, its rows, who is asking, and how often. */
const publicKinds = ['service', 'entity']
const publicFiles = ['viewer', 'authorize', 'audit', 'throttle'].map(
  (name) => `src/modules/identity/${name}.ts`,
)

/** The shared base of problem and solution: any module may import any file of it. */
const sharedModule = 'entry'

/** Holds `resolvers → service → (policy, repository, entity)` in api, and the borders of its modules. */
export const moduleDirection: Rule = {
  meta: {
    type: 'problem',
    messages: {
      kind: '`*.{{from}}.ts` must not import `*.{{to}}.ts`: resolvers → service → (policy, repository, entity).',
      border: 'Module `{{from}}` reaches `{{to}}` only through its service or entity.',
      policy:
        'A policy is pure: it takes values from other policies, `lib`, `errors.ts` and the contract alone; all else as types.',
      lib: '`lib` would make sense in another product, so it knows no module.',
    },
  },
  create(context) {
    const place = placeOf(fileOf(context))
    if (place?.package !== 'api' || isTest(place)) return {}
    const from = moduleFileOf(place)
    return visitImports((found) => {
      const target = targetOf(place, found.specifier)
      if (!target) return
      const to = moduleFileOf(target)
      if (to && place.path.startsWith('src/lib/')) {
        context.report({ node: found.node, messageId: 'lib' })
      }
      if (!from) return
      if (from.kind === 'policy' && !allowedInPolicy(found, target)) {
        context.report({ node: found.node, messageId: 'policy' })
      }
      if (!to || publicFiles.includes(target.path)) return
      const data = { from: from.kind, to: to.kind }
      if (from.module === to.module || to.module === sharedModule) {
        const sameLayer = from.module !== to.module && from.kind === to.kind
        if (forbidden[from.kind]?.includes(to.kind) && !sameLayer) {
          context.report({ node: found.node, messageId: 'kind', data })
        }
      } else if (!publicKinds.includes(to.kind)) {
        const modules = { from: from.module, to: to.module }
        context.report({ node: found.node, messageId: 'border', data: modules })
      } else if (from.kind === 'entity' && to.kind === 'service') {
        context.report({ node: found.node, messageId: 'kind', data })
      }
    })
  },
}

function allowedInPolicy({ typeOnly }: Import, target: Place): boolean {
  if (typeOnly || target.package === 'schema') return true
  return (
    moduleFileOf(target)?.kind === 'policy' ||
    publicFiles.includes(target.path) ||
    target.path === 'src/errors.ts' ||
    target.path.startsWith('src/lib/')
  )
}
