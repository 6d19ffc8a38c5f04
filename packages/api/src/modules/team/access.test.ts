import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  AccessLogDocument,
  AddTeamMemberDocument,
  JoinWithCardDocument,
  ReissueAccessCardDocument,
  RevokeAccessDocument,
  SignInDocument,
  ViewerDocument,
} from '#test/__generated__/operations.ts'
import { contentOf, faultsOf, topLevelCode } from '#test/refusals.ts'
import { createTeam, type Team } from '#test/team.ts'
import { Caller, createWorld, type World } from '#test/world.ts'

let world: World
let own: Team
let other: Team
let editor: Caller
let practitioner: Caller
let round = 0

beforeAll(async () => {
  world = await createWorld()
})

afterAll(() => world.close())

beforeEach(async () => {
  round += 1
  own = await createTeam(world, `own-${round}`)
  other = await createTeam(world, `other-${round}`)
  editor = await own.add(`edda-${round}`, 'EDITOR')
  practitioner = await own.add(`pia-${round}`, 'PRACTITIONER')
})

const codePattern = /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{5}){2}-[0-9A-HJKMNP-TV-Z]$/
const kindOf = async (caller: Caller) => (await caller.run(ViewerDocument)).viewer.kind
const add = async (caller: Caller, input: object = {}) =>
  (
    await caller.run(AddTeamMemberDocument, {
      input: { organisationId: own.id, displayName: 'Anna', role: 'PRACTITIONER', ...input },
    })
  ).addTeamMember
const logOf = async (caller: Caller) =>
  (await caller.run(AccessLogDocument)).viewer.accessLog.edges.map(({ node }) => node.action)

/** Refused to all who do not manage the organisation, in the order of their distance, without a trace. */
async function expectNeedsManager<Result, Variables>(
  operation: DocumentTypeDecoration<Result, Variables> & { toString(): string },
  variables: Variables,
  faults: (result: Result) => string[],
  refusals: { stranger: string; practitioner: string },
): Promise<void> {
  const before = await contentOf(world)
  for (const caller of [world.visitor, await world.token(own.code)]) {
    const refused = await caller.send(operation, variables)
    expect([refused.status, topLevelCode(refused)]).toEqual([401, 'UNAUTHENTICATED'])
  }
  const callers = { stranger: other.executive, practitioner }
  for (const [kind, caller] of Object.entries(callers))
    expect([kind, ...faults(await caller.run(operation, variables))]).toEqual([
      kind,
      refusals[kind as keyof typeof refusals],
    ])
  expect(await contentOf(world)).toBe(before)
}

describe('addTeamMember', () => {
  it('is for those who manage the organisation', async () => {
    await expectNeedsManager(
      AddTeamMemberDocument,
      { input: { organisationId: own.id, displayName: 'Anna', role: 'PRACTITIONER' } },
      ({ addTeamMember }) => faultsOf(addTeamMember),
      { stranger: 'FORBIDDEN', practitioner: 'FORBIDDEN' },
    )
    const before = await contentOf(world)
    expect(faultsOf(await add(editor, { role: 'EXECUTIVE' }))).toEqual(['FORBIDDEN'])
    expect(faultsOf(await add(editor, { organisationId: 'nonsense' }))).toEqual([
      'NOT_FOUND organisationId',
    ])
    expect(await contentOf(world)).toBe(before)
  })

  it('makes a person with a card, whose code stands in no table', async () => {
    const { member, card, userErrors } = await add(editor, { unit: 'Kita Igelbau' })
    expect(userErrors).toEqual([])
    expect(card?.code).toMatch(codePattern)
    expect(member).toMatchObject({
      name: 'Anna',
      role: 'PRACTITIONER',
      unit: 'Kita Igelbau',
      cardOpenUntil: card?.expiresOn,
      waysIn: { password: false, pin: false },
    })
    const { rows } = await world.sql.query(
      'select action from audit_entry where organisation_id = $1 order by position',
      [own.uuid],
    )
    expect(rows.map(({ action }) => action)).toEqual(['MEMBER_ADDED', 'CARD_ISSUED'])
  })

  it('says what to mend', async () => {
    expect(faultsOf(await add(editor, { displayName: '  ', unit: 'x'.repeat(121) }))).toEqual([
      'REQUIRED displayName',
      'TOO_LONG unit',
    ])
    expect(faultsOf(await add(editor, { displayName: 'x'.repeat(61) }))).toEqual([
      'TOO_LONG displayName',
    ])
    await add(editor)
    expect(faultsOf(await add(editor, { displayName: ' ANNA ' }))).toEqual([
      'NAME_TAKEN displayName',
    ])
    expect(faultsOf(await add(editor, { unit: 'Kita Igelbau' }))).toEqual([])
  })

  it('sent twice with a key, also at once, adds one person and voids the first code', async () => {
    const [first, second] = await Promise.all([
      add(editor, { idempotencyKey: 'k' }),
      add(editor, { idempotencyKey: 'k' }),
    ])
    expect(second.member?.id).toBe(first.member?.id)
    expect(second.card?.code).not.toBe(first.card?.code)
    expect((await own.members())?.filter(({ name }) => name === 'Anna')).toHaveLength(1)
    const { rows } = await world.sql.query(
      'select from access_card where organisation_id = $1 and revoked_on is null',
      [own.uuid],
    )
    expect(rows).toHaveLength(1)
    expect(faultsOf(await add(editor, { idempotencyKey: 'k', unit: 'x' }))).toEqual([
      'IDEMPOTENCY_KEY_REUSED idempotencyKey',
    ])
  })
})

describe('reissueAccessCard', () => {
  const reissue = async (caller: Caller, memberId: string) =>
    (await caller.run(ReissueAccessCardDocument, { input: { memberId } })).reissueAccessCard

  it('is for those who manage the organisation, and executives for executives', async () => {
    const { id } = await own.member(`edda-${round}`)
    await expectNeedsManager(
      ReissueAccessCardDocument,
      { input: { memberId: id } },
      ({ reissueAccessCard }) => faultsOf(reissueAccessCard),
      { stranger: 'NOT_FOUND memberId', practitioner: 'FORBIDDEN' },
    )
    const chief = await own.member(`chef-${own.code}`)
    expect(faultsOf(await reissue(editor, chief.id))).toEqual(['FORBIDDEN'])
    expect(faultsOf(await reissue(own.executive, chief.id))).toEqual(['FORBIDDEN'])
  })

  it('ends every other way in, so that nobody acts as the person unnoticed', async () => {
    await own.bindDevice(`pia-${round}`)
    const before = await own.member(`pia-${round}`)
    expect(before.waysIn).toMatchObject({ password: true, pin: true })
    const { member, card } = await reissue(editor, before.id)
    expect(card?.code).toMatch(codePattern)
    expect(member).toMatchObject({
      id: before.id,
      name: before.name,
      role: 'PRACTITIONER',
      cardOpenUntil: card?.expiresOn,
      waysIn: { password: false, pin: false, passkey: false, singleSignOn: false },
    })
    expect(await kindOf(practitioner)).toBe('VISITOR')
    const input = { userName: `pia-${round}`, password: 'ein langes Passwort' }
    const { signIn } = await world.visitor.run(SignInDocument, { input })
    expect(faultsOf(signIn)).toEqual(['WRONG_CREDENTIALS password'])
    const { rows } = await world.sql.query(
      'select from device_binding where organisation_id = $1',
      [own.uuid],
    )
    expect(rows).toEqual([])
  })

  it('opens nothing elsewhere, and looks the same for people with a role elsewhere', async () => {
    const both = await own.add(`bo-${round}`, 'PRACTITIONER', { [other.code]: 'EDITOR' })
    const [onlyHere, alsoThere] = [
      await own.member(`pia-${round}`),
      await own.member(`bo-${round}`),
    ]
    const faceOf = ({ member, card, userErrors }: Awaited<ReturnType<typeof reissue>>) => ({
      ...member,
      id: '',
      name: '',
      card: { ...card, code: '' },
      userErrors,
    })
    const first = await reissue(editor, onlyHere.id)
    const second = await reissue(editor, alsoThere.id)
    expect(faceOf(second)).toEqual(faceOf(first))
    expect(second.member).toMatchObject({ id: alsoThere.id, name: alsoThere.name })
    // The person goes on elsewhere as if nothing had happened, and reads what did.
    const input = { userName: `bo-${round}`, password: 'ein langes Passwort' }
    const { signIn } = await world.visitor.run(SignInDocument, { input })
    expect(signIn.userErrors).toEqual([])
    expect(await logOf(both)).toEqual(['ACCESS_RESET'])
    const { rows } = await world.sql.query(
      `select account.id from access_card join account on account.id = access_card.account_id
       join role_assignment on role_assignment.account_id = account.id
       where access_card.organisation_id = $1 and role_assignment.organisation_id <> $1`,
      [own.uuid],
    )
    expect(rows).toEqual([])
  })
})

describe('revokeAccess', () => {
  const revoke = async (caller: Caller, memberId: string) =>
    (await caller.run(RevokeAccessDocument, { input: { memberId } })).revokeAccess

  it('is for those who manage the organisation', async () => {
    const { id } = await own.member(`edda-${round}`)
    await expectNeedsManager(
      RevokeAccessDocument,
      { input: { memberId: id } },
      ({ revokeAccess }) => faultsOf(revokeAccess),
      { stranger: 'NOT_FOUND memberId', practitioner: 'FORBIDDEN' },
    )
    const chief = await own.member(`chef-${own.code}`)
    expect(faultsOf(await revoke(editor, chief.id))).toEqual(['FORBIDDEN'])
  })

  it('ends sessions, cards and devices within a second, and the person reads of it', async () => {
    await own.bindDevice(`pia-${round}`)
    const { id } = await own.member(`pia-${round}`)
    const start = performance.now()
    expect(faultsOf(await revoke(editor, id))).toEqual([])
    expect(await kindOf(practitioner)).toBe('VISITOR')
    expect(performance.now() - start).toBeLessThan(1_000)
    expect(await own.member(`pia-${round}`)).toMatchObject({
      waysIn: { password: true, pin: false },
      cardOpenUntil: null,
    })
    const input = { userName: `pia-${round}`, password: 'ein langes Passwort' }
    const { signIn } = await world.visitor.run(SignInDocument, { input })
    const again = new Caller(world.api, {
      cookie: `session=${signIn.sessionToken}`,
    })
    expect(await logOf(again)).toEqual(['ACCESS_REVOKED'])
  })
})

describe('joinWithCard', () => {
  const join = async (caller: Caller, code: string) =>
    (await caller.run(JoinWithCardDocument, { input: { code } })).joinWithCard

  it('is for people who are signed in', async () => {
    const { card } = await add(editor)
    const input = { code: card?.code ?? '' }
    const before = await contentOf(world)
    for (const caller of [world.visitor, await world.token(other.code)]) {
      const refused = await caller.send(JoinWithCardDocument, { input })
      expect([refused.status, topLevelCode(refused)]).toEqual([401, 'UNAUTHENTICATED'])
    }
    expect(await contentOf(world)).toBe(before)
  })

  it('adds the role of the card to the account, and the account of the card goes', async () => {
    const { card, member } = await add(editor, { role: 'MULTIPLIER' })
    const joined = await join(other.executive, ` ${card?.code.toLowerCase()} `)
    expect(joined).toMatchObject({ userErrors: [], viewer: { organisation: { code: own.code } } })
    expect((await other.executive.run(ViewerDocument)).viewer).toMatchObject({
      organisation: { code: own.code },
      roles: expect.toSatisfy((roles: unknown[]) => roles.length === 2),
    })
    expect(await own.member(`chef-${other.code}`)).toMatchObject({
      id: member?.id,
      role: 'MULTIPLIER',
      cardOpenUntil: null,
    })
    const { rows } = await world.sql.query(
      "select from account where display_name = 'Anna' and id in (select account_id from role_assignment where organisation_id = $1)",
      [own.uuid],
    )
    expect(rows).toEqual([])
    expect(await logOf(other.executive)).toEqual(['JOINED_WITH_CARD'])
    expect(faultsOf(await join(other.executive, card?.code ?? ''))).toEqual(['NOT_FOUND code'])
  })

  it('refuses void, used, expired and foreign codes alike, and who is there already', async () => {
    const { card, member } = await add(editor)
    const codes = [card?.code ?? '', 'nonsense', '', `${card?.code.slice(0, -1)}0`]
    const faults = async (caller: Caller) => [
      ...new Set(
        await Promise.all(codes.map(async (code) => faultsOf(await join(caller, code)).join())),
      ),
    ]
    expect(await faults(practitioner)).toEqual(['NOT_FOUND code'])
    await own.bindDevice(member?.name ?? '')
    await world.sql.query('update access_card set expires_on = current_date - 1')
    expect(await faults(other.executive)).toEqual(['NOT_FOUND code'])
  })
})
