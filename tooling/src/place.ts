import { posix } from 'node:path'

/** Where a file of the monorepo lies: the workspace package and the path inside it. */
export interface Place {
  /** Folder name of the package, such as `api`; packages outside `packages/` have their own folder name. */
  package: string
  /** Path inside the package with forward slashes; empty for the package as a whole. */
  path: string
}

const scope = '@netzwerkdiakonie/'

/** The place of a file, or undefined outside the workspace packages (root scripts, dependencies). */
export function placeOf(filename: string): Place | undefined {
  const path = filename.replaceAll('\\', '/')
  if (path.includes('/node_modules/')) return undefined
  const match = /^.*\/packages\/([^/]+)\/(.+)$/.exec(path) ?? /^.*\/(e2e|tooling)\/(.+)$/.exec(path)
  return match?.[1] && match[2] ? { package: match[1], path: match[2] } : undefined
}

/** Where an import of ours leads, or undefined for a foreign module. */
export function targetOf(from: Place, specifier: string): Place | undefined {
  if (specifier.startsWith(scope)) {
    const [name = '', ...rest] = specifier.slice(scope.length).split('/')
    return { package: name, path: rest.join('/') }
  }
  if (specifier.startsWith('#')) return { package: from.package, path: subpath(specifier) }
  if (!specifier.startsWith('.')) return undefined
  const root = from.package === 'e2e' || from.package === 'tooling' ? '' : 'packages/'
  const folder = posix.dirname(`/${root}${from.package}/${from.path}`)
  return placeOf(`/workspace${posix.join(folder, specifier)}`)
}

/** The `imports` maps of our packages: `#test/*` is `test/*`, `#api/*` is `src/*`, any other `#name/*` is `src/name/*`. */
function subpath(specifier: string): string {
  const [name = '', ...rest] = specifier.slice(1).split('/')
  if (name === 'test') return ['test', ...rest].join('/')
  return (name === 'api' ? ['src', ...rest] : ['src', name, ...rest]).join('/')
}

/** Whether a file is a test or only serves tests. */
export function isTest({ path }: Place): boolean {
  return (
    /(^|\/)test\//.test(path) ||
    /\.(test|spec|stories)(\.svelte)?\.[jt]s$/.test(path) ||
    /^vitest[.-]/.test(path)
  )
}

/** What a file of an api module is for: `modules/problem/answer.entity.ts` → problem, entity. */
export function moduleFileOf({ package: name, path }: Place) {
  if (name !== 'api') return undefined
  const match = /^src\/modules\/([^/]+)\/(?:.*\/)?[^/]*?(?:\.([a-z]+))?\.ts$/.exec(path)
  return match?.[1] ? { module: match[1], kind: match[2] ?? '' } : undefined
}
