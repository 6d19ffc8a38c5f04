import { expect, it } from 'vitest'
import { difference } from './difference.ts'

it('tells word by word what was added and what was removed', () => {
  const pieces = difference('Drei Leute unterschreiben.', 'Zwei Leute unterschreiben sofort.')
  expect(pieces.filter((piece) => piece.kind === 'removed').map((piece) => piece.text)).toContain(
    'Drei',
  )
  expect(
    pieces
      .filter((piece) => piece.kind !== 'removed')
      .map((piece) => piece.text)
      .join(''),
  ).toBe('Zwei Leute unterschreiben sofort.')
  expect(
    pieces
      .filter((piece) => piece.kind !== 'added')
      .map((piece) => piece.text)
      .join(''),
  ).toBe('Drei Leute unterschreiben.')
})
