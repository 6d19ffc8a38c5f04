import { afterAll, beforeAll, expect, it } from 'vitest'
import { today } from '#lib/today.ts'
import {
  ConfirmMembershipDocument,
  EndMembershipDocument,
  MembershipRequestsDocument,
  MembershipsDocument,
  PostProblemDocument,
  ProblemDocument,
  RefuseMembershipDocument,
  RequestMembershipDocument,
} from '#test/__generated__/operations.ts'
import { expectNeedsContributor, faultsOf } from '#test/refusals.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

let world: World
const ids: Record<string, string> = {}
let member: Caller
let association: Caller
let otherAssociation: Caller
let colleague: Caller

beforeAll(async () => {
  world = await createWorld()
  for (const code of ['assoc', 'assoc-2']) ids[code] = await world.association(code)
  ids['home'] = await world.organisation('home')
  ids['other'] = await world.organisation('other', { associations: ['assoc'] })
  member = await world.person({ home: 'EDITOR' })
  colleague = await world.person({ other: 'PRACTITIONER' })
  association = await world.person({ assoc: 'EDITOR' })
  otherAssociation = await world.person({ 'assoc-2': 'EXECUTIVE' })
})
afterAll(() => world.close())

async function request(caller: Caller, to = 'assoc', from = 'home') {
  const { requestMembership } = await caller.run(RequestMembershipDocument, {
    input: { organisationId: ids[from]!, associationId: ids[to]! },
  })
  return requestMembership
}

async function confirm(caller: Caller, id: string) {
  return (await caller.run(ConfirmMembershipDocument, { input: { id } })).confirmMembership
}

async function refuse(caller: Caller, id: string, reason = 'Kein Sitz bei uns.') {
  return (await caller.run(RefuseMembershipDocument, { input: { id, reason } })).refuseMembership
}

async function end(caller: Caller, from = today(), organisation = 'home') {
  const { endMembership } = await caller.run(EndMembershipDocument, {
    input: { organisationId: ids[organisation]!, associationId: ids['assoc']!, from },
  })
  return endMembership
}

async function logged(code: string): Promise<string[]> {
  const { rows } = await world.sql.query<{ action: string }>(
    `select action from audit_entry join organisation on organisation.id = organisation_id
     where code = $1 and action like 'MEMBERSHIP%' order by position`,
    [code],
  )
  return rows.map(({ action }) => action)
}

it('only editors and executives ask for their organisation', async () => {
  const input = { organisationId: ids['home']!, associationId: ids['assoc']! }
  await expectNeedsContributor(world, 'home', RequestMembershipDocument, { input })
  for (const caller of [
    await world.person({ other: 'EXECUTIVE' }),
    await world.person({ home: 'MANAGER' }),
    association,
    await world.token('home'),
  ])
    expect(faultsOf(await request(caller))).toEqual(['FORBIDDEN'])
  expect(faultsOf(await request(member, 'other'))).toEqual(['WRONG_STATE associationId'])
  expect(faultsOf(await request(otherAssociation, 'assoc-2', 'assoc-2'))).toEqual([
    'WRONG_STATE associationId',
  ])
})

it('only the association that was asked decides, and others learn nothing of it', async () => {
  const { id } = (await request(member)).request!
  expect((await request(member)).request!.id).toBe(id)
  await expectNeedsContributor(world, 'home', ConfirmMembershipDocument, { input: { id } })
  await expectNeedsContributor(world, 'home', RefuseMembershipDocument, {
    input: { id, reason: 'x' },
  })
  const seen = async (caller: Caller) =>
    (await caller.run(MembershipRequestsDocument, {})).membershipRequests.edges.length
  for (const caller of [
    colleague,
    otherAssociation,
    await world.person({ home: 'MANAGER' }),
    await world.person({ assoc: 'ADVISOR' }),
    await world.token('assoc'),
  ]) {
    expect(await seen(caller)).toBe(0)
    expect(faultsOf(await confirm(caller, id))).toEqual(['NOT_FOUND id'])
    expect(faultsOf(await refuse(caller, id))).toEqual(['NOT_FOUND id'])
  }
  expect(faultsOf(await confirm(member, id))).toEqual(['FORBIDDEN'])
  expect([await seen(member), await seen(association), await seen(world.visitor)]).toEqual([
    1, 1, 0,
  ])
  expect(faultsOf(await refuse(association, id, ''))).toEqual(['REQUIRED reason'])
  expect((await refuse(association, id)).request).toMatchObject({
    state: 'REFUSED',
    reason: 'Kein Sitz bei uns.',
  })
  expect(faultsOf(await confirm(association, id))).toEqual(['WRONG_STATE id'])
  expect(faultsOf(await refuse(association, id))).toEqual(['WRONG_STATE id'])
  const { rows } = await world.sql.query(
    `select from membership join organisation on organisation.id = organisation_id where code = 'home'`,
  )
  expect(rows).toHaveLength(0)
  const acts = ['MEMBERSHIP_REQUESTED', 'MEMBERSHIP_REFUSED']
  expect([await logged('home'), await logged('assoc')]).toEqual([acts, acts])
})

it('a confirmed membership opens what the association shares, and its end closes that at once', async () => {
  const { postProblem } = await colleague.run(PostProblemDocument, {
    input: { title: 'Unter uns', fieldsOfWork: ['elder-care'], visibility: 'OWN_ASSOCIATION' },
  })
  const sees = async (caller: Caller) =>
    (await caller.run(ProblemDocument, { id: postProblem.problem!.id })).problem !== null
  const { id } = (await request(member)).request!
  expect(await sees(member)).toBe(false)
  expect((await confirm(association, id)).request!.state).toBe('CONFIRMED')
  expect(await sees(member)).toBe(true)
  expect(faultsOf(await request(member))).toEqual(['ALREADY_MEMBER associationId'])
  expect(faultsOf(await end(colleague))).toEqual(['FORBIDDEN'])
  expect(faultsOf(await end(otherAssociation))).toEqual(['FORBIDDEN'])
  expect(faultsOf(await end(await world.token('home')))).toEqual(['FORBIDDEN'])
  expect(faultsOf(await end(member, '2020-01-01'))).toEqual(['DAY_OUT_OF_RANGE from'])
  await expectNeedsContributor(world, 'home', EndMembershipDocument, {
    input: { organisationId: ids['home']!, associationId: ids['assoc']!, from: today() },
  })
  expect((await end(member, '2090-01-01')).userErrors).toEqual([])
  expect(await sees(member)).toBe(true)
  expect(faultsOf(await end(association, '2091-01-01'))).toEqual(['WRONG_STATE from'])
  expect((await end(association)).userErrors).toEqual([])
  expect(await sees(member)).toBe(false)
  expect((await logged('home')).slice(-3)).toEqual([
    'MEMBERSHIP_CONFIRMED',
    'MEMBERSHIP_ENDED',
    'MEMBERSHIP_ENDED',
  ])
  expect(await logged('assoc')).toEqual(await logged('home'))
})

it('a membership that was to end goes on when both want it', async () => {
  const { id } = (await request(member)).request!
  await confirm(association, id)
  await end(association, '2090-01-01')
  const until = async () => {
    const { memberships } = await world.visitor.run(MembershipsDocument, {
      filter: { organisation: ids['home']!, association: ids['assoc']! },
    })
    return memberships.edges.map(({ node }) => node.validUntil)
  }
  expect(await until()).toEqual(['2090-01-01'])
  const again = (await request(member)).request!
  await confirm(association, again.id)
  expect(await until()).toEqual([null])
})

it('lists members by name and filters them', async () => {
  const list = async (filter: object) => {
    const { memberships } = await world.visitor.run(MembershipsDocument, { filter })
    expect(memberships.totalCount.value).toBe(memberships.edges.length)
    return memberships.edges.map(({ node }) => node.organisation.code)
  }
  expect(await list({ association: ids['assoc'] })).toEqual(['home', 'other'])
  expect(await list({ association: ids['assoc'], query: 'OTHER' })).toEqual(['other'])
  expect(await list({ association: ids['assoc'], kinds: ['academy'] })).toEqual([])
  expect(await list({ association: 'nothing' })).toEqual([])
})

it('nobody writes a membership past the services', async () => {
  for (const right of ['insert', 'update', 'delete']) {
    const { rows } = await world.sql.query(
      `select has_table_privilege('netzwerkdiakonie_app', 'membership', $1) as may`,
      [right],
    )
    expect([right, rows[0].may]).toEqual([right, false])
  }
})
