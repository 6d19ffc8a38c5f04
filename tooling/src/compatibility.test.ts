import { buildSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import { breakingChanges } from './compatibility.ts'

const today = new Date('2026-11-22')
const problem = (fields: string) =>
  `type Query { problem: Problem } type Problem { id: ID! ${fields} }`
const deprecated = (until: string) => `@deprecated(reason: "Use title until ${until}")`

async function breaks(old: string, next: string): Promise<string[]> {
  const changes = await breakingChanges(buildSchema(old), buildSchema(next), today)
  return changes.map(({ path }) => path)
}

describe('the gate on breaking changes', () => {
  it.each([
    ['a field is removed', problem('name: String'), problem(''), 'Problem.name'],
    ['a field changes its type', problem('name: String'), problem('name: Int'), 'Problem.name'],
    [
      'its term is not over',
      problem(`name: String ${deprecated('2026-11-22')}`),
      problem(''),
      'Problem.name',
    ],
    [
      'a deprecation names no day',
      problem('name: String @deprecated(reason: "old")'),
      problem(''),
      'Problem.name',
    ],
    [
      'an argument becomes required',
      'type Query { a(b: Int): Int }',
      'type Query { a(b: Int!): Int }',
      'Query.a.b',
    ],
    [
      'a value is removed',
      'type Query { a: A } enum A { B C }',
      'type Query { a: A } enum A { B }',
      'A.C',
    ],
    ['a type is removed', problem('a: A') + 'type A { b: Int }', problem(''), 'A'],
  ])('goes red where %s', async (_, old, next, path) => {
    expect(await breaks(old, next)).toContain(path)
  })

  it.each([
    ['a field is added', problem(''), problem('name: String')],
    [
      'a field was deprecated and its term is over',
      problem(`name: String ${deprecated('2026-11-21')}`),
      problem(''),
    ],
    [
      'a value was deprecated and its term is over',
      `type Query { a: A } enum A { B C ${deprecated('2026-05-01')} }`,
      'type Query { a: A } enum A { B }',
    ],
    [
      'a type goes with the last field that used it',
      `${problem(`a(by: In): A ${deprecated('2026-05-01')}`)} type A { b: Int } input In { b: Int }`,
      problem(''),
    ],
  ])('stays green where %s', async (_, old, next) => {
    expect(await breaks(old, next)).toEqual([])
  })
})
