import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { printContract } from './print.ts'
import { vocabularies, type VocabularyTerm } from './vocabularies.ts'

describe('the contract', () => {
  it('is committed as it is written', () => {
    const committed = readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8')
    expect(committed).toBe(printContract())
  })
})

describe('the vocabularies', () => {
  const expected = {
    fieldsOfWork: 91,
    competences: 52,
    toolCategories: 32,
    targetGroups: 23,
    umbrellas: 7,
  }

  it.each(Object.entries(expected))('%s holds %i terms', (name, size) => {
    expect(vocabularies[name as keyof typeof expected]).toHaveLength(size)
  })

  it.each(Object.entries(vocabularies))(
    '%s has unique codes and broader terms that exist',
    (_, terms) => {
      const codes = terms.map((term: VocabularyTerm) => term.code)
      expect(new Set(codes).size).toBe(codes.length)
      for (const { code, broader } of terms as VocabularyTerm[]) {
        expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)?$/)
        if (broader) expect(codes).toContain(broader)
      }
    },
  )
})
