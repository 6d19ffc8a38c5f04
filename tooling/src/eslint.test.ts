import { fileURLToPath } from 'node:url'
import { ESLint } from 'eslint'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const sdl = 'packages/schema/src/sdl/base.graphql'

describe('the configuration of ESLint', () => {
  const eslint = new ESLint({ cwd: root })
  const rulesBrokenBy = async (filePath: string, code: string) => {
    const [result] = await eslint.lintText(code, { filePath: `${root}${filePath}` })
    return result?.messages.map(({ ruleId, message }) => ruleId ?? message) ?? []
  }

  it.each([
    ['a type without description', 'type A { "Its id." id: ID! }', 'require-description'],
    ['a field without description', '"A." type A { id: ID! }', 'require-description'],
    ['an object without id', '"A." type A { "B." b: Int }', 'strict-id-in-types'],
    [
      'a deprecation without reason',
      '"A." type A { "Id." id: ID! @deprecated }',
      'require-deprecation-reason',
    ],
    ['an enum value in lower case', '"A." enum A { "B." b }', 'naming-convention'],
    [
      'a page without cursors',
      '"A." type AConnection { "Nodes." nodes: [ID!] }',
      'relay-connection-types',
    ],
  ])('goes red for %s', async (_, code, rule) => {
    expect(await rulesBrokenBy(sdl, code)).toContain(`@graphql-eslint/${rule}`)
  })

  it('goes red for a field that the contract does not have', async () => {
    const file = 'packages/web/src/lib/problem/problem.graphql'
    const found = await rulesBrokenBy(file, 'query A { problems { nothing } }')
    expect(found).toContain('@graphql-eslint/fields-on-correct-type')
  })

  it('goes red for raw HTML in a template', async () => {
    const found = await rulesBrokenBy('packages/web/src/lib/ui/A.svelte', '<p>{@html name}</p>\n')
    expect(found).toContain('svelte/no-at-html-tags')
  })
})
