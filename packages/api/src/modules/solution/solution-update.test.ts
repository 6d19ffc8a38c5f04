import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  NodeDocument,
  PublishSolutionDocument,
  SearchDocument,
  SolutionDocument,
  SolutionsDocument,
  UpdateSolutionDocument,
  type UpdateSolutionMutationVariables,
  WithdrawSolutionDocument,
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
  practitioner = await world.person({ owner: 'PRACTITIONER' })
  editor = await world.person({ owner: 'EDITOR' })
  executive = await world.person({ owner: 'EXECUTIVE' })
  token = await world.token('owner')
  stranger = await world.person({ other: 'EDITOR' })
})

afterAll(() => world.close())

async function publish(caller: Caller, input: object = {}): Promise<string> {
  const { publishSolution } = await caller.run(PublishSolutionDocument, {
    input: {
      title: 'Erste Fassung',
      summary: 'Kurz',
      body: 'Lang',
      kind: 'PROCESS',
      fieldsOfWork: ['elder-care'],
      minSizeClass: 'm',
      effort: 'DAYS',
      costBand: 'FREE',
      worksWithoutItDepartment: true,
      toolCategories: ['staff-app'],
      ...input,
    },
  })
  if (!publishSolution.solution) throw new Error(JSON.stringify(publishSolution.userErrors))
  return publishSolution.solution.id
}

const update = async (caller: Caller, input: UpdateSolutionMutationVariables['input']) =>
  (await caller.run(UpdateSolutionDocument, { input })).updateSolution
const withdraw = async (caller: Caller, id: string) =>
  (await caller.run(WithdrawSolutionDocument, { input: { id } })).withdrawSolution
const solution = async (id: string, caller = editor) =>
  (await caller.run(SolutionDocument, { id })).solution

describe('updateSolution', () => {
  it('of what is published is for those who publish directly', async () => {
    const id = await publish(editor)
    await expectNeedsContributor(world, 'owner', UpdateSolutionDocument, {
      input: { id, title: 'Fremd' },
    })
    const before = await contentOf(world)
    for (const caller of [stranger, practitioner]) {
      expect(faultsOf(await update(caller, { id, title: 'Fremd' }))).toEqual(['FORBIDDEN'])
      expect((await solution(id, caller))?.viewerCanUpdate).toBe(false)
    }
    expect(await contentOf(world)).toBe(before)
    for (const caller of [editor, executive, token]) {
      expect((await solution(id, caller))?.viewerCanUpdate).toBe(true)
      const changed = await update(caller, { id, body: crypto.randomUUID() })
      expect(changed.solution).toMatchObject({ state: 'PUBLISHED' })
    }
  })

  it('of what waits for review is for every member, and it goes on waiting', async () => {
    const id = await publish(practitioner)
    const colleague = await world.person({ owner: 'VOLUNTEER' })
    expect(faultsOf(await update(stranger, { id, title: 'Fremd' }))).toEqual(['NOT_FOUND id'])
    for (const caller of [practitioner, colleague, editor, token]) {
      const { solution: changed } = await update(caller, { id, body: crypto.randomUUID() })
      expect(changed?.state).toBe('IN_REVIEW')
    }
  })

  it('changes what is given, leaves the rest, and keeps the former wording', async () => {
    const id = await publish(editor, { visibility: 'PUBLIC' })
    const { solution: changed } = await update(editor, {
      id,
      version: 1,
      summary: ' Kürzer ',
      changeNote: 'Gestrafft',
    })
    expect(changed).toMatchObject({
      title: 'Erste Fassung',
      summary: 'Kürzer',
      body: 'Lang',
      kind: 'PROCESS',
      version: 2,
      minSizeClass: 'm',
      effort: 'DAYS',
      costBand: 'FREE',
      worksWithoutItDepartment: true,
      toolCategories: [{ code: 'staff-app' }],
      visibility: 'PUBLIC',
    })
    expect((await solution(id, world.visitor))?.versions).toEqual([
      { number: 2, title: 'Erste Fassung', summary: 'Kürzer', changeNote: 'Gestrafft' },
      { number: 1, title: 'Erste Fassung', summary: 'Kurz', changeNote: null },
    ])
  })

  it('clears with null or an empty list', async () => {
    const id = await publish(editor)
    const { solution: changed } = await update(editor, {
      id,
      minSizeClass: null,
      effort: null,
      costBand: null,
      worksWithoutItDepartment: null,
      toolCategories: [],
      body: '',
    })
    expect(changed).toMatchObject({
      minSizeClass: null,
      effort: null,
      costBand: null,
      worksWithoutItDepartment: null,
      toolCategories: [],
      body: '',
      title: 'Erste Fassung',
    })
  })

  it('changes everything else that is given', async () => {
    const id = await publish(editor)
    const given = {
      title: 'Zweite',
      kind: 'TOOL',
      minSizeClass: 'volunteer-only',
      effort: 'MONTHS',
      costBand: 'GT_25K',
      licence: 'EUPL-1.2',
      worksWithoutItDepartment: false,
      visibility: 'OWN_ORGANISATION',
      aiShare: 'MACHINE_TRANSLATED',
    } as const
    const { solution: changed } = await update(editor, {
      ...given,
      id,
      fieldsOfWork: ['child-daycare'],
      competences: ['data-management'],
    })
    expect(changed).toMatchObject({
      ...given,
      fieldsOfWork: [{ code: 'child-daycare' }],
      competences: [{ code: 'data-management' }],
    })
    expect(await solution(id, stranger)).toBeNull()
  })

  it('tells all faults at once and writes nothing', async () => {
    const id = await publish(editor)
    const before = await contentOf(world)
    const refused = await update(editor, {
      id,
      title: '',
      summary: ' ',
      fieldsOfWork: [],
      minSizeClass: 'giant',
      licence: 'MIT',
      changeNote: 'x'.repeat(281),
      body: 'IBAN DE89370400440532013000',
    })
    expect(faultsOf(refused).sort()).toEqual([
      'CLIENT_DATA_SUSPECTED body',
      'REQUIRED fieldsOfWork',
      'REQUIRED summary',
      'REQUIRED title',
      'TOO_LONG changeNote',
      'UNKNOWN_CODE licence',
      'UNKNOWN_CODE minSizeClass',
    ])
    expect(await contentOf(world)).toBe(before)
  })

  it('does not ask again about text that was confirmed', async () => {
    const id = await publish(editor, { body: 'Frau Müller', confirmedNoClientData: true })
    expect(faultsOf(await update(editor, { id, effort: 'WEEKS' }))).toEqual([])
  })

  it('lets one of two changes of the same version through', async () => {
    const id = await publish(editor)
    const results = await Promise.all([
      update(editor, { id, version: 1, title: 'Von A' }),
      update(executive, { id, version: 1, title: 'Von B' }),
    ])
    expect(results.flatMap(faultsOf)).toEqual(['CHANGED_MEANWHILE version'])
    expect((await solution(id))?.versions).toHaveLength(2)
    expect(faultsOf(await update(editor, { id, version: 1, title: 'Spät' }))).toEqual([
      'CHANGED_MEANWHILE version',
    ])
  })

  it('refuses AI text of a token under what is published', async () => {
    const id = await publish(editor, { visibility: 'PUBLIC' })
    const before = await contentOf(world)
    expect(faultsOf(await update(token, { id, body: 'Modell', aiShare: 'AI_ASSISTED' }))).toEqual([
      'AI_REVIEW_REQUIRED aiShare',
    ])
    expect(await contentOf(world)).toBe(before)
  })

  it('goes on in review for AI text of a token', async () => {
    const id = await publish(token, { aiShare: 'AI_ASSISTED' })
    expect(faultsOf(await update(token, { id, body: 'Zweiter Versuch' }))).toEqual([])
    expect(await solution(id)).toMatchObject({ state: 'IN_REVIEW', body: 'Zweiter Versuch' })
  })
})

describe('withdrawSolution', () => {
  it('is for the author, the editors and the token', async () => {
    const id = await publish(practitioner)
    await expectNeedsContributor(world, 'owner', WithdrawSolutionDocument, { input: { id } })
    const before = await contentOf(world)
    expect(faultsOf(await withdraw(stranger, id))).toEqual(['NOT_FOUND id'])
    const colleague = await world.person({ owner: 'IT' })
    expect(faultsOf(await withdraw(colleague, id))).toEqual(['FORBIDDEN'])
    expect((await solution(id, colleague))?.viewerCanWithdraw).toBe(false)
    const published = await publish(editor)
    expect(faultsOf(await withdraw(stranger, published))).toEqual(['FORBIDDEN'])
    expect(await contentOf(world)).not.toBe(before)
    for (const caller of [practitioner, editor, token]) {
      const own = await publish(practitioner)
      expect((await solution(own, caller))?.viewerCanWithdraw).toBe(true)
      expect((await withdraw(caller, own)).solution).toMatchObject({
        state: 'WITHDRAWN',
        title: '',
      })
    }
  })

  it('leaves a tombstone without content', async () => {
    const id = await publish(editor, {
      title: 'Schwarzstorch',
      body: 'Schwarzstorch',
      visibility: 'PUBLIC',
      competences: ['process-management'],
    })
    await update(editor, { id, summary: 'Schwarzstorch im Wald' })
    await withdraw(editor, id)
    for (const caller of [editor, stranger, world.visitor]) {
      expect(await solution(id, caller)).toMatchObject({
        title: '',
        summary: '',
        body: '',
        competences: [],
        toolCategories: [],
        state: 'WITHDRAWN',
        versions: [],
        viewerCanUpdate: false,
        viewerCanWithdraw: false,
      })
      const { node } = await caller.run(NodeDocument, { id })
      expect(node).toEqual({ __typename: 'Solution', id, title: '', state: 'WITHDRAWN' })
      const { search } = await caller.run(SearchDocument, { query: 'Schwarzstorch' })
      expect([search.edges, search.totalCount.value, search.facets]).toEqual([[], 0, []])
      const { solutions } = await caller.run(SolutionsDocument, { first: 100 })
      expect(solutions.edges.map(({ node }) => node.id)).not.toContain(id)
    }
    expect((await update(editor, { id, title: 'Wieder da' })).solution).toBeNull()
    expect((await withdraw(editor, id)).solution).toBeNull()
  })

  it('wins against a change at the same time: no content in a tombstone', async () => {
    for (let round = 0; round < 8; round++) {
      const id = await publish(editor)
      await Promise.all([withdraw(editor, id), update(executive, { id, title: 'Gleichzeitig' })])
      expect(await solution(id)).toMatchObject({ state: 'WITHDRAWN', title: '', versions: [] })
    }
  })
})
