import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { buildSchema } from 'graphql'
import { breakingChanges } from './compatibility.ts'

const file = 'packages/schema/schema.graphql'
const root = new URL('../../', import.meta.url)

/**
 * Compares the contract with the last released one: `SCHEMA_BASE`, else the newest tag `v*`,
 * else `origin/main`, else the commit before. Ends with 1 if member systems would break.
 */
const base = findBase()
if (!base) {
  console.log('No earlier contract to compare with.')
} else {
  const next = buildSchema(readFileSync(new URL(file, root), 'utf8'))
  const changes = await breakingChanges(buildSchema(base.text), next, new Date())
  for (const { path, message } of changes) console.error(`${path}: ${message}`)
  console.log(`${changes.length} breaking changes since ${base.ref}.`)
  if (changes.length > 0) process.exitCode = 1
}

function findBase(): { ref: string; text: string } | undefined {
  const head = git('rev-parse', 'HEAD')
  const tag = git('describe', '--tags', '--abbrev=0', '--match', 'v*')
  const explicit = process.env['SCHEMA_BASE']
  for (const ref of explicit ? [explicit] : [tag, 'origin/main', 'HEAD~1']) {
    // A base that is this very commit compares nothing, unless somebody asked for it.
    if (!ref || (!explicit && git('rev-parse', `${ref}^{commit}`) === head)) continue
    const text = git('show', `${ref}:${file}`)
    if (text) return { ref, text }
  }
  return undefined
}

/** Output of git, or undefined where it fails: outside a repository, or without that reference. */
function git(...args: string[]): string | undefined {
  try {
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim()
  } catch {
    return undefined
  }
}
