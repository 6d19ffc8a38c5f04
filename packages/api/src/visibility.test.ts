import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Visibility } from '#modules/entry/entry.entity.ts'
import {
  AnswerProblemDocument,
  NodeDocument,
  NodesDocument,
  PostProblemDocument,
  ProblemDocument,
  ProblemsDocument,
  PublishSolutionDocument,
  SameHereDocument,
  SearchDocument,
  SolutionDocument,
  SolutionsDocument,
  UpdateProblemDocument,
} from '#test/__generated__/operations.ts'
import { faultsOf } from '#test/refusals.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

// Everything a viewer may reach an entry by must agree: row security is tested through each door.

const visibilities: Visibility[] = [
  'OWN_ORGANISATION',
  'OWN_ASSOCIATION',
  'SELECTED_ORGANISATIONS',
  'ALL_MEMBERS',
  'PUBLIC',
]

/** Who sees what, written down independently of the product. */
const expected: Record<string, Visibility[]> = {
  'own organisation': visibilities,
  'own organisation’s token': visibilities,
  'same association': ['OWN_ASSOCIATION', 'ALL_MEMBERS', 'PUBLIC'],
  'the association itself': ['OWN_ASSOCIATION', 'ALL_MEMBERS', 'PUBLIC'],
  'former member of the association': ['ALL_MEMBERS', 'PUBLIC'],
  'chosen organisation': ['SELECTED_ORGANISATIONS', 'ALL_MEMBERS', 'PUBLIC'],
  'chosen organisation’s token': ['SELECTED_ORGANISATIONS', 'ALL_MEMBERS', 'PUBLIC'],
  'other organisation': ['ALL_MEMBERS', 'PUBLIC'],
  'other organisation’s token': ['ALL_MEMBERS', 'PUBLIC'],
  visitor: ['PUBLIC'],
}

let world: World
const callers: Record<string, Caller> = {}
const problems = new Map<Visibility, string>()
const solutions = new Map<Visibility, string>()

beforeAll(async () => {
  world = await createWorld()
  await world.association('assoc')
  await world.association('other-assoc')
  await world.organisation('owner', { associations: ['assoc'] })
  await world.organisation('sibling', { associations: ['assoc'] })
  await world.organisation('former', { associations: ['assoc', 'other-assoc'] })
  await world.organisation('stranger', { associations: ['other-assoc'] })
  await world.organisation('chosen', { associations: ['other-assoc'] })
  await world.sql.query(
    `update membership set valid_until = current_date
     where organisation_id = (select id from organisation where code = 'former')
       and association_id = (select id from organisation where code = 'assoc')`,
  )
  const owner = await world.person({ owner: 'EDITOR' })
  Object.assign(callers, {
    'own organisation': await world.person({ owner: 'PRACTITIONER' }),
    'own organisation’s token': await world.token('owner', ['read']),
    'same association': await world.person({ sibling: 'PRACTITIONER' }),
    'the association itself': await world.person({ assoc: 'ADVISOR' }),
    'former member of the association': await world.person({ former: 'EXECUTIVE' }),
    'chosen organisation': await world.person({ chosen: 'PRACTITIONER' }),
    'chosen organisation’s token': await world.token('chosen', ['read']),
    'other organisation': await world.person({ stranger: 'EXECUTIVE' }),
    'other organisation’s token': await world.token('stranger'),
    visitor: world.visitor,
  })
  for (const visibility of visibilities) {
    const entry = {
      title: `Zebrafink ${visibility}`,
      fieldsOfWork: ['elder-care'],
      visibility,
      selectedOrganisations: ['chosen'],
    }
    const { postProblem } = await owner.run(PostProblemDocument, { input: entry })
    problems.set(visibility, postProblem.problem?.id ?? '')
    await owner.run(AnswerProblemDocument, {
      input: { problemId: postProblem.problem?.id ?? '', type: 'EXPERIENCE', body: 'Zebrafink' },
    })
    const { publishSolution } = await owner.run(PublishSolutionDocument, {
      input: { ...entry, summary: 'Zebrafink', kind: 'PROCESS' },
    })
    solutions.set(visibility, publishSolution.solution?.id ?? '')
  }
})

afterAll(() => world.close())

const cells = Object.entries(expected).map(([viewer, seen]) => ({ viewer, seen }))

describe.each(cells)('$viewer', ({ viewer, seen }) => {
  const sees = (visibility: Visibility) => seen.includes(visibility)
  const titles = seen.map((visibility) => `Zebrafink ${visibility}`).sort()

  it('lists and counts exactly the visible problems', async () => {
    const { problems: list } = await callers[viewer]!.run(ProblemsDocument, { first: 100 })
    expect(list.edges.map(({ node }) => node.title).sort()).toEqual(titles)
    expect(list.totalCount).toEqual({ value: seen.length, isExact: true })
  })

  it('lists and counts exactly the visible solutions', async () => {
    const { solutions: list } = await callers[viewer]!.run(SolutionsDocument, { first: 100 })
    expect(list.edges.map(({ node }) => node.title).sort()).toEqual(titles)
    expect(list.totalCount).toEqual({ value: seen.length, isExact: true })
  })

  it('finds and counts exactly the visible entries', async () => {
    const { search } = await callers[viewer]!.run(SearchDocument, {
      query: 'Zebrafink',
      first: 100,
    })
    expect(search.edges.map(({ node }) => node.title).sort()).toEqual([...titles, ...titles].sort())
    expect(search.totalCount.value).toBe(seen.length * 2)
    expect(search.facets.map(({ count }) => count.value)).toEqual([seen.length, seen.length])
  })

  it.each(visibilities)('opens %s entries only if they are visible', async (visibility) => {
    const caller = callers[viewer]!
    const [problemId, solutionId] = [problems.get(visibility)!, solutions.get(visibility)!]
    const { problem } = await caller.run(ProblemDocument, { id: problemId })
    const { solution } = await caller.run(SolutionDocument, { id: solutionId })
    const { nodes } = await caller.run(NodesDocument, { ids: [problemId, solutionId] })
    expect(Boolean(problem)).toBe(sees(visibility))
    expect(Boolean(solution)).toBe(sees(visibility))
    expect(nodes.map(Boolean)).toEqual([sees(visibility), sees(visibility)])
    if (problem) {
      expect(problem.answers.edges).toHaveLength(1)
      expect(problem.versions).toHaveLength(1)
    }
  })

  it('learns whom the owner chose only as one of its people', async () => {
    const id = problems.get('SELECTED_ORGANISATIONS')!
    const { problem } = await callers[viewer]!.run(ProblemDocument, { id })
    const { solution } = await callers[viewer]!.run(SolutionDocument, {
      id: solutions.get('SELECTED_ORGANISATIONS')!,
    })
    const chosen = viewer.startsWith('own organisation') ? [{ code: 'chosen' }] : null
    if (problem) expect(problem.selectedOrganisations).toEqual(chosen)
    if (solution) expect(solution.selectedOrganisations).toEqual(chosen)
  })

  it.each(visibilities)(
    'gets the same answer for hidden %s and unknown ids',
    async (visibility) => {
      if (sees(visibility)) return
      const caller = callers[viewer]!
      const unknown = 'A'.concat(problems.get(visibility)!.slice(1, 3), 'A'.repeat(19), 'A')
      const hidden = await caller.send(NodeDocument, { id: problems.get(visibility)! })
      expect(hidden).toEqual(await caller.send(NodeDocument, { id: unknown }))
      if (
        viewer === 'visitor' ||
        viewer.endsWith('own organisation’s token') ||
        viewer === 'chosen organisation’s token'
      )
        return
      const answer = (problemId: string) =>
        caller.send(AnswerProblemDocument, { input: { problemId, type: 'EXPERIENCE', body: 'Ja' } })
      expect(await answer(problems.get(visibility)!)).toEqual(await answer(unknown))
      const same = (problemId: string) => caller.send(SameHereDocument, { input: { problemId } })
      expect(await same(problems.get(visibility)!)).toEqual(await same(unknown))
    },
  )
})

describe('a circle of chosen organisations', () => {
  const post = async (selectedOrganisations?: string[]) => {
    const owner = await world.person({ owner: 'EDITOR' })
    const { postProblem } = await owner.run(PostProblemDocument, {
      input: {
        title: 'Für wenige',
        fieldsOfWork: ['elder-care'],
        visibility: 'SELECTED_ORGANISATIONS',
        ...(selectedOrganisations && { selectedOrganisations }),
      },
    })
    return { owner, postProblem }
  }

  it.each([
    { given: undefined, faults: ['REQUIRED selectedOrganisations'] },
    { given: [], faults: ['REQUIRED selectedOrganisations'] },
    { given: ['owner'], faults: ['REQUIRED selectedOrganisations'] },
    { given: ['chosen', 'nobody'], faults: ['UNKNOWN_CODE selectedOrganisations'] },
    {
      given: Array.from({ length: 51 }, (_, index) => `code-${index}`),
      faults: ['TOO_MANY selectedOrganisations'],
    },
    { given: ['chosen', 'chosen'], faults: [] },
  ])('is checked: $given.length given, $faults', async ({ given, faults }) => {
    const { postProblem } = await post(given)
    expect(faultsOf(postProblem)).toEqual(faults)
  })

  it('closes at once for who is no longer chosen, with answers and versions', async () => {
    const { owner, postProblem } = await post(['chosen', 'stranger'])
    const id = postProblem.problem!.id
    const stranger = callers['other organisation']!
    const { answerProblem } = await stranger.run(AnswerProblemDocument, {
      input: { problemId: id, type: 'EXPERIENCE', body: 'Ja' },
    })
    const ids = [id, answerProblem.answer!.id]
    await owner.run(UpdateProblemDocument, { input: { id, selectedOrganisations: ['chosen'] } })
    expect((await stranger.run(NodesDocument, { ids })).nodes).toEqual([null, null])
    const chosen = callers['chosen organisation']!
    expect((await chosen.run(NodesDocument, { ids })).nodes.map(Boolean)).toEqual([true, true])
    await owner.run(UpdateProblemDocument, { input: { id, visibility: 'ALL_MEMBERS' } })
    const { problem } = await owner.run(ProblemDocument, { id })
    expect(problem?.selectedOrganisations).toBeNull()
    const { rows } = await world.sql.query(
      `select selected_organisation_ids as ids from problem where title = 'Für wenige'
         and visibility = 'ALL_MEMBERS'
       union all select selected_organisation_ids from answer where body = 'Ja'
         and visibility = 'ALL_MEMBERS'
       union all select selected_organisation_ids from problem_version
         where title = 'Für wenige' and visibility = 'ALL_MEMBERS'`,
    )
    expect(rows).toEqual([{ ids: [] }, { ids: [] }, { ids: [] }])
  })
})

describe('lowering the visibility', () => {
  it('takes effect at once, on answers and earlier wordings too; raising does not publish the past', async () => {
    const owner = await world.person({ owner: 'EDITOR' })
    const { postProblem } = await owner.run(PostProblemDocument, {
      input: { title: 'Erst intern', fieldsOfWork: ['elder-care'], visibility: 'OWN_ORGANISATION' },
    })
    const id = postProblem.problem!.id
    await owner.run(UpdateProblemDocument, {
      input: { id, title: 'Jetzt für alle', visibility: 'PUBLIC' },
    })
    const { problem: open } = await world.visitor.run(ProblemDocument, { id })
    expect(open?.versions.map(({ title }) => title)).toEqual(['Jetzt für alle'])
    const { problem: own } = await owner.run(ProblemDocument, { id })
    expect(own?.versions.map(({ title }) => title)).toEqual(['Jetzt für alle', 'Erst intern'])

    const stranger = callers['other organisation']!
    const { answerProblem } = await stranger.run(AnswerProblemDocument, {
      input: { problemId: id, type: 'EXPERIENCE', body: 'Bei uns auch' },
    })
    await owner.run(UpdateProblemDocument, { input: { id, visibility: 'OWN_ORGANISATION' } })
    const answerId = answerProblem.answer!.id
    expect(await world.visitor.run(NodesDocument, { ids: [id, answerId] })).toEqual({
      nodes: [null, null],
    })
    expect(await stranger.run(NodesDocument, { ids: [id, answerId] })).toEqual({
      nodes: [null, null],
    })
  })
})
