import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { today } from '#lib/today.ts'
import type { Role } from '#modules/identity/role-assignment.entity.ts'
import {
  ActForMandateDocument,
  ActingForDocument,
  AnswerProblemDocument,
  EndMembershipDocument,
  GrantMandateDocument,
  MandatesDocument,
  PostProblemDocument,
  ProblemDocument,
  PublishSolutionDocument,
  ReleaseSolutionDocument,
  RequestMembershipDocument,
  RevokeMandateDocument,
  SubmittedByDocument,
  UpdateOrganisationDocument,
  UpdateProblemDocument,
} from '#test/__generated__/operations.ts'
import { expectNeedsContributor, faultsOf } from '#test/refusals.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

let world: World
const ids: Record<string, string> = {}
let executive: Caller
let advisor: Caller
const lastDay = today()

beforeAll(async () => {
  world = await createWorld()
  for (const code of ['assoc', 'assoc-2']) ids[code] = await world.association(code)
  ids['home'] = await world.organisation('home', { associations: ['assoc', 'assoc-2'] })
  ids['other'] = await world.organisation('other', { associations: ['assoc-2'] })
  executive = await world.person({ home: 'EXECUTIVE' })
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.sql.query('update auth_session set mandate_id = null; delete from mandate')
  advisor = await world.person({ assoc: 'ADVISOR' })
})

async function grant(caller: Caller, day = lastDay, to = 'assoc', from = 'home') {
  const { grantMandate } = await caller.run(GrantMandateDocument, {
    input: { organisationId: ids[from]!, associationId: ids[to]!, lastDay: day },
  })
  return grantMandate
}

async function actFor(caller: Caller, code: string) {
  return (await caller.run(ActForMandateDocument, { input: { organisationId: ids[code]! } })).actFor
}

async function actingFor(caller: Caller) {
  return (await caller.run(ActingForDocument)).viewer
}

async function post(caller: Caller, title: string, visibility: 'OWN_ORGANISATION' | 'PUBLIC') {
  const { postProblem } = await caller.run(PostProblemDocument, {
    input: { title, fieldsOfWork: ['elder-care'], visibility },
  })
  return postProblem.problem!.id
}

it('only executives let an association act for their organisation, and only one it belongs to', async () => {
  const input = { organisationId: ids['home']!, associationId: ids['assoc']!, lastDay }
  await expectNeedsContributor(world, 'home', GrantMandateDocument, { input })
  for (const caller of [
    await world.person({ other: 'EXECUTIVE' }),
    await world.person({ assoc: 'EXECUTIVE' }),
    await world.person({ home: 'MANAGER' }),
    await world.person({ home: 'EDITOR' }),
    await world.token('home'),
  ])
    expect(faultsOf(await grant(caller))).toEqual(['FORBIDDEN'])
  const otherExecutive = await world.person({ other: 'EXECUTIVE' })
  expect(faultsOf(await grant(otherExecutive, lastDay, 'assoc', 'other'))).toEqual([
    'WRONG_STATE associationId',
  ])
  for (const day of ['2020-01-01', '2099-01-01'])
    expect(faultsOf(await grant(executive, day))).toEqual(['DAY_OUT_OF_RANGE lastDay'])
  const granted = await grant(executive)
  expect(granted.userErrors).toEqual([])
  expect(granted.mandate!.isHolding).toBe(true)
})

it('both sides see a mandate, others do not, and a new one takes the place of the last', async () => {
  const first = (await grant(executive)).mandate!.id
  const second = (await grant(executive)).mandate!.id
  const seen = async (caller: Caller) =>
    (await caller.run(MandatesDocument, { filter: { isHolding: true } })).mandates.edges.map(
      ({ node }) => node.id,
    )
  expect(second).not.toBe(first)
  for (const caller of [executive, advisor, await world.person({ home: 'PRACTITIONER' })])
    expect(await seen(caller)).toEqual([second])
  for (const caller of [world.visitor, await world.person({ 'assoc-2': 'EXECUTIVE' })])
    expect(await seen(caller)).toEqual([])
})

it.each<[Role, boolean]>([
  ['ADVISOR', true],
  ['EDITOR', true],
  ['EXECUTIVE', true],
  ['MANAGER', false],
  ['IT', false],
])('lets %s of the association act: %s', async (role, may) => {
  await grant(executive)
  const caller = await world.person({ assoc: role })
  expect((await actingFor(caller)).mandates.length).toBe(may ? 1 : 0)
  expect(faultsOf(await actFor(caller, 'home'))).toEqual(may ? [] : ['NOT_FOUND organisationId'])
  expect((await actingFor(caller)).organisation?.code).toBe(may ? 'home' : 'assoc')
})

it('lets nobody of another association, of the organisation or with a token act by it', async () => {
  await grant(executive)
  expect(faultsOf(await actFor(await world.person({ 'assoc-2': 'EXECUTIVE' }), 'home'))).toEqual([
    'NOT_FOUND organisationId',
  ])
  expect(faultsOf(await actFor(advisor, 'other'))).toEqual(['NOT_FOUND organisationId'])
  expect((await actFor(executive, 'home')).viewer?.mandatedAssociation).toBeNull()
})

it('whoever acts by mandate posts and edits for the organisation, and it says so', async () => {
  const own = await post(executive, 'Nur für uns', 'OWN_ORGANISATION')
  await grant(executive)
  expect((await advisor.run(ProblemDocument, { id: own })).problem).toBeNull()
  expect((await actFor(advisor, 'home')).viewer).toEqual({
    organisation: { code: 'home' },
    mandatedAssociation: { code: 'assoc' },
  })
  const id = await post(advisor, 'Im Auftrag', 'PUBLIC')
  expect((await world.visitor.run(SubmittedByDocument, { id })).problem).toMatchObject({
    organisation: { code: 'home' },
    submittedBy: { code: 'assoc' },
  })
  expect((await advisor.run(SubmittedByDocument, { id: own })).problem).toEqual({
    title: 'Nur für uns',
    viewerCanUpdate: true,
    viewerCanWithdraw: false,
    organisation: { code: 'home' },
    submittedBy: null,
  })
  const { updateProblem } = await advisor.run(UpdateProblemDocument, {
    input: { id: own, title: 'Besser gefragt' },
  })
  expect(faultsOf(updateProblem)).toEqual([])
  const { answerProblem } = await advisor.run(AnswerProblemDocument, {
    input: { problemId: id, type: 'EXPERIENCE', body: 'So geht es.' },
  })
  expect(faultsOf(answerProblem)).toEqual([])
  const { rows } = await world.sql.query(
    `select count(*)::int as count from answer join organisation on organisation.id = submitted_by_id
     where code = 'assoc'`,
  )
  expect(rows[0].count).toBe(1)
  expect((await actFor(advisor, 'assoc')).userErrors).toEqual([])
  expect((await advisor.run(ProblemDocument, { id: own })).problem).toBeNull()
})

it('makes nobody a manager: four eyes stay with the organisation', async () => {
  await grant(executive)
  const editor = await world.person({ assoc: 'EDITOR' })
  await actFor(editor, 'home')
  expect((await actingFor(editor)).viewerCanRelease).toBe(false)
  const { publishSolution } = await editor.run(PublishSolutionDocument, {
    input: {
      title: 'Lösung',
      summary: 'Kurz',
      body: 'Lang',
      kind: 'PROCESS',
      fieldsOfWork: ['elder-care'],
    },
  })
  expect(publishSolution.solution?.state).toBe('IN_REVIEW')
  const { releaseSolution } = await editor.run(ReleaseSolutionDocument, {
    input: { id: publishSolution.solution!.id },
  })
  expect(faultsOf(releaseSolution)).toEqual(['FORBIDDEN'])
  const { updateOrganisation } = await editor.run(UpdateOrganisationDocument, {
    input: { id: ids['home']!, description: 'Fremd' },
  })
  expect(faultsOf(updateOrganisation)).toEqual(['FORBIDDEN'])
  const { requestMembership } = await editor.run(RequestMembershipDocument, {
    input: { organisationId: ids['home']!, associationId: ids['assoc-2']! },
  })
  expect(faultsOf(requestMembership)).toEqual(['FORBIDDEN'])
})

it('opens nothing that other associations of the organisation share', async () => {
  const { postProblem } = await (
    await world.person({ other: 'PRACTITIONER' })
  ).run(PostProblemDocument, {
    input: { title: 'Unter uns', fieldsOfWork: ['elder-care'], visibility: 'OWN_ASSOCIATION' },
  })
  const { id } = postProblem.problem!
  await grant(executive)
  await actFor(advisor, 'home')
  expect((await executive.run(ProblemDocument, { id })).problem?.title).toBe('Unter uns')
  expect((await advisor.run(ProblemDocument, { id })).problem).toBeNull()
})

async function revoke(caller: Caller, id: string) {
  return (await caller.run(RevokeMandateDocument, { input: { id } })).revokeMandate
}

it('only the organisation revokes, and the next request acts for the association again', async () => {
  const own = await post(executive, 'Nur für uns', 'OWN_ORGANISATION')
  const { id } = (await grant(executive)).mandate!
  await actFor(advisor, 'home')
  await expectNeedsContributor(world, 'home', RevokeMandateDocument, { input: { id } })
  expect(faultsOf(await revoke(await world.person({ other: 'EXECUTIVE' }), id))).toEqual([
    'NOT_FOUND id',
  ])
  for (const caller of [
    advisor,
    await world.person({ assoc: 'EXECUTIVE' }),
    await world.person({ home: 'MANAGER' }),
    await world.token('home'),
  ])
    expect(faultsOf(await revoke(caller, id))).toEqual(['FORBIDDEN'])
  expect((await advisor.run(ProblemDocument, { id: own })).problem).not.toBeNull()
  const editor = await world.person({ home: 'EDITOR' })
  expect((await revoke(editor, id)).mandate?.isHolding).toBe(false)
  expect((await advisor.run(ProblemDocument, { id: own })).problem).toBeNull()
  expect(await actingFor(advisor)).toMatchObject({
    organisation: { code: 'assoc' },
    mandatedAssociation: null,
    mandates: [],
  })
  const { postProblem } = await advisor.run(PostProblemDocument, {
    input: { title: 'Danach', fieldsOfWork: ['elder-care'] },
  })
  const after = await advisor.run(SubmittedByDocument, { id: postProblem.problem!.id })
  expect(after.problem).toMatchObject({ organisation: { code: 'assoc' }, submittedBy: null })
  expect(faultsOf(await revoke(editor, id))).toEqual(['WRONG_STATE id'])
})

it.each([
  [
    'its last day has passed',
    `update mandate set granted_on = current_date - 9, last_day = current_date - 1`,
  ],
  [
    'the role in the association ends',
    `update role_assignment set role = 'IT' where role = 'ADVISOR'`,
  ],
])('acting ends when %s', async (_, change) => {
  await grant(executive)
  await actFor(advisor, 'home')
  expect((await actingFor(advisor)).organisation?.code).toBe('home')
  await world.sql.query(change)
  expect((await actingFor(advisor)).organisation?.code).toBe('assoc')
  await world.sql.query(`update role_assignment set role = 'ADVISOR' where role = 'IT'`)
})

it('acting ends with the membership, and joining again does not bring it back', async () => {
  await grant(executive)
  await actFor(advisor, 'home')
  await executive.run(EndMembershipDocument, {
    input: { organisationId: ids['home']!, associationId: ids['assoc']!, from: today() },
  })
  expect((await actingFor(advisor)).organisation?.code).toBe('assoc')
  await world.sql.query(`update membership set valid_until = null`)
  expect((await actingFor(advisor)).mandates).toEqual([])
})

it('both logs tell of it', async () => {
  const log = async (code: string) => {
    const { rows } = await world.sql.query<{ action: string }>(
      `select action from audit_entry join organisation on organisation.id = organisation_id
       where code = $1 and action like '%MANDATE%' order by position desc limit 3`,
      [code],
    )
    return rows.map(({ action }) => action)
  }
  const { id } = (await grant(executive)).mandate!
  await actFor(advisor, 'home')
  await revoke(executive, id)
  const acts = ['MANDATE_REVOKED', 'ACTED_BY_MANDATE', 'MANDATE_GRANTED']
  expect([await log('home'), await log('assoc')]).toEqual([acts, acts])
})
