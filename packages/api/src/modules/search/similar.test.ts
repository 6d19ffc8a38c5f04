import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { statements } from '#database/read.ts'
import {
  AnswerProblemDocument,
  FoundPassagesDocument,
  PostProblemDocument,
  ProblemsDocument,
  SimilarDocument,
  type SimilarQueryVariables,
} from '#test/__generated__/operations.ts'
import { topLevelCode } from '#test/refusals.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

let world: World
let reader: Caller

beforeAll(async () => {
  world = await createWorld('demo')
  reader = await world.token('a-nordmark')
})

afterAll(() => world.close())

async function similar(variables: SimilarQueryVariables) {
  const { similar } = await reader.run(SimilarDocument, variables)
  return similar.map(({ entry, ...rest }) => ({ ...rest, id: idOf({ entry }) }))
}

const idOf = ({ entry }: { entry: object }) => (entry as { id: string }).id
const problems = JSON.parse(
  readFileSync(new URL('../../database/demo/problems.json', import.meta.url), 'utf8'),
) as { code: string; title: string; body: string }[]

describe('on the demo content', () => {
  it.each(problems.slice(0, 12))('the text of $code is that of $code', async ({ title, body }) => {
    const [first] = await similar({ title, body })
    expect(first).toMatchObject({ title, strength: 'DUPLICATE' })
  })

  it.each(problems.slice(0, 12))('the title of $code alone leads to it', async ({ title }) => {
    expect((await similar({ title })).map((each) => each.title)).toContain(title)
  })

  it('some texts have something close to them, and what is close is no duplicate', async () => {
    let related = 0
    for (const { title, body } of problems) {
      const found = await similar({ title, body, first: 20 })
      const others = found.filter((each) => each.title !== title)
      if (others.some(({ strength }) => strength === 'RELATED')) related += 1
      const doubles = others.filter(({ strength }) => strength === 'DUPLICATE')
      expect(doubles.length).toBeLessThanOrEqual(2)
    }
    // A third by the weights of today; they are measured elsewhere.
    expect(related).toBeGreaterThan(problems.length / 6)
  })

  it.each([
    'Quastenflosser im Aquarium',
    'Die Heizung im Gewächshaus von Gleis 9',
    '',
    'und oder der die das',
    '😀',
  ])('nothing is the same as: %s', async (title) => {
    const found = await similar({ title })
    expect(found.filter(({ strength }) => strength === 'DUPLICATE')).toEqual([])
  })
})

/** The text with the most similar entries. */
async function richest(): Promise<{ title: string; body: string }> {
  const found = await Promise.all(
    problems.map(async ({ title, body }) => ({
      text: { title, body },
      count: (await similar({ title, body, first: 20 })).length,
    })),
  )
  const [best] = found.sort((a, b) => b.count - a.count)
  expect(best!.count).toBeGreaterThan(1)
  return best!.text
}

describe('what comes', () => {
  let text: { title: string; body: string }

  beforeAll(async () => {
    text = await richest()
  })

  it('is without the entry that is being changed', async () => {
    const [first] = await similar(text)
    const rest = await similar({ ...text, except: first!.id })
    expect(rest.map(({ id }) => id)).not.toContain(first!.id)
    // Anything else leaves out nothing.
    for (const except of ['', 'x', await world.organisationId('a-nordmark')])
      expect((await similar({ ...text, except }))[0]?.id).toBe(first!.id)
  })

  it('is as many as asked for, five by default, and the best first', async () => {
    const many = await similar({ ...text, first: 20 })
    expect(many.length).toBeGreaterThan(1)
    expect(await similar({ ...text, first: 1 })).toEqual(many.slice(0, 1))
    expect(await similar(text)).toEqual(many.slice(0, 5))
    const strengths = many.map(({ strength }) => strength)
    expect(strengths).toEqual([...strengths].sort())
  })

  it('is no organisation', async () => {
    const kinds = (await similar({ title: 'Diakonisches Werk', first: 20 })).map(({ kind }) => kind)
    expect(kinds).not.toContain('ORGANISATION')
  })

  it('says why, with what is the same marked', async () => {
    const [first] = await similar(text)
    expect(first?.reason).not.toBe('')
    expect(first?.highlight).toMatch(/<mark>/)
    expect(first?.highlight.replaceAll(/<\/?mark>/g, '')).not.toMatch(/[<>]/)
  })
})

describe('limits', () => {
  it.each([
    ['too long a title', { title: 'a'.repeat(201) }],
    ['too long a body', { title: 'a', body: 'a'.repeat(20_001) }],
    ['none', { title: 'a', first: 0 }],
    ['too many', { title: 'a', first: 21 }],
  ])('%s is a fault of the caller', async (_, variables) => {
    const refused = await reader.send(SimilarDocument, variables)
    expect([refused.data, topLevelCode(refused)]).toEqual([null, 'BAD_USER_INPUT'])
  })

  it.each(['a', 'ß', '漢', '한', '𝔞', 'Aa', "'", '\\', 'a-', 'und '])(
    'a text of nothing but „%s“ is no fault',
    async (unit) => {
      const title = unit.repeat(200).slice(0, 200)
      const body = unit.repeat(20_000).slice(0, 20_000)
      const { status, errors } = await reader.send(SimilarDocument, { title, body })
      expect([status, errors]).toEqual([200, []])
    },
  )
})

async function countStatements(run: () => Promise<unknown>): Promise<number> {
  const texts: string[] = []
  const note = (message: unknown) => texts.push((message as { text: string }).text)
  statements.subscribe(note)
  await run()
  statements.unsubscribe(note)
  return texts.length
}

it('costs the same number of statements for many as for few', async () => {
  for (let number = 0; number < 12; number += 1)
    await reader.run(PostProblemDocument, {
      input: { title: `Quastenflosser füttern, Becken ${number}`, fieldsOfWork: ['elder-care'] },
    })
  const ask = (first: number) => () => similar({ title: 'Quastenflosser füttern', first })
  expect(await ask(20)()).toHaveLength(12)
  const few = await countStatements(ask(2))
  expect(await countStatements(ask(20))).toBe(few)
  // Session, synonyms of editors, words, candidates, problems.
  expect(few).toBeLessThanOrEqual(5)
})

describe('passages for a problem that waits', () => {
  const passages = async (id: string) => (await reader.run(FoundPassagesDocument, { id })).problem!

  it('are there until somebody answers, and never of the problem itself', async () => {
    const [one] = problems
    const { postProblem } = await reader.run(PostProblemDocument, {
      input: { title: one!.title, body: one!.body, fieldsOfWork: ['elder-care'] },
    })
    const id = postProblem.problem!.id
    const waiting = await passages(id)
    expect(waiting.foundPassages.length).toBeGreaterThan(0)
    expect(waiting.foundPassages.length).toBeLessThanOrEqual(3)
    expect(waiting.foundPassages.map(idOf)).not.toContain(id)
    expect(waiting.foundPassages[0]?.title).toBe(one!.title)
    expect(waiting.answerExpectedBy).toMatch(/^\d{4}-\d\d-\d\d$/)
    await reader.run(AnswerProblemDocument, {
      input: { problemId: id, type: 'EXPERIENCE', body: 'So geht es' },
    })
    const answered = await passages(id)
    expect(answered.foundPassages).toEqual([])
    expect(answered.answerExpectedBy).toBeNull()
  })

  it('a text that is beyond what PostgreSQL takes as a word breaks no page', async () => {
    const { postProblem } = await reader.run(PostProblemDocument, {
      input: { title: '한'.repeat(200), body: '한'.repeat(700), fieldsOfWork: ['elder-care'] },
    })
    expect(postProblem.userErrors).toEqual([])
    expect((await passages(postProblem.problem!.id)).foundPassages).toEqual([])
    await reader.run(ProblemsDocument, { filter: { query: '한'.repeat(200) } })
  })
})
