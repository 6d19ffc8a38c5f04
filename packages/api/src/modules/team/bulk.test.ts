import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AccessCardRow, IssueAccessCardsDocument } from '#test/__generated__/operations.ts'
import { contentOf, faultsOf, topLevelCode } from '#test/refusals.ts'
import { createTeam, type Team } from '#test/team.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

let world: World
let own: Team
let editor: Caller
let round = 0

beforeAll(async () => {
  world = await createWorld()
})

afterAll(() => world.close())

beforeEach(async () => {
  round += 1
  own = await createTeam(world, `own-${round}`)
  editor = await own.add(`edda-${round}`, 'EDITOR')
})

const rowsOf = (count: number): AccessCardRow[] =>
  Array.from({ length: count }, (_, index) => ({
    unit: `Kita Nummer ${index + 1}`,
    displayName: `Leitung ${index + 1}`,
    role: 'MANAGER',
  }))

const issue = async (caller: Caller, rows: AccessCardRow[], idempotencyKey = 'k') =>
  (
    await caller.run(IssueAccessCardsDocument, {
      input: { organisationId: own.id, rows, idempotencyKey },
    })
  ).issueAccessCards

/** What became of each row: its card, or its faults. */
function outcomes({ results }: Awaited<ReturnType<typeof issue>>): string[] {
  return (results ?? []).map(({ card, userErrors }) =>
    card
      ? 'card'
      : userErrors.map(({ code, path }) => [code, ...(path ?? [])].join(' ')).join(', '),
  )
}

describe('issueAccessCards', () => {
  it('is for those who manage the organisation', async () => {
    const variables = { input: { organisationId: own.id, rows: rowsOf(2), idempotencyKey: 'k' } }
    const stranger = (await createTeam(world, `other-${round}`)).executive
    const practitioner = await own.add(`pia-${round}`, 'PRACTITIONER')
    const before = await contentOf(world)
    for (const caller of [world.visitor, await world.token(own.code)]) {
      const refused = await caller.send(IssueAccessCardsDocument, variables)
      expect([refused.status, topLevelCode(refused)]).toEqual([401, 'UNAUTHENTICATED'])
    }
    for (const caller of [stranger, practitioner])
      expect(faultsOf(await issue(caller, rowsOf(2)))).toEqual(['FORBIDDEN'])
    expect(await contentOf(world)).toBe(before)
  })

  it('gives forty institutions a card each, without holding up others', async () => {
    let longest = 0
    let last = performance.now()
    const watch = setInterval(() => {
      longest = Math.max(longest, performance.now() - last)
      last = performance.now()
    }, 10)
    const start = last
    const issued = await issue(editor, rowsOf(40))
    const took = performance.now() - start
    clearInterval(watch)
    console.log(`40 cards: ${Math.round(took)} ms, event loop ${Math.round(longest)} ms at most`)
    expect(longest).toBeLessThan(took / 4)
    expect(outcomes(issued)).toEqual(Array(40).fill('card'))
    expect(new Set(issued.results?.map(({ card }) => card?.code)).size).toBe(40)
    expect(issued.results?.[6]?.member).toMatchObject({
      name: 'Leitung 7',
      unit: 'Kita Nummer 7',
      role: 'MANAGER',
    })
    expect(await own.members(editor, { cardOpen: true })).toHaveLength(40)
  })

  it('takes good rows and says of each of the others what is wrong', async () => {
    await issue(editor, [{ unit: 'Kita Igelbau', displayName: 'Anna', role: 'PRACTITIONER' }], 'a')
    const issued = await issue(editor, [
      { unit: 'Kita Igelbau', displayName: 'Ben', role: 'PRACTITIONER' },
      { unit: 'Kita Igelbau', displayName: ' ', role: 'PRACTITIONER' },
      { unit: 'Kita Igelbau', displayName: 'Cem', role: 'Hausmeister' },
      { unit: 'Kita Igelbau', displayName: 'ben', role: 'MANAGER' },
      { unit: 'Kita Igelbau', displayName: 'Anna', role: 'PRACTITIONER' },
      { unit: 'Kita Fuchsbau', displayName: 'Anna', role: 'PRACTITIONER' },
      { unit: 'x'.repeat(121), displayName: 'x'.repeat(61), role: '' },
      { unit: null, displayName: 'Dora', role: 'EXECUTIVE' },
    ])
    expect(outcomes(issued)).toEqual([
      'card',
      'REQUIRED displayName',
      'UNKNOWN_CODE role',
      'NAME_TAKEN displayName',
      'NAME_TAKEN displayName',
      'card',
      'TOO_LONG displayName, TOO_LONG unit, REQUIRED role',
      'FORBIDDEN role',
    ])
    expect(issued.results?.[2]?.userErrors[0]?.message).toContain('„Hausmeister“')
  })

  it('sent twice, also at once, adds nobody twice and gives codes that work', async () => {
    const rows = [...rowsOf(3), { unit: null, displayName: '', role: 'IT' }]
    const [first, second] = await Promise.all([issue(editor, rows), issue(editor, rows)])
    const again = await issue(editor, rows)
    const ids = (issued: typeof first) => issued.results?.map(({ member }) => member?.id ?? null)
    expect(ids(second)).toEqual(ids(first))
    expect(ids(again)).toEqual(ids(first))
    expect(outcomes(again)).toEqual(['card', 'card', 'card', 'REQUIRED displayName'])
    expect(await own.members(editor, { roles: ['MANAGER'] })).toHaveLength(3)
    const { rows: open } = await world.sql.query(
      'select from access_card where organisation_id = $1 and revoked_on is null',
      [own.uuid],
    )
    expect(open).toHaveLength(3)
    // A card that was used meanwhile is not issued again.
    await world.sql.query(
      `update access_card set redeemed_on = current_date where revoked_on is null and account_id =
         (select id from account where display_name = 'Leitung 2' and id in
           (select account_id from role_assignment where organisation_id = $1))`,
      [own.uuid],
    )
    const later = await issue(editor, rows)
    expect(later.results?.map(({ card }) => Boolean(card))).toEqual([true, false, true, false])
    expect(ids(later)).toEqual(ids(first))
    expect(faultsOf(await issue(editor, rowsOf(4)))).toEqual([
      'IDEMPOTENCY_KEY_REUSED idempotencyKey',
    ])
  })

  it('refuses none and more than 200 rows, and a call without a key', async () => {
    const before = await contentOf(world)
    expect(faultsOf(await issue(editor, []))).toEqual(['REQUIRED rows'])
    expect(faultsOf(await issue(editor, rowsOf(201)))).toEqual(['TOO_MANY rows'])
    expect(faultsOf(await issue(editor, rowsOf(1), ''))).toEqual(['REQUIRED idempotencyKey'])
    expect(await contentOf(world)).toBe(before)
  })
})
