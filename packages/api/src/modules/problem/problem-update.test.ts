import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  AnswerProblemDocument,
  NodeDocument,
  NodesDocument,
  PostProblemDocument,
  ProblemDocument,
  ProblemsDocument,
  ReleaseProblemDocument,
  SearchDocument,
  UpdateProblemDocument,
  type UpdateProblemMutationVariables,
  WithdrawProblemDocument,
} from '#test/__generated__/operations.ts'
import { contentOf, expectNeedsContributor, faultsOf } from '#test/refusals.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

let world: World
let author: Caller
let colleague: Caller
let editor: Caller
let token: Caller
let stranger: Caller

beforeAll(async () => {
  world = await createWorld()
  await world.organisation('asker')
  await world.organisation('other')
  author = await world.person({ asker: 'PRACTITIONER' })
  colleague = await world.person({ asker: 'VOLUNTEER' })
  editor = await world.person({ asker: 'EDITOR' })
  token = await world.token('asker')
  stranger = await world.person({ other: 'EDITOR' })
})

afterAll(() => world.close())

async function post(input: object = {}, caller = author): Promise<string> {
  const { postProblem } = await caller.run(PostProblemDocument, {
    input: { title: 'Erste Fassung', fieldsOfWork: ['elder-care'], ...input },
  })
  if (!postProblem.problem) throw new Error(JSON.stringify(postProblem.userErrors))
  return postProblem.problem.id
}

async function update(caller: Caller, input: UpdateProblemMutationVariables['input']) {
  return (await caller.run(UpdateProblemDocument, { input })).updateProblem
}

async function problem(id: string, caller = author) {
  return (await caller.run(ProblemDocument, { id })).problem
}

describe('updateProblem', () => {
  it('is the owner’s: not a visitor’s, a reading token’s or a stranger’s', async () => {
    const id = await post()
    const variables = { input: { id, title: 'Fremd' } }
    await expectNeedsContributor(world, 'asker', UpdateProblemDocument, variables)
    const before = await contentOf(world)
    expect(faultsOf(await update(stranger, variables.input))).toEqual(['FORBIDDEN'])
    expect((await problem(id, stranger))?.viewerCanUpdate).toBe(false)
    expect(await contentOf(world)).toBe(before)
    for (const caller of [author, colleague, editor, token]) {
      expect((await problem(id, caller))?.viewerCanUpdate).toBe(true)
      expect(faultsOf(await update(caller, { id, body: crypto.randomUUID() }))).toEqual([])
    }
  })

  it('changes what is given, leaves the rest, and keeps the former wording', async () => {
    const id = await post({ body: 'Alt', competences: ['process-management'] })
    await world.sql.query(`update problem set as_of = '2025-01-01' where title = 'Erste Fassung'`)
    const { problem: changed } = await update(author, {
      id,
      title: ' Zweite Fassung ',
      changeNote: 'Genauer gesagt',
    })
    expect(changed).toMatchObject({
      title: 'Zweite Fassung',
      body: 'Alt',
      version: 2,
      fieldsOfWork: [{ code: 'elder-care' }],
      competences: [{ code: 'process-management' }],
    })
    expect(changed!.asOf > '2025-01-01').toBe(true)
    expect((await problem(id, stranger))?.versions).toEqual([
      { number: 2, title: 'Zweite Fassung', body: 'Alt', changeNote: 'Genauer gesagt' },
      { number: 1, title: 'Erste Fassung', body: 'Alt', changeNote: null },
    ])
  })

  it('can empty lists and texts', async () => {
    const id = await post({ body: 'Alt', competences: ['process-management'] })
    const { problem: changed } = await update(author, { id, body: '', competences: [] })
    expect(changed).toMatchObject({ body: '', competences: [], version: 2 })
  })

  it('makes no version of what is no new wording', async () => {
    const id = await post()
    const { problem: changed } = await update(author, {
      id,
      fieldsOfWork: ['child-daycare'],
      visibility: 'PUBLIC',
    })
    expect(changed).toMatchObject({ version: 1, fieldsOfWork: [{ code: 'child-daycare' }] })
    expect((await problem(id, world.visitor))?.versions).toHaveLength(1)
  })

  it('tells all faults at once and writes nothing', async () => {
    const id = await post()
    const before = await contentOf(world)
    const refused = await update(author, {
      id,
      title: ' ',
      body: 'x'.repeat(10_001),
      fieldsOfWork: [],
      competences: ['nothing'],
      changeNote: 'x'.repeat(281),
    })
    expect(faultsOf(refused)).toEqual([
      'REQUIRED title',
      'TOO_LONG body',
      'REQUIRED fieldsOfWork',
      'UNKNOWN_CODE competences',
      'TOO_LONG changeNote',
    ])
    expect(await contentOf(world)).toBe(before)
  })

  it('warns of data of clients in new text, but not again in text that was confirmed', async () => {
    const body = 'Frau Müller hat uns das gezeigt.'
    const id = await post({ body, confirmedNoClientData: true })
    expect(faultsOf(await update(author, { id, visibility: 'OWN_ORGANISATION' }))).toEqual([])
    const refused = await update(author, { id, body: `${body} Herr Maier auch.` })
    expect(faultsOf(refused)).toEqual(['CLIENT_DATA_SUSPECTED body'])
    expect(
      faultsOf(await update(author, { id, body: 'Lena (7)', confirmedNoClientData: true })),
    ).toEqual([])
  })

  it('says NOT_FOUND for unknown ids and ids of other things', async () => {
    const organisation = (await problem(await post()))!.organisation.id
    for (const id of ['nonsense', '', organisation])
      expect(faultsOf(await update(author, { id, title: 'Neu' }))).toEqual(['NOT_FOUND id'])
  })

  it('refuses a change that was made on a former version', async () => {
    const id = await post()
    expect(faultsOf(await update(author, { id, version: 1, title: 'Zwei' }))).toEqual([])
    const late = await update(colleague, { id, version: 1, title: 'Auch zwei' })
    expect(faultsOf(late)).toEqual(['CHANGED_MEANWHILE version'])
    expect(faultsOf(await update(colleague, { id, version: 2, title: 'Drei' }))).toEqual([])
    expect((await problem(id))?.title).toBe('Drei')
  })

  it('lets one of two changes of the same version through', async () => {
    for (let round = 0; round < 5; round++) {
      const id = await post()
      const results = await Promise.all([
        update(author, { id, version: 1, title: 'Von A' }),
        update(colleague, { id, version: 1, title: 'Von B' }),
      ])
      expect(results.flatMap(faultsOf)).toEqual(['CHANGED_MEANWHILE version'])
      const winner = results.find(({ problem }) => problem)?.problem?.title
      const after = await problem(id)
      expect(after).toMatchObject({ title: winner, version: 2 })
      expect(after?.versions.map(({ title }) => title)).toEqual([winner, 'Erste Fassung'])
    }
  })

  it('refuses AI text of a token under what is published; a person may send it', async () => {
    const id = await post({ visibility: 'PUBLIC' })
    const aiText = { id, body: 'Vom Modell', aiShare: 'AI_GENERATED' } as const
    const before = await contentOf(world)
    expect(faultsOf(await update(token, aiText))).toEqual(['AI_REVIEW_REQUIRED aiShare'])
    expect(await contentOf(world)).toBe(before)
    expect(faultsOf(await update(colleague, aiText))).toEqual([])
    // What a person has sent stays marked, and a token may still change who sees it.
    expect(faultsOf(await update(token, { id, visibility: 'ALL_MEMBERS' }))).toEqual([])
    expect(await problem(id, stranger)).toMatchObject({
      body: 'Vom Modell',
      aiShare: 'AI_GENERATED',
    })
  })

  it('is of the day of the change, whatever was changed', async () => {
    const id = await post()
    await world.sql.query("update problem set as_of = '2025-01-01'")
    expect((await problem(id))?.asOf).toBe('2025-01-01')
    await update(colleague, { id, fieldsOfWork: ['child-daycare'] })
    expect((await problem(id))?.asOf).not.toBe('2025-01-01')
  })
})

describe('withdrawProblem', () => {
  it('is for the author, editors and the organisation’s token', async () => {
    const id = await post()
    const variables = { input: { id } }
    await expectNeedsContributor(world, 'asker', WithdrawProblemDocument, variables)
    const before = await contentOf(world)
    for (const caller of [stranger, colleague]) {
      const { withdrawProblem } = await caller.run(WithdrawProblemDocument, variables)
      expect(faultsOf(withdrawProblem)).toEqual(['FORBIDDEN'])
      expect((await problem(id, caller))?.viewerCanWithdraw).toBe(false)
    }
    expect(await contentOf(world)).toBe(before)
    for (const caller of [author, editor, token]) {
      const own = { input: { id: await post() } }
      expect((await problem(own.input.id, caller))?.viewerCanWithdraw).toBe(true)
      const { withdrawProblem } = await caller.run(WithdrawProblemDocument, own)
      expect(withdrawProblem).toMatchObject({ userErrors: [], problem: { state: 'WITHDRAWN' } })
    }
  })

  it('leaves a tombstone without content, and hides the answers', async () => {
    const id = await post({
      title: 'Eisvogel am Teich',
      body: 'Eisvogel, überall',
      competences: ['process-management'],
      visibility: 'PUBLIC',
    })
    await update(author, { id, title: 'Eisvogel im Garten' })
    const { answerProblem } = await stranger.run(AnswerProblemDocument, {
      input: { problemId: id, type: 'EXPERIENCE', body: 'Eisvogel bei uns' },
    })
    await author.run(WithdrawProblemDocument, { input: { id } })
    for (const caller of [author, stranger, world.visitor]) {
      const tombstone = await problem(id, caller)
      expect(tombstone).toMatchObject({
        id,
        title: '',
        body: '',
        competences: [],
        state: 'WITHDRAWN',
        versions: [],
        answers: { edges: [], totalCount: { value: 0 } },
        viewerCanUpdate: false,
        viewerCanWithdraw: false,
        viewerCanAnswer: false,
      })
      const { node } = await caller.run(NodeDocument, { id })
      expect(node).toEqual({ __typename: 'Problem', id, title: '', state: 'WITHDRAWN' })
      const { nodes } = await caller.run(NodesDocument, { ids: [answerProblem.answer!.id] })
      expect(nodes).toEqual([null])
      const { search } = await caller.run(SearchDocument, { query: 'Eisvogel' })
      expect([search.edges, search.totalCount.value, search.facets]).toEqual([[], 0, []])
      const { problems } = await caller.run(ProblemsDocument, { filter: { query: 'Eisvogel' } })
      expect([problems.edges, problems.totalCount.value]).toEqual([[], 0])
      const all = await caller.run(ProblemsDocument, { first: 100 })
      expect(all.problems.edges.map(({ node }) => node.id)).not.toContain(id)
    }
  })

  it('is final: no change, no second time', async () => {
    const id = await post()
    await author.run(WithdrawProblemDocument, { input: { id } })
    expect((await update(author, { id, title: 'Wieder da' })).problem).toBeNull()
    const { withdrawProblem } = await author.run(WithdrawProblemDocument, { input: { id } })
    expect(withdrawProblem.problem).toBeNull()
    expect((await problem(id))?.title).toBe('')
  })

  it('wins against a change at the same time: no content in a tombstone', async () => {
    for (let round = 0; round < 8; round++) {
      const id = await post()
      await Promise.all([
        author.run(WithdrawProblemDocument, { input: { id } }),
        update(colleague, { id, title: 'Gleichzeitig' }),
      ])
      expect(await problem(id)).toMatchObject({ state: 'WITHDRAWN', title: '', versions: [] })
    }
  })
})

describe('releaseProblem', () => {
  it('is for an editor of the own organisation, never for a token', async () => {
    const id = await post({ aiShare: 'AI_ASSISTED', visibility: 'PUBLIC' }, token)
    const variables = { input: { id } }
    await expectNeedsContributor(world, 'asker', ReleaseProblemDocument, variables)
    const release = async (caller: Caller) =>
      (await caller.run(ReleaseProblemDocument, variables)).releaseProblem
    const before = await contentOf(world)
    expect(faultsOf(await release(stranger))).toEqual(['NOT_FOUND id'])
    for (const caller of [author, token])
      expect(faultsOf(await release(caller))).toEqual(['FORBIDDEN'])
    expect(await contentOf(world)).toBe(before)
    expect((await release(editor)).problem).toMatchObject({ state: 'PUBLISHED', version: 1 })
    expect((await problem(id, world.visitor))?.versions).toHaveLength(1)
    expect(faultsOf(await release(editor))).toEqual(['WRONG_STATE'])
  })
})

describe('what nobody has confirmed for a year', () => {
  it('needs an update, and is published nevertheless', async () => {
    const id = await post({ title: 'Goldammer' })
    const setAsOf = (interval: string) =>
      world.sql.query(
        `update problem set as_of = current_date - interval '${interval}' where title = 'Goldammer'`,
      )
    await setAsOf('11 months 25 days')
    expect((await problem(id, stranger))?.state).toBe('PUBLISHED')
    await setAsOf('12 months 5 days')
    expect((await problem(id, stranger))?.state).toBe('NEEDS_UPDATE')
    const { problems } = await stranger.run(ProblemsDocument, { filter: { query: 'Goldammer' } })
    expect(problems.edges.map(({ node }) => node.state)).toEqual(['NEEDS_UPDATE'])
    const { problem: confirmed } = await update(author, { id, changeNote: 'Gilt noch' })
    expect(confirmed).toMatchObject({ state: 'PUBLISHED', version: 2 })
  })
})
