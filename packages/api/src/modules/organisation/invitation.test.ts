import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kindOf, readMemberList } from '#modules/organisation/member-list.ts'
import { InviteMembersDocument, SelfDescriptionDocument } from '#test/__generated__/operations.ts'
import { expectNeedsContributor, faultsOf } from '#test/refusals.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

let world: World
let association: Caller

beforeAll(async () => {
  world = await createWorld()
  await world.association('assoc')
  await world.association('assoc-2')
  await world.organisation('member', { associations: ['assoc'] })
  await world.organisation('stranger', { associations: ['assoc-2'] })
  association = await world.person({ assoc: 'EXECUTIVE' })
})
afterAll(() => world.close())

async function invite(caller: Caller, csv: string, idempotencyKey?: string) {
  const { inviteMembers } = await caller.run(InviteMembersDocument, {
    input: { csv, ...(idempotencyKey && { idempotencyKey }) },
  })
  return inviteMembers
}

const head = 'Name;Sitz;Art;Person\n'

it('only managers of an association invite', async () => {
  const csv = `${head}Haus Fremd;;;Ute Beispiel`
  await expectNeedsContributor(world, 'assoc', InviteMembersDocument, { input: { csv } })
  for (const caller of [
    await world.person({ member: 'EXECUTIVE' }),
    await world.person({ assoc: 'ADVISOR' }),
    await world.token('assoc'),
  ])
    expect(faultsOf(await invite(caller, csv))).toEqual(['FORBIDDEN'])
  const { rows } = await world.sql.query(`select from organisation where name = 'Haus Fremd'`)
  expect(rows).toHaveLength(0)
})

it('makes entry, membership, account and card for good rows, and tells what is wrong with others', async () => {
  const csv = `\uFEFF${head}Haus Linde;Westertal;Einrichtung;Ute Beispiel
Organisation member;;;Max Muster

Organisation stranger;;;Max Muster
;Westertal;Träger;Ohne Namen
"Haus ""Zur Eiche""; gGmbH";;;Otto Oben
Verband Neu;;Regionalverband;Vera Vorn
Haus Leer;;;
HAUS LINDE;Westertal;;Doppelt`
  const { rows, userErrors } = await invite(association, csv)
  expect(userErrors).toEqual([])
  expect(rows!.map(({ line, name, outcome }) => [line, name, outcome])).toEqual([
    [2, 'Haus Linde', 'INVITED'],
    [3, 'Organisation member', 'EXISTS'],
    [5, 'Organisation stranger', 'EXISTS'],
    [6, '', 'FAILED'],
    [7, 'Haus "Zur Eiche"; gGmbH', 'INVITED'],
    [8, 'Verband Neu', 'FAILED'],
    [9, 'Haus Leer', 'FAILED'],
    [10, 'HAUS LINDE', 'EXISTS'],
  ])
  expect(rows![0]).toMatchObject({
    executive: 'Ute Beispiel',
    message: null,
    organisation: {
      kind: 'institution',
      seat: 'Westertal',
      claimed: false,
      associations: [{ code: 'assoc' }],
    },
  })
  expect(rows![2]!.message).toContain('gehört aber noch nicht zu euch')
  expect(rows![3]!.row).toBe(';Westertal;Träger;Ohne Namen')
  const cards = rows!.flatMap(({ card }) => card ?? [])
  expect(cards).toHaveLength(2)
  const { rows: executives } = await world.sql.query(
    `select display_name from access_card
     join role_assignment using (account_id, organisation_id)
     join account on account.id = account_id where role = 'EXECUTIVE' order by display_name`,
  )
  expect(executives).toEqual([{ display_name: 'Otto Oben' }, { display_name: 'Ute Beispiel' }])
})

it('sending twice makes nothing twice, with or without a key, also at the same moment', async () => {
  const csv = `${head}Haus Zwei;;;Ute Beispiel`
  const both = await Promise.all([invite(association, csv), invite(association, csv)])
  expect(both.flatMap(({ rows }) => rows!.map(({ outcome }) => outcome)).sort()).toEqual([
    'EXISTS',
    'INVITED',
  ])
  const keyed = `${head}Haus Drei;;;Ute Beispiel`
  expect((await invite(association, keyed, 'key')).rows![0]!.outcome).toBe('INVITED')
  const again = (await invite(association, keyed, 'key')).rows![0]!
  expect([again.outcome, again.card]).toEqual(['EXISTS', null])
  expect(faultsOf(await invite(association, csv, 'key'))).toEqual([
    'IDEMPOTENCY_KEY_REUSED idempotencyKey',
  ])
  const { rows } = await world.sql.query(
    `select name, count(*)::int as count from organisation where name like 'Haus %'
     group by name having count(*) > 1`,
  )
  expect(rows).toEqual([])
})

it('whoever comes in with the card has taken the organisation over', async () => {
  const { rows } = await invite(association, `${head}Haus Vier;;;Ute Beispiel`)
  const { organisation } = rows![0]!
  const claimed = async () =>
    (await world.visitor.run(SelfDescriptionDocument, { id: organisation!.id })).organisation!
      .claimed
  expect(await claimed()).toBe(false)
  // Every way of signing in ends in a row of sessions.
  await world.sql.query(
    `insert into auth_session
       (token_hash, account_id, organisation_id, method, expires_at, idle_expires_at)
     select 'x', account_id, organisation_id, 'PIN', now() + interval '1 day', now() + interval '1 day'
     from role_assignment join organisation on organisation.id = organisation_id
     where name = 'Haus Vier'`,
  )
  expect(await claimed()).toBe(true)
})

it('refuses what is no list, or too long a one', async () => {
  expect(faultsOf(await invite(association, 'Haus Linde, Westertal'))).toEqual([
    'UNREADABLE_LIST csv',
  ])
  expect(faultsOf(await invite(association, `${head}"offen`))).toEqual(['UNREADABLE_LIST csv'])
  const many = head + 'x;;;y\n'.repeat(101)
  expect(faultsOf(await invite(association, many))).toEqual(['TOO_MANY csv'])
  expect(faultsOf(await invite(association, ' '))).toEqual(['REQUIRED csv'])
})

describe('reading a list', () => {
  it.each([
    ['Name;Person\nA, B;C'],
    ['Person,Name\nC,"A, B"'],
    ['NAME\tOrt\tPerson\nA, B\t\tC'],
    ['\uFEFFName;Person\r\nA, B;C\r\n'],
  ])('%j', (csv) => {
    expect(readMemberList(csv)).toMatchObject([{ name: 'A, B', person: 'C', seat: '' }])
  })

  it.each([
    ['', 'provider'],
    ['Träger', 'provider'],
    ['institution', 'institution'],
    ['Regionalverband', null],
    ['Spitzenverband', null],
    ['Unsinn', null],
  ])('takes %j for %s', (text, kind) => {
    expect(kindOf(text)).toBe(kind)
  })
})
