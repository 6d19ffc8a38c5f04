import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  NodeDocument,
  PublishSolutionDocument,
  type PublishSolutionMutationVariables,
  ReleaseSolutionDocument,
  SearchDocument,
  SolutionDocument,
  SolutionsDocument,
} from '#test/__generated__/operations.ts'
import { contentOf, expectNeedsContributor, faultsOf } from '#test/refusals.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

let world: World
let practitioner: Caller
let editor: Caller
let executive: Caller
let token: Caller
let stranger: Caller

beforeAll(async () => {
  world = await createWorld()
  await world.organisation('owner')
  await world.organisation('other')
  await world.organisation('club', { sizeClass: 'volunteer-only' })
  practitioner = await world.person({ owner: 'PRACTITIONER' })
  editor = await world.person({ owner: 'EDITOR' })
  executive = await world.person({ owner: 'EXECUTIVE' })
  token = await world.token('owner')
  stranger = await world.person({ other: 'EDITOR' })
})

afterAll(() => world.close())

type Input = PublishSolutionMutationVariables['input']

const minimal: Input = {
  title: 'Bagatellgrenze',
  summary: 'Bis 50 Euro entscheidet das Haus.',
  kind: 'PROCESS',
  fieldsOfWork: ['elder-care'],
}

async function publish(caller: Caller, input: Partial<Input> = {}) {
  return (await caller.run(PublishSolutionDocument, { input: { ...minimal, ...input } }))
    .publishSolution
}

describe('publishSolution', () => {
  it('is closed to visitors and to tokens that only read', () =>
    expectNeedsContributor(world, 'owner', PublishSolutionDocument, { input: minimal }))

  it('fills in what is left out', async () => {
    const { solution, userErrors } = await publish(editor)
    expect(userErrors).toEqual([])
    expect(solution).toMatchObject({
      title: minimal.title,
      summary: minimal.summary,
      body: '',
      kind: 'PROCESS',
      state: 'PUBLISHED',
      visibility: 'ALL_MEMBERS',
      licence: 'CC-BY-4.0',
      aiShare: 'NONE',
      version: 1,
      code: null,
      competences: [],
      toolCategories: [],
      creditedOrganisations: [],
      minSizeClass: null,
      worksWithoutItDepartment: null,
      effort: null,
      costBand: null,
      problem: null,
      organisation: { code: 'owner' },
    })
  })

  it('keeps everything that is given', async () => {
    const given = {
      kind: 'TOOL',
      body: 'So geht es.',
      minSizeClass: 's',
      worksWithoutItDepartment: false,
      effort: 'WEEKS',
      costBand: 'LT_5K',
      licence: 'EUPL-1.2',
      visibility: 'PUBLIC',
      aiShare: 'AI_ASSISTED',
    } as const
    const { solution } = await publish(editor, {
      ...given,
      title: '  Rechenblatt ',
      competences: ['process-management', 'process-management'],
      toolCategories: ['staff-app'],
    })
    expect(solution).toMatchObject({
      ...given,
      title: 'Rechenblatt',
      competences: [{ code: 'process-management' }],
      toolCategories: [{ code: 'staff-app' }],
    })
    expect((await world.visitor.run(SolutionDocument, { id: solution!.id })).solution?.body).toBe(
      'So geht es.',
    )
  })

  it('tells all faults at once and writes nothing', async () => {
    const before = await contentOf(world)
    const refused = await publish(editor, {
      title: ' ',
      summary: 'x'.repeat(501),
      body: 'Frau Müller',
      fieldsOfWork: ['nothing'],
      competences: ['nothing'],
      toolCategories: ['nothing'],
      minSizeClass: 'giant',
      licence: 'Unlicense',
      answerId: 'nonsense',
      idempotencyKey: 'k'.repeat(256),
    })
    expect(faultsOf(refused).sort()).toEqual([
      'CLIENT_DATA_SUSPECTED body',
      'NOT_FOUND answerId',
      'REQUIRED title',
      'TOO_LONG idempotencyKey',
      'TOO_LONG summary',
      'UNKNOWN_CODE competences',
      'UNKNOWN_CODE fieldsOfWork',
      'UNKNOWN_CODE licence',
      'UNKNOWN_CODE minSizeClass',
      'UNKNOWN_CODE toolCategories',
    ])
    expect(await contentOf(world)).toBe(before)
  })

  it.each<[string, Partial<Input>, string[]]>([
    ['a blank summary', { summary: ' ' }, ['REQUIRED summary']],
    ['a summary of 500 characters', { summary: 'x'.repeat(500) }, []],
    ['a body of 20,000 characters', { body: 'x'.repeat(20_000) }, []],
    ['a body of 20,001 characters', { body: 'x'.repeat(20_001) }, ['TOO_LONG body']],
    ['no field of work', { fieldsOfWork: [] }, ['REQUIRED fieldsOfWork']],
    ['data of clients in the summary', { summary: 'Lena (7)' }, ['CLIENT_DATA_SUSPECTED summary']],
    ['the same, confirmed', { summary: 'Lena (7)', confirmedNoClientData: true }, []],
    ['a licence that asks for the same', { licence: 'CC-BY-SA-4.0' }, []],
    ['public domain', { licence: 'CC0-1.0' }, []],
  ])('has its limits: %s', async (_, input, faults) => {
    expect(faultsOf(await publish(editor, input))).toEqual(faults)
  })

  it('happens once for each idempotency key, also ten times at once', async () => {
    const calls = Array.from({ length: 10 }, () => publish(editor, { idempotencyKey: 'once' }))
    const made = await Promise.all(calls)
    expect(new Set(made.map(({ solution }) => solution?.id)).size).toBe(1)
    const other = await publish(editor, { idempotencyKey: 'once', title: 'Anders' })
    expect(faultsOf(other)).toEqual(['IDEMPOTENCY_KEY_REUSED idempotencyKey'])
    const independent = await publish(executive, { idempotencyKey: 'once' })
    expect(independent.solution?.id).not.toBe(made[0]?.solution?.id)
  })

  it('a key belongs to its operation, too', async () => {
    const { solution } = await publish(editor, { idempotencyKey: 'operation' })
    expect(solution).not.toBeNull()
  })
})

describe('who needs a second person', () => {
  it('editors, executives and the organisation’s token publish at once', async () => {
    for (const caller of [editor, executive, token])
      expect((await publish(caller)).solution?.state).toBe('PUBLISHED')
  })

  it('AI text of a token waits for a person', async () => {
    const { solution } = await publish(token, { aiShare: 'AI_GENERATED' })
    expect(solution).toMatchObject({ state: 'IN_REVIEW' })
    const { releaseSolution } = await editor.run(ReleaseSolutionDocument, {
      input: { id: solution!.id },
    })
    expect(releaseSolution.solution?.state).toBe('PUBLISHED')
  })

  it('in an organisation of volunteers, anybody publishes', async () => {
    const volunteer = await world.person({ club: 'VOLUNTEER' })
    expect((await publish(volunteer)).solution?.state).toBe('PUBLISHED')
  })

  it('what others write waits, seen by the own organisation alone', async () => {
    const { solution } = await publish(practitioner, { title: 'Wiedehopf', visibility: 'PUBLIC' })
    expect(solution).toMatchObject({ state: 'IN_REVIEW', viewerCanRelease: false })
    const id = solution!.id
    for (const caller of [stranger, world.visitor]) {
      expect((await caller.run(SolutionDocument, { id })).solution).toBeNull()
      expect((await caller.run(NodeDocument, { id })).node).toBeNull()
      const { solutions } = await caller.run(SolutionsDocument, { filter: { inReview: true } })
      expect([solutions.edges, solutions.totalCount.value]).toEqual([[], 0])
    }
    for (const caller of [practitioner, editor, stranger, world.visitor]) {
      const { search } = await caller.run(SearchDocument, { query: 'Wiedehopf' })
      expect([search.edges, search.totalCount.value, search.facets]).toEqual([[], 0, []])
      const { solutions } = await caller.run(SolutionsDocument, { filter: { query: 'Wiedehopf' } })
      expect([solutions.edges, solutions.totalCount.value]).toEqual([[], 0])
    }
    const { solutions } = await editor.run(SolutionsDocument, {
      filter: { inReview: true, query: 'Wiedehopf' },
    })
    expect(solutions.edges.map(({ node }) => node.id)).toEqual([id])
    expect(solutions.totalCount.value).toBe(1)
    expect((await editor.run(NodeDocument, { id })).node).toMatchObject({ state: 'IN_REVIEW' })
  })
})

describe('releaseSolution', () => {
  const release = async (caller: Caller, id: string) =>
    (await caller.run(ReleaseSolutionDocument, { input: { id } })).releaseSolution

  it('is for an editor or executive of the own organisation who is not the author', async () => {
    const { solution } = await publish(practitioner, { visibility: 'PUBLIC' })
    const id = solution!.id
    await expectNeedsContributor(world, 'owner', ReleaseSolutionDocument, { input: { id } })
    const colleague = await world.person({ owner: 'MANAGER' })
    const before = await contentOf(world)
    expect(faultsOf(await release(stranger, id))).toEqual(['NOT_FOUND id'])
    for (const caller of [practitioner, colleague, token])
      expect(faultsOf(await release(caller, id))).toEqual(['FORBIDDEN'])
    expect(await contentOf(world)).toBe(before)
    expect((await editor.run(SolutionDocument, { id })).solution?.viewerCanRelease).toBe(true)
    expect((await release(executive, id)).solution).toMatchObject({
      state: 'PUBLISHED',
      viewerCanRelease: false,
    })
    const { solution: open } = await world.visitor.run(SolutionDocument, { id })
    expect(open?.versions.map(({ number }) => number)).toEqual([1])
    expect(faultsOf(await release(executive, id))).toEqual(['WRONG_STATE'])
  })

  it('is not for the author, even as an editor', async () => {
    const promoted = await world.person({ owner: 'PRACTITIONER' })
    const { solution } = await publish(promoted, { title: 'Selbst gemacht' })
    await world.sql.query(
      `update role_assignment set role = 'EDITOR'
       where account_id = (select author_id from solution where title = 'Selbst gemacht')`,
    )
    expect(faultsOf(await release(promoted, solution!.id))).toEqual(['FORBIDDEN'])
  })
})
