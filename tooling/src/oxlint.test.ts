import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const api = 'packages/api/src/modules/problem'

/** Files that each break one rule of the root configuration, and the rule. */
const broken: Record<string, { code: string; rule: string }> = {
  [`${api}/long.ts`]: { code: 'export {}\n'.repeat(401), rule: 'eslint(max-lines)' },
  [`${api}/climb.ts`]: {
    code: "export * from '../../a.ts'\n",
    rule: 'eslint(no-restricted-imports)',
  },
  [`${api}/any.ts`]: { code: 'export const a: any = 1\n', rule: 'typescript(no-explicit-any)' },
  [`${api}/one.ts`]: { code: "export * from './two.ts'\n", rule: 'import(no-cycle)' },
  [`${api}/two.ts`]: { code: "export * from './one.ts'\n", rule: 'import(no-cycle)' },
  [`${api}/promise.ts`]: { code: 'Promise.resolve()\n', rule: 'typescript(no-floating-promises)' },
  [`${api}/utils.ts`]: { code: 'export const a = 1\n', rule: 'house(no-vague-file-names)' },
  'packages/web/src/lib/ui/A.svelte': {
    code: '<script lang="ts">import "#lib/problem/a.ts"</script>\n',
    rule: 'house(web-direction)',
  },
}

describe('the configuration of oxlint', () => {
  const folder = mkdtempSync(join(tmpdir(), 'oxlint-'))
  let found: { filename: string; code: string }[] = []

  beforeAll(() => {
    const config = readFileSync(join(root, '.oxlintrc.json'), 'utf8').replace(
      './tooling/',
      `${root}tooling/`,
    )
    write(folder, {
      '.oxlintrc.json': config,
      'tsconfig.json': '{ "compilerOptions": { "strict": true } }',
    })
    write(
      folder,
      Object.fromEntries(Object.entries(broken).map(([path, { code }]) => [path, code])),
    )
    found = lint(folder)
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it.each(Object.entries(broken))('goes red for %s', (path, { rule }) => {
    expect(found).toContainEqual({ filename: path, code: rule })
  })
})

function write(folder: string, files: Record<string, string>) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

/** What oxlint reports about a folder that it is expected to refuse. */
function lint(folder: string): { filename: string; code: string }[] {
  try {
    execFileSync(join(root, 'node_modules/.bin/oxlint'), ['--format=json'], {
      cwd: folder,
      stdio: 'pipe',
    })
    return []
  } catch (error) {
    const { stdout } = error as { stdout: Buffer }
    const { diagnostics } = JSON.parse(stdout.toString()) as {
      diagnostics: { filename: string; code: string }[]
    }
    return diagnostics.map(({ filename, code }) => ({ filename, code }))
  }
}
