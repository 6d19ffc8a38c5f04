import { expect, it } from 'vitest'
import { phoneHref } from './phone.ts'

it('makes telephone numbers callable', () => {
  expect(phoneHref('112')).toBe('tel:112')
  expect(phoneHref('0800 111 0 111')).toBe('tel:08001110111')
  expect(phoneHref('+49 (0)30 / 123-45')).toBe('tel:+493012345')
  expect(phoneHref('(030) 123')).toBe('tel:030123')
})
