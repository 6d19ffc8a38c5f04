import { describe, expect, it } from 'vitest'
import { editDistance, forgivenSlips } from './edit-distance.ts'

describe('edit distance', () => {
  it.each([
    ['pflege', 'pflege', 0],
    ['pflege', 'pfleger', 1],
    ['pflege', 'plege', 1],
    ['pflege', 'pflage', 1],
    ['pflege', 'pflgee', 1],
    ['kreideweis', 'kreidenweis', 1],
    ['antrag', 'auftrag', 2],
    ['dienstplan', 'deinstpaln', 2],
    ['', 'abc', 3],
    ['abc', '', 3],
    ['', '', 0],
  ])('of %s and %s is %i', (one, other, distance) => {
    expect(editDistance(one, other, 3)).toBe(distance)
    expect(editDistance(other, one, 3)).toBe(distance)
  })

  it('stops beyond the most', () => {
    expect(editDistance('abcdef', 'uvwxyz', 2)).toBe(3)
    expect(editDistance('ab', 'abcdefgh', 2)).toBe(3)
    expect(editDistance('abcd', 'abxy', 1)).toBe(2)
  })
})

it.each([
  [0, 0],
  [3, 0],
  [4, 1],
  [5, 1],
  [6, 2],
  [9, 2],
  [10, 3],
  [40, 3],
])('a word of %i letters is forgiven %i slips', (length, slips) => {
  expect(forgivenSlips(length)).toBe(slips)
})
