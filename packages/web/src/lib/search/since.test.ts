import { expect, it } from 'vitest'
import { monthsBefore } from './since.ts'

it('goes back by months', () => {
  expect(monthsBefore('2026-11-28', 3)).toBe('2026-08-28')
  expect(monthsBefore('2026-02-10', 3)).toBe('2025-11-10')
  expect(monthsBefore('2026-11-28', 12)).toBe('2025-11-28')
  expect(monthsBefore('2026-05-31', 3)).toBe('2026-02-28')
})
