import { describe, expect, it } from 'vitest'
import { returnPath } from './return-path.ts'

describe('returnPath', () => {
  it.each(['/', '/probleme', '/probleme?q=a%20b&seite=2', '/en/probleme/neu#field-title'])(
    'follows the path %s of this site',
    (path) => expect(returnPath(path)).toBe(path),
  )

  it.each([
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    'evil.example',
    '/x/..//evil.example',
    '',
    null,
    undefined,
    ['/probleme'],
    `/${'a'.repeat(3000)}`,
  ])('does not follow %j', (value) => expect(returnPath(value, '/home')).toBe('/home'))
})
