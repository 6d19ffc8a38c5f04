import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  FieldsOfWorkDocument,
  PostProblemDocument,
  VocabulariesDocument,
} from '#test/__generated__/operations.ts'
import { createWorld, type World } from '#test/world.ts'

let world: World

beforeAll(async () => {
  world = await createWorld()
})

afterAll(() => world.close())

describe('vocabularies', () => {
  it('are complete, open to visitors, and each code is in them once', async () => {
    const all = await world.visitor.run(VocabulariesDocument)
    const sizes = Object.fromEntries(
      Object.entries(all).map(([name, terms]) => [name, terms.length]),
    )
    expect(sizes).toMatchObject({
      fieldsOfWork: 91,
      competences: 52,
      toolCategories: 32,
      targetGroups: 23,
      sizeClasses: 7,
    })
    for (const terms of Object.values(all))
      expect(new Set(terms.map(({ code }) => code)).size).toBe(terms.length)
    expect(all.umbrellas.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['diakonie', 'caritas', 'awo', 'paritaet', 'drk']),
    )
  })

  it('list size classes from small to large', async () => {
    const { sizeClasses } = await world.visitor.run(VocabulariesDocument)
    expect(sizeClasses.map(({ code }) => code)).toEqual([
      'volunteer-only',
      'xs',
      's',
      'm',
      'l',
      'xl',
      'xxl',
    ])
  })

  it('carry the synonyms that search knows', async () => {
    const { competences } = await world.visitor.run(VocabulariesDocument)
    const process = competences.find(({ code }) => code === 'process-management')
    expect(process?.altLabels).toContain('Genehmigungsweg')
    expect(process).toMatchObject({ label: 'Process management', deprecated: false })
  })
})

describe('broader terms', () => {
  it('lead from a term to one of the same vocabulary, whose code it begins with', async () => {
    const { fieldsOfWork } = await world.visitor.run(FieldsOfWorkDocument)
    const codes = fieldsOfWork.map(({ code }) => code)
    const narrow = fieldsOfWork.find(({ code }) => code === 'elder-care.home-care')
    expect(narrow?.broader?.code).toBe('elder-care')
    expect(narrow?.broader?.label).toBeTruthy()
    expect(fieldsOfWork.find(({ code }) => code === 'elder-care')?.broader).toBeNull()
    for (const { code, broader } of fieldsOfWork)
      if (code.includes('.')) {
        expect(codes).toContain(broader?.code)
        expect(code.startsWith(`${broader?.code}.`)).toBe(true)
      } else expect(broader).toBeNull()
  })
})

describe('labels', () => {
  const homeCare = async (acceptLanguage?: string) => {
    const headers = acceptLanguage === undefined ? {} : { 'accept-language': acceptLanguage }
    const { fieldsOfWork } = await world.visitor.run(FieldsOfWorkDocument, {}, headers)
    return fieldsOfWork.find(({ code }) => code === 'elder-care.home-care')!
  }

  it('are German unless the header or the argument asks for English', async () => {
    const { label, german, english } = await homeCare()
    expect(label).toBe(german)
    expect(english).not.toBe(german)
  })

  it.each([
    ['en', 'english'],
    ['en-GB,de;q=0.5', 'english'],
    ['de;q=0.5, en;q=0.9', 'english'],
    ['fr, en;q=0.1', 'english'],
    ['de, en', 'german'],
    ['de-AT', 'german'],
    ['en;q=0, de', 'german'],
    ['en;q=0', 'german'],
    ['fr', 'german'],
    ['*', 'german'],
    ['', 'german'],
    ['en;q=nonsense, de;q=0.1', 'german'],
    ['english', 'german'],
  ] as const)('by the header %j are %s', async (header, language) => {
    const term = await homeCare(header)
    expect(term.label).toBe(term[language])
    expect(term.german).toBe((await homeCare()).german)
  })

  it('follow the header inside other objects, too', async () => {
    await world.organisation('asker')
    const caller = await world.person({ asker: 'EDITOR' })
    const { german, english } = await homeCare()
    const input = { title: 'Wer?', fieldsOfWork: ['elder-care.home-care'] }
    for (const [language, label] of [
      ['de', german],
      ['en', english],
    ] as const) {
      const headers = { 'accept-language': language }
      const { postProblem } = await caller.run(PostProblemDocument, { input }, headers)
      expect(postProblem.problem?.fieldsOfWork).toEqual([{ code: 'elder-care.home-care', label }])
    }
  })
})
