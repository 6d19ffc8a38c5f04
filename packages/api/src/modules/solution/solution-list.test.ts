import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  AcceptAnswerDocument,
  AnswerProblemDocument,
  PostProblemDocument,
  ProblemDocument,
  PublishSolutionDocument,
  type PublishSolutionMutationVariables,
  SolutionDocument,
  type SolutionFilter,
  type SolutionOrder,
  SolutionsDocument,
  ToolDocument,
  ToolsDocument,
  UndoAcceptAnswerDocument,
  UpdateProblemDocument,
} from '#test/__generated__/operations.ts'
import { faultsOf } from '#test/refusals.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

let world: World
let owner: Caller
let other: Caller
let reader: Caller

type Input = PublishSolutionMutationVariables['input']

async function publish(caller: Caller, input: Partial<Input>) {
  const { publishSolution } = await caller.run(PublishSolutionDocument, {
    input: {
      title: 'Ohne Namen',
      summary: 'Kurz',
      kind: 'PROCESS',
      fieldsOfWork: ['elder-care'],
      ...input,
    },
  })
  return publishSolution
}

/** Published in this order. */
const published: (Partial<Input> & { title: string })[] = [
  {
    title: 'Öffentliche Vorlage',
    kind: 'TEMPLATE',
    minSizeClass: 'l',
    worksWithoutItDepartment: true,
    summary: 'Ein Dienstplan zum Ausdrucken',
  },
  {
    title: 'App für alle',
    kind: 'TOOL',
    minSizeClass: 'xs',
    worksWithoutItDepartment: false,
    toolCategories: ['staff-app'],
    fieldsOfWork: ['elder-care.home-care'],
  },
  {
    title: 'Ablauf mit Karte',
    kind: 'PROCESS',
    toolCategories: ['speech-documentation'],
    competences: ['process-management'],
  },
  {
    title: 'Überall Runde',
    kind: 'FORMAT',
    minSizeClass: 'volunteer-only',
    worksWithoutItDepartment: true,
    fieldsOfWork: ['child-daycare'],
  },
]

beforeAll(async () => {
  world = await createWorld()
  await world.organisation('owner', { umbrella: 'caritas' })
  await world.organisation('other')
  await world.organisation('reader')
  owner = await world.person({ owner: 'EDITOR' })
  other = await world.person({ other: 'EDITOR' })
  reader = await world.person({ reader: 'PRACTITIONER' })
  for (const input of published)
    await publish(input.title === 'Überall Runde' ? other : owner, input)
  const setDay = (title: string, day: string) =>
    world.sql.query('update solution set as_of = $1 where title = $2', [day, title])
  await setDay('Öffentliche Vorlage', '2026-05-03')
  await setDay('App für alle', '2026-05-04')
  await setDay('Ablauf mit Karte', '2026-05-02')
  await setDay('Überall Runde', '2026-05-01')
})

afterAll(() => world.close())

async function titles(variables: { filter?: SolutionFilter; orderBy?: SolutionOrder }) {
  const { solutions } = await reader.run(SolutionsDocument, variables)
  expect(solutions.totalCount).toEqual({ value: solutions.edges.length, isExact: true })
  return solutions.edges.map(({ node }) => node.title)
}

const all = ['Ablauf mit Karte', 'App für alle', 'Öffentliche Vorlage', 'Überall Runde']

describe('orders', () => {
  it.each<[SolutionOrder, string[]]>([
    ['NEWEST', ['Überall Runde', 'Ablauf mit Karte', 'App für alle', 'Öffentliche Vorlage']],
    [
      'RECENTLY_UPDATED',
      ['App für alle', 'Öffentliche Vorlage', 'Ablauf mit Karte', 'Überall Runde'],
    ],
    [
      'SMALLEST_FIRST',
      ['Überall Runde', 'App für alle', 'Öffentliche Vorlage', 'Ablauf mit Karte'],
    ],
    ['TITLE', all],
  ])('%s', async (orderBy, expected) => {
    expect(await titles({ orderBy })).toEqual(expected)
  })
})

describe('filters', () => {
  it.each<[string, SolutionFilter, string[]]>([
    ['nothing', {}, all],
    ['a kind', { kinds: ['TEMPLATE'] }, ['Öffentliche Vorlage']],
    ['one of several kinds', { kinds: ['TOOL', 'FORMAT'] }, ['App für alle', 'Überall Runde']],
    ['without software', { withoutSoftware: true }, ['Öffentliche Vorlage', 'Überall Runde']],
    ['without software or not', { withoutSoftware: false }, all],
    [
      'without an IT department',
      { withoutItDepartment: true },
      ['Öffentliche Vorlage', 'Überall Runde'],
    ],
    ['a tool category', { toolCategories: ['staff-app'] }, ['App für alle']],
    [
      'one of several tool categories',
      { toolCategories: ['staff-app', 'speech-documentation'] },
      ['Ablauf mit Karte', 'App für alle'],
    ],
    [
      'the smallest size of one’s own',
      { sizeClass: 'volunteer-only' },
      ['Ablauf mit Karte', 'Überall Runde'],
    ],
    ['a small size', { sizeClass: 'xs' }, ['Ablauf mit Karte', 'App für alle', 'Überall Runde']],
    [
      'a middling size, by order and not by letter',
      { sizeClass: 'm' },
      ['Ablauf mit Karte', 'App für alle', 'Überall Runde'],
    ],
    ['exactly the size from which it works', { sizeClass: 'l' }, all],
    ['the largest size', { sizeClass: 'xxl' }, all],
    ['an unknown size', { sizeClass: 'giant' }, []],
    [
      'a field of work with the narrower',
      { fieldsOfWork: ['elder-care'] },
      ['Ablauf mit Karte', 'App für alle', 'Öffentliche Vorlage'],
    ],
    ['a competence', { competences: ['process-management'] }, ['Ablauf mit Karte']],
    [
      'the umbrella of the owner',
      { umbrella: 'caritas' },
      ['Ablauf mit Karte', 'App für alle', 'Öffentliche Vorlage'],
    ],
    ['the owner', { organisation: 'other' }, ['Überall Runde']],
    ['words in the summary', { query: 'Dienstpläne' }, ['Öffentliche Vorlage']],
    [
      'the day of the last change',
      { updatedSince: '2026-05-03' },
      ['App für alle', 'Öffentliche Vorlage'],
    ],
    ['several conditions', { withoutItDepartment: true, sizeClass: 's' }, ['Überall Runde']],
  ])('%s', async (_, filter, expected) => {
    expect(await titles({ filter, orderBy: 'TITLE' })).toEqual(expected)
  })
})

describe('tools', () => {
  it('are the solutions of kind TOOL and no others', async () => {
    const { tools } = await reader.run(ToolsDocument)
    expect(tools.edges.map(({ node }) => node.kind)).toEqual(['TOOL'])
    expect(tools.totalCount.value).toBe(1)
    const { id } = tools.edges[0]!.node
    expect(await reader.run(ToolDocument, { id })).toEqual({ tool: { id, kind: 'TOOL' } })
    const { solution } = await publish(owner, { title: 'Kein Werkzeug' })
    expect(await reader.run(ToolDocument, { id: solution!.id })).toEqual({ tool: null })
    expect(await reader.run(ToolDocument, { id: 'nonsense' })).toEqual({ tool: null })
  })
})

describe('a solution out of an answer that helped', () => {
  async function helped(): Promise<{ problemId: string; answerId: string }> {
    const { postProblem } = await owner.run(PostProblemDocument, {
      input: { title: 'Wer weiß Rat?', fieldsOfWork: ['elder-care'] },
    })
    const problemId = postProblem.problem!.id
    const { answerProblem } = await other.run(AnswerProblemDocument, {
      input: { problemId, type: 'EXPERIENCE', body: 'So.' },
    })
    const answerId = answerProblem.answer!.id
    await owner.run(AcceptAnswerDocument, { input: { answerId } })
    return { problemId, answerId }
  }

  it('credits the other organisation, whoever of the two publishes it, and names the problem', async () => {
    const { problemId, answerId } = await helped()
    const { solution: byAsker } = await publish(owner, { answerId, title: 'Vom Fragenden' })
    expect(byAsker).toMatchObject({
      organisation: { code: 'owner' },
      creditedOrganisations: [{ code: 'other' }],
      problem: { id: problemId },
    })
    const { solution: byHelper } = await publish(other, { answerId, title: 'Vom Helfenden' })
    expect(byHelper).toMatchObject({
      organisation: { code: 'other' },
      creditedOrganisations: [{ code: 'owner' }],
    })
    const { problem } = await reader.run(ProblemDocument, { id: problemId })
    expect(problem?.solutions.map(({ id }) => id)).toEqual([byHelper!.id, byAsker!.id])
  })

  it('is refused for others, and where the answer is not marked', async () => {
    const { answerId } = await helped()
    const stranger = await world.person({ reader: 'EDITOR' })
    expect(faultsOf(await publish(stranger, { answerId }))).toEqual(['FORBIDDEN answerId'])
    await owner.run(UndoAcceptAnswerDocument, { input: { answerId } })
    expect(faultsOf(await publish(owner, { answerId }))).toEqual(['FORBIDDEN answerId'])
    expect(faultsOf(await publish(owner, { answerId: 'nonsense' }))).toEqual(['NOT_FOUND answerId'])
  })

  it('does not tell of a problem that the reader may not see', async () => {
    const { problemId, answerId } = await helped()
    const { solution } = await publish(owner, { answerId, visibility: 'PUBLIC' })
    await owner.run(UpdateProblemDocument, {
      input: { id: problemId, visibility: 'OWN_ORGANISATION' },
    })
    const { solution: seen } = await world.visitor.run(SolutionDocument, { id: solution!.id })
    expect(seen).toMatchObject({ problem: null, creditedOrganisations: [{ code: 'other' }] })
  })
})
