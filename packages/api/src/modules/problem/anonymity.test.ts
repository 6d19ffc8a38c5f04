import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromGlobalId } from '#lib/global-id.ts'
import { mondayOf, today } from '#lib/today.ts'
import {
  AcceptAnswerDocument,
  AnonymityPreviewDocument,
  AnswerProblemDocument,
  LiftAnonymityDocument,
  NodesDocument,
  OrganisationsDocument,
  PostProblemDocument,
  type PostProblemMutationVariables,
  ProblemDocument,
  ProblemsDocument,
  PublishSolutionDocument,
  SameHereDocument,
  SearchDocument,
  SolutionDocument,
  UpdateProblemDocument,
} from '#test/__generated__/operations.ts'
import { expectNeedsContributor, faultsOf } from '#test/refusals.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

type Input = Partial<PostProblemMutationVariables['input']>

const monday = mondayOf(today())

let world: World
let author: Caller
let colleague: Caller
let editor: Caller
let sibling: Caller
let stranger: Caller
let formerColleague: Caller

beforeAll(async () => {
  world = await createWorld()
  await world.association('assoc')
  await world.association('small-assoc')
  for (const code of ['asker', 'twin', 'sibling', 'three', 'four'])
    await world.organisation(code, { associations: ['assoc'] })
  for (const code of ['stranger', 'six', 'seven', 'eight']) await world.organisation(code)
  await world.organisation('rare', {
    sizeClass: 'xxl',
    umbrella: 'zwst',
    associations: ['small-assoc'],
  })
  author = await world.person({ asker: 'PRACTITIONER' })
  colleague = await world.person({ asker: 'PRACTITIONER' })
  editor = await world.person({ asker: 'EDITOR' })
  sibling = await world.person({ sibling: 'PRACTITIONER' })
  stranger = await world.person({ stranger: 'EXECUTIVE' })
  formerColleague = await world.person({ asker: 'EDITOR', stranger: 'PRACTITIONER' })
})

afterAll(() => world.close())

async function ask(caller: Caller, input: Input = {}) {
  const { postProblem } = await caller.run(PostProblemDocument, {
    input: {
      title: 'Niemand soll wissen, dass wir das fragen',
      fieldsOfWork: ['elder-care.home-care'],
      visibility: 'PUBLIC',
      anonymousToNetwork: true,
      confirmedGeneralisation: true,
      ...input,
    },
  })
  return postProblem
}

async function asked(caller: Caller, input?: Input): Promise<string> {
  const { problem, userErrors } = await ask(caller, input)
  expect(userErrors).toEqual([])
  return problem!.id
}

describe('asking without a name', () => {
  it('needs somebody who may post', async () => {
    const input = { title: 'Ja', fieldsOfWork: ['elder-care'], anonymousToNetwork: true }
    await expectNeedsContributor(world, 'asker', PostProblemDocument, { input })
  })

  it('shows others a pseudonym, and own people that it is theirs', async () => {
    const id = await asked(author)
    for (const other of [sibling, stranger, world.visitor, await world.token('stranger')]) {
      const { problem } = await other.run(ProblemDocument, { id })
      expect(problem).toMatchObject({
        anonymousToNetwork: true,
        askedBy: null,
        asOf: monday,
        publishedOn: monday,
        viewerCanUpdate: false,
        viewerCanWithdraw: false,
        viewerCanLiftAnonymity: false,
        organisation: {
          code: null,
          name: 'Eine Organisation, die ungenannt bleibt',
          kind: 'undisclosed',
          isPseudonym: true,
          associations: [],
        },
      })
    }
    const { problem } = await author.run(ProblemDocument, { id })
    expect(problem).toMatchObject({
      askedBy: { code: 'asker' },
      organisation: { isPseudonym: true },
      viewerCanUpdate: true,
      viewerCanWithdraw: true,
      viewerCanAccept: true,
      viewerCanSaySameHere: false,
      viewerCanLiftAnonymity: true,
    })
    const { problem: colleagues } = await colleague.run(ProblemDocument, { id })
    expect(colleagues).toMatchObject({
      askedBy: { code: 'asker' },
      viewerCanUpdate: true,
      viewerCanWithdraw: false,
      viewerCanLiftAnonymity: false,
    })
  })

  it('stores nothing of the asker outside the one link', async () => {
    const id = await asked(author, { idempotencyKey: 'once' })
    const uuid = fromGlobalId(id)?.uuid
    const { rows: accounts } = await world.sql.query<{ id: string }>(
      `select author_id as id from pseudonym where id =
         (select organisation_id from problem where id = $1)`,
      [uuid],
    )
    const { rows: own } = await world.sql.query<{ id: string }>(
      `select id from organisation where code = 'asker'`,
    )
    const { rows } = await world.sql.query<{ rows: string }>(
      `select concat((select row::text from problem row where id = $1),
         (select string_agg(row::text, '') from problem_version row where entry_id = $1)) as rows`,
      [uuid],
    )
    expect(rows[0]?.rows).not.toContain(accounts[0]?.id)
    expect(rows[0]?.rows).not.toContain(own[0]?.id)
    const { rows: kept } = await world.sql.query(
      'select from idempotency_record where result_id = $1',
      [uuid],
    )
    expect(kept).toEqual([])
    const { rows: audited } = await world.sql.query('select from audit_entry')
    expect(audited).toEqual([])
  })

  it('gives the same problem again for the same key, also to the request that made it', async () => {
    const first = await ask(author, { idempotencyKey: 'twice' })
    const second = await ask(author, { idempotencyKey: 'twice' })
    expect(second).toEqual(first)
    expect(first.problem?.askedBy).toEqual(expect.objectContaining({ code: 'asker' }))
  })

  it('is refused where the circle is too small, whatever is confirmed', async () => {
    const rare = await world.person({ rare: 'EDITOR' })
    const refused = await ask(rare, { visibility: 'OWN_ASSOCIATION' })
    expect(faultsOf(refused)).toEqual(['CIRCLE_TOO_SMALL visibility'])
    expect(faultsOf(await ask(author, { visibility: 'OWN_ASSOCIATION' }))).toEqual([])
  })

  it('warns of what would betray the asker, and shows it more generally once confirmed', async () => {
    const rare = await world.person({ rare: 'EDITOR' })
    const input = { title: 'Bei rare klemmt es', confirmedGeneralisation: false }
    const warned = await ask(rare, input)
    expect(faultsOf(warned)).toEqual(['WOULD_BE_RECOGNISED anonymousToNetwork'])
    const message = warned.userErrors[0]?.message ?? ''
    expect(message).toContain('Eure Größe wird nicht gezeigt.')
    expect(message).toContain('Euer Spitzenverband wird nicht gezeigt.')
    expect(message).toContain('„rare“')
    const id = await asked(rare, { ...input, confirmedGeneralisation: true })
    const { problem } = await stranger.run(ProblemDocument, { id })
    expect(problem?.organisation).toMatchObject({ sizeClass: null, umbrella: null, states: null })
    const { anonymityPreview } = await rare.run(AnonymityPreviewDocument, {
      input: { title: input.title, fieldsOfWork: ['elder-care.home-care'] },
    })
    expect(anonymityPreview).toMatchObject({ isPossible: true, sizeClass: null, shownOn: monday })
    expect(message).toContain(anonymityPreview.warnings[0])
  })

  it('shows the broader field of work where the narrow one fits fewer than five', async () => {
    await world.sql.query(
      `update organisation set fields_of_work = case
         when code in ('asker', 'twin') then '{elder-care.home-care}'::text[]
         when code in ('sibling', 'three', 'four') then '{elder-care.residential}'::text[]
         else '{youth-welfare}'::text[] end`,
    )
    const id = await asked(author)
    const { problem } = await stranger.run(ProblemDocument, { id })
    expect(problem?.fieldsOfWork.map(({ code }) => code)).toEqual(['elder-care'])
    const { problems: narrow } = await stranger.run(ProblemsDocument, {
      filter: { fieldsOfWork: ['elder-care.home-care'] },
      first: 100,
    })
    expect(narrow.edges.map(({ node }) => node.id)).not.toContain(id)
    await author.run(UpdateProblemDocument, {
      input: { id, body: 'Mehr dazu', fieldsOfWork: ['elder-care'] },
    })
    await author.run(LiftAnonymityDocument, { input: { id } })
    const { problem: lifted } = await stranger.run(ProblemDocument, { id })
    expect(lifted?.fieldsOfWork.map(({ code }) => code)).toEqual(['elder-care.home-care'])
    await world.sql.query(`update organisation set fields_of_work = '{}'`)
  })
})

describe('an unnamed thread', () => {
  it('follows its circle like any other', async () => {
    const expected = {
      OWN_ORGANISATION: [true, false, false, false],
      OWN_ASSOCIATION: [true, true, false, false],
      SELECTED_ORGANISATIONS: [true, false, true, false],
      ALL_MEMBERS: [true, true, true, false],
      PUBLIC: [true, true, true, true],
    } as const
    for (const [visibility, sees] of Object.entries(expected)) {
      const id = await asked(author, {
        visibility: visibility as keyof typeof expected,
        selectedOrganisations: ['stranger'],
      })
      const { problem: own } = await author.run(ProblemDocument, { id })
      const ids = [id, own!.organisation.id]
      const viewers = [colleague, sibling, stranger, world.visitor]
      const seen = await Promise.all(viewers.map((viewer) => viewer.run(NodesDocument, { ids })))
      expect({ visibility, seen: seen.map(({ nodes }) => nodes.map(Boolean)) }).toEqual({
        visibility,
        seen: sees.map((each) => [each, each]),
      })
    }
  })

  it('lets the asker answer under the same pseudonym, and nobody say that the owner has it, too', async () => {
    const id = await asked(author)
    const { answerProblem } = await colleague.run(AnswerProblemDocument, {
      input: { problemId: id, type: 'QUESTION', body: 'Wie meint ihr das?' },
    })
    const { problem } = await stranger.run(ProblemDocument, { id })
    const [answer] = problem!.answers.edges
    expect(answer?.node.organisation.id).toBe(problem?.organisation.id)
    expect(answer?.node.asOf).toBe(monday)
    expect(answer?.node.viewerCanWithdraw).toBe(false)
    const { rows } = await world.sql.query('select author_id from answer where body = $1', [
      'Wie meint ihr das?',
    ])
    expect(rows).toEqual([{ author_id: null }])
    expect(answerProblem.userErrors).toEqual([])
    const { sameHere } = await colleague.run(SameHereDocument, { input: { problemId: id } })
    expect(faultsOf(sameHere)).toEqual(['FORBIDDEN'])
  })

  it('leads from no solution of the asker back to it', async () => {
    const id = await asked(author)
    const { answerProblem } = await stranger.run(AnswerProblemDocument, {
      input: { problemId: id, type: 'EXPERIENCE', body: 'So ging es' },
    })
    const answerId = answerProblem.answer!.id
    const { acceptAnswer } = await editor.run(AcceptAnswerDocument, { input: { answerId } })
    expect(acceptAnswer.userErrors).toEqual([])
    const solution = { title: 'So geht es', summary: 'So', fieldsOfWork: ['elder-care'], answerId }
    const publish = async (caller: Caller) => {
      const { publishSolution } = await caller.run(PublishSolutionDocument, {
        input: { ...solution, kind: 'PROCESS', visibility: 'PUBLIC' },
      })
      expect(publishSolution.userErrors).toEqual([])
      return publishSolution.solution!.id
    }
    const ofAsker = await publish(editor)
    for (const caller of [editor, stranger, world.visitor]) {
      const { solution } = await caller.run(SolutionDocument, { id: ofAsker })
      expect(solution).toMatchObject({ problem: null, creditedOrganisations: [] })
    }
    const { problem } = await world.visitor.run(ProblemDocument, { id })
    expect(problem?.solutions).toEqual([])
    const ofHelper = await publish(stranger)
    const { solution: credited } = await world.visitor.run(SolutionDocument, { id: ofHelper })
    expect(credited?.creditedOrganisations).toEqual([{ id: problem?.organisation.id, code: null }])
    await author.run(UpdateProblemDocument, { input: { id, visibility: 'OWN_ORGANISATION' } })
    const { solution: left } = await world.visitor.run(SolutionDocument, { id: ofHelper })
    expect(left).toMatchObject({ creditedOrganisations: [], problem: null })
    await editor.run(LiftAnonymityDocument, { input: { id } })
    await author.run(UpdateProblemDocument, { input: { id, visibility: 'PUBLIC' } })
    await author.run(LiftAnonymityDocument, { input: { id } })
    const { solution: lifted } = await world.visitor.run(SolutionDocument, { id: ofHelper })
    expect(lifted?.creditedOrganisations).toEqual([expect.objectContaining({ code: 'asker' })])
  })

  it('is in no list, count, filter or search of organisations', async () => {
    const id = await asked(author, {
      title: 'Sumpfohreule sucht Rat',
      visibility: 'OWN_ASSOCIATION',
    })
    for (const viewer of [author, sibling, stranger]) {
      const { organisations } = await viewer.run(OrganisationsDocument, { first: 100 })
      expect(organisations.edges.map(({ node }) => node.name)).not.toContain(
        'Eine Organisation, die ungenannt bleibt',
      )
      const { search } = await viewer.run(SearchDocument, {
        query: 'Organisation ungenannt bleibt',
      })
      expect(search.edges.map(({ node }) => node.title)).not.toContain('')
    }
    const counted = async () =>
      (await sibling.run(OrganisationsDocument, { filter: { association: 'assoc' }, first: 100 }))
        .organisations.totalCount.value
    expect(await counted()).toBe(5)
    const byName = { filter: { organisation: 'asker' }, first: 100 }
    const ids = async (viewer: Caller) =>
      (await viewer.run(ProblemsDocument, byName)).problems.edges.map(({ node }) => node.id)
    expect(await ids(colleague)).toContain(id)
    expect(await ids(sibling)).not.toContain(id)
    const { search } = await sibling.run(SearchDocument, { query: 'asker' })
    expect(search.edges.map(({ node }) => node.title)).not.toContain('Sumpfohreule sucht Rat')
  })

  it('is closed to who left the organisation', async () => {
    const id = await asked(author, { visibility: 'OWN_ORGANISATION' })
    const { problem: before } = await formerColleague.run(ProblemDocument, { id })
    expect(before?.askedBy?.code).toBe('asker')
    await world.sql.query(
      `update auth_session set organisation_id = (select id from organisation where code = 'stranger')
       where account_id in (select account_id from role_assignment
         join organisation on organisation.id = organisation_id where code = 'stranger')`,
    )
    await world.sql.query(
      `delete from role_assignment where organisation_id = (select id from organisation where code = 'asker')
       and account_id in (select account_id from role_assignment
         join organisation on organisation.id = organisation_id where code = 'stranger')`,
    )
    const { problem } = await formerColleague.run(ProblemDocument, { id })
    expect(problem).toBeNull()
  })
})

describe('the swap', () => {
  it('of who asked changes no byte of what others get', async () => {
    const id = await asked(author, { title: 'Blaumeise', visibility: 'ALL_MEMBERS' })
    await colleague.run(AnswerProblemDocument, {
      input: { problemId: id, type: 'EXPERIENCE', body: 'Blaumeise' },
    })
    const { problem: seen } = await stranger.run(ProblemDocument, { id })
    const viewers = [
      sibling,
      stranger,
      world.visitor,
      await world.token('three', ['read']),
      await world.person({ assoc: 'EDITOR' }),
      await world.person({ seven: 'PRACTITIONER' }),
    ]
    const answers = async () =>
      Promise.all(
        viewers.map(async (viewer) => [
          await viewer.send(ProblemDocument, { id }),
          await viewer.send(NodesDocument, { ids: [id, seen!.organisation.id] }),
          (await viewer.run(ProblemsDocument, { first: 100 })).problems.edges.map(
            ({ node }) => node,
          ),
          (await viewer.run(ProblemsDocument, { filter: { organisation: 'asker' } })).problems
            .totalCount,
          (await viewer.run(ProblemsDocument, { filter: { organisation: 'twin' } })).problems
            .totalCount,
          (await viewer.run(ProblemsDocument, { filter: { sizeClasses: ['m'] } })).problems
            .totalCount,
          (await viewer.run(SearchDocument, { query: 'Blaumeise asker twin' })).search.edges.map(
            ({ node }) => node,
          ),
          (await viewer.run(SearchDocument, { query: 'Blaumeise' })).search.facets,
          (await viewer.run(OrganisationsDocument, { first: 100 })).organisations.edges.map(
            ({ node }) => node,
          ),
        ]),
      )
    const before = JSON.stringify(await answers())
    const { rowCount } = await world.sql.query(
      `update pseudonym set author_id = null,
         organisation_id = (select id from organisation where code = 'twin')
       where id = $1`,
      [fromGlobalId(seen!.organisation.id)?.uuid],
    )
    expect(rowCount).toBe(1)
    expect(JSON.stringify(await answers())).toBe(before)
    const { problem: lost } = await author.run(ProblemDocument, { id })
    expect(lost?.askedBy).toBeNull()
  })
})
