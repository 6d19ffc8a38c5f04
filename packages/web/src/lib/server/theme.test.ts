import { describe, expect, it } from 'vitest'
import { parseTheme, themeAttribute } from './theme.ts'

describe('theme', () => {
  it.each([
    ['light', 'data-kern-theme="light"'],
    ['dark', 'data-kern-theme="dark"'],
    ['auto', ''],
    ['"><script>', ''],
    [undefined, ''],
    [null, ''],
  ])('%j becomes %j', (value, attribute) => {
    expect(themeAttribute(parseTheme(value))).toBe(attribute)
  })
})
