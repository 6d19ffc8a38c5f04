import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  CheckAccessCardDocument,
  PostProblemDocument,
  RedeemAccessCardDocument,
  type RedeemAccessCardMutationVariables,
  ViewerDocument,
} from '#test/__generated__/operations.ts'
import { CardDesk } from '#test/cards.ts'
import { faultsOf } from '#test/refusals.ts'
import { Caller, createWorld, type World } from '#test/world.ts'

let world: World
let desk: CardDesk

beforeAll(async () => {
  world = await createWorld()
  // The operator's days begin where the product's do.
  await world.sql.query("set timezone to 'Europe/Berlin'")
  desk = await CardDesk.open(world)
  await desk.organisation('own')
  await desk.organisation('other')
})

// Each test may mistype as often as it likes.
beforeEach(() => world.sql.query('delete from attempt_budget'))

afterAll(async () => {
  await desk.close()
  await world.close()
})

const pin = '480271'

async function redeem(
  input: Omit<RedeemAccessCardMutationVariables['input'], 'pin'> & { pin?: string },
) {
  const { redeemAccessCard } = await world.visitor.run(RedeemAccessCardDocument, {
    input: { pin, ...input },
  })
  return redeemAccessCard
}

const check = async (code: string) =>
  (await world.visitor.run(CheckAccessCardDocument, { input: { code } })).checkAccessCard

describe('issuing a card', () => {
  it('is for those who manage the organisation, and voids the card before', async () => {
    const accountId = await desk.colleague('Anna', 'own')
    const first = await desk.issue(accountId)
    expect(first.code).toMatch(
      /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{5}){2}-[0-9A-HJKMNP-TV-Z]$/,
    )
    await desk.issue(accountId)
    const { rows } = await world.sql.query(
      `select expires_on - issued_on as days, revoked_on is not null as void
       from access_card order by revoked_on`,
    )
    expect(rows).toEqual([
      { days: 14, void: true },
      { days: 14, void: false },
    ])
    const { rows: trace } = await world.sql.query(
      `select action, subject from audit_entry where organisation_id = $1`,
      [desk.idOf('own')],
    )
    expect(trace).toEqual([1, 2].map(() => ({ action: 'CARD_ISSUED', subject: accountId })))
  })

  it('is refused to everybody else, and for people who also belong where others manage', async () => {
    const ben = await desk.colleague('Ben', 'own')
    const cem = await desk.colleague('Cem', 'own', 'other')
    for (const attempt of [
      () => desk.issue(ben, { managed: ['other'] }),
      () => desk.issue(ben, { managed: [] }),
      () => desk.issue(ben, { organisation: 'other' }),
      () => desk.issue(cem),
      () => desk.issue(crypto.randomUUID()),
    ])
      await expect(attempt()).rejects.toThrow('FORBIDDEN')
    await expect(desk.issue(cem, { managed: ['own', 'other'] })).resolves.toHaveProperty('code')
  })

  it('is void once the person gets a role where others manage', async () => {
    const accountId = await desk.colleague('Dana', 'own')
    const { code } = await desk.issue(accountId)
    await world.sql.query('insert into role_assignment values ($1, $2, $3)', [
      accountId,
      desk.idOf('other'),
      'EDITOR',
    ])
    expect(faultsOf(await redeem({ code }))).toEqual(['CARD_NOT_VALID code'])
  })
})

describe('a card', () => {
  it('says whose it is, and then opens the platform, to contribute at once', async () => {
    const { code } = await desk.issue(await desk.colleague('Anna', 'own'))
    expect(await check(code)).toEqual({
      card: { displayName: 'Anna', organisationName: 'Organisation own' },
      userErrors: [],
    })
    const redeemed = await redeem({ code })
    expect(redeemed).toMatchObject({
      userErrors: [],
      viewer: { name: 'Anna', kind: 'PERSON', viewerCanContribute: true, isOnSharedDevice: false },
    })
    const anna = new Caller(world.api, { cookie: `session=${redeemed.sessionToken}` })
    const { postProblem } = await anna.run(PostProblemDocument, {
      input: { title: 'Nachts um drei', fieldsOfWork: ['elder-care'] },
    })
    expect(postProblem.userErrors).toEqual([])
    const { rows } = await world.sql.query(
      `select action, actor_id from audit_entry order by position desc limit 1`,
    )
    expect(rows).toEqual([{ action: 'CARD_REDEEMED', actor_id: null }])
  })

  it('lets the person choose another name', async () => {
    const { code } = await desk.issue(await desk.colleague('Frau M.', 'own'))
    expect(faultsOf(await redeem({ code, displayName: '  ' }))).toEqual(['REQUIRED displayName'])
    expect(faultsOf(await redeem({ code, displayName: 'x'.repeat(61) }))).toEqual([
      'TOO_LONG displayName',
    ])
    expect((await redeem({ code, displayName: '  Merve ' })).viewer?.name).toBe('Merve')
  })

  it('is read however it is typed', async () => {
    const { code } = await desk.issue(await desk.colleague('Anna', 'own'))
    for (const typed of [
      code.toLowerCase(),
      code.replaceAll('-', ''),
      code.replaceAll('-', ' – '),
      ` ${code.replaceAll('0', 'o').replaceAll('1', 'l')} `,
      code.replaceAll('0', 'O').replaceAll('1', 'I'),
    ])
      expect((await check(typed)).card?.displayName).toBe('Anna')
  })

  it('with a typing error is told so at once, as often as it takes', async () => {
    const { code } = await desk.issue(await desk.colleague('Anna', 'own'))
    const wrong = code.replace(/^./, (first) => (first === '7' ? '8' : '7'))
    for (const typed of [...Array(8).fill(wrong), '', code.slice(2), `${code}0`, 'U'.repeat(15)])
      expect(faultsOf(await check(typed))).toEqual(['CARD_CODE_MISTYPED code'])
    expect(faultsOf(await redeem({ code: wrong, pin: '1' }))).toEqual([
      'CARD_CODE_MISTYPED code',
      'PIN_MALFORMED pin',
    ])
    expect((await redeem({ code })).userErrors).toEqual([])
  })

  it('that is unknown, used, revoked or expired answers alike, byte for byte', async () => {
    const spent = await desk.issue(await desk.colleague('Anna', 'own'))
    await redeem({ code: spent.code })
    const revoked = await desk.issue(await desk.colleague('Ben', 'own'))
    const fired = await desk.colleague('Dana', 'own')
    const noRole = await desk.issue(fired)
    const expired = await desk.issue(await desk.colleague('Eva', 'own'))
    await world.sql.query('delete from role_assignment where account_id = $1', [fired])
    await world.sql.query(
      `update access_card set revoked_on = current_date from account
       where account.id = account_id and display_name = 'Ben'`,
    )
    const expire = (days: number) =>
      world.sql.query(
        `update access_card set expires_on = current_date - ${days} from account
         where account.id = account_id and display_name = 'Eva'`,
      )
    await expire(0)
    expect((await check(expired.code)).card?.displayName).toBe('Eva')
    await expire(1)

    const unknown = '0000-00000-00000-0'
    const [redeemed, checked] = [[], []] as unknown[][]
    for (const code of [unknown, spent.code, revoked.code, noRole.code, expired.code]) {
      await world.sql.query('delete from attempt_budget')
      redeemed?.push(await world.visitor.send(RedeemAccessCardDocument, { input: { code, pin } }))
      checked?.push(await world.visitor.send(CheckAccessCardDocument, { input: { code } }))
    }
    expect(faultsOf(await redeem({ code: spent.code }))).toEqual(['CARD_NOT_VALID code'])
    for (const answers of [redeemed, checked]) expect(answers).toEqual(Array(5).fill(answers?.[0]))
  })

  it('opens the platform to one of many who come with it at the same moment', async () => {
    const { code } = await desk.issue(await desk.colleague('Anna', 'own'))
    const all = await Promise.all(Array.from({ length: 4 }, () => redeem({ code })))
    expect(all.filter(({ sessionToken }) => sessionToken !== null)).toHaveLength(1)
  })

  it('cannot be guessed: five wrong codes an hour, and one in a request', async () => {
    const { code } = await desk.issue(await desk.colleague('Anna', 'own'))
    const faults = []
    for (let n = 0; n < 6; n++) faults.push(...faultsOf(await check('0000-00000-00000-0')))
    expect(faults).toEqual([...Array(5).fill('CARD_NOT_VALID code'), 'TOO_MANY_ATTEMPTS code'])
    expect(faultsOf(await redeem({ code }))).toEqual(['TOO_MANY_ATTEMPTS code'])
    await world.sql.query(
      `update attempt_budget set taken_at = array(select taken - interval '1 hour' from unnest(taken_at) taken)`,
    )
    expect(faultsOf(await redeem({ code }))).toEqual([])
    const { status, body } = await world.api.execute(
      {
        query: `mutation { ${[1, 2].map((n) => `a${n}: checkAccessCard(input: { code: "0" }) { userErrors { code } }`).join(' ')} }`,
      },
      {},
    )
    expect([status, body.data]).toEqual([400, undefined])
  })

  it('is stored so that nobody can read its code', async () => {
    const { code } = await desk.issue(await desk.colleague('Anna', 'own'))
    const { rows } = await world.sql.query(
      `select count(*)::int as count from access_card
       where access_card::text ilike '%' || $1 || '%'
         or position($1::bytea in code_hash) > 0`,
      [code.replaceAll('-', '').slice(0, 14)],
    )
    expect(rows).toEqual([{ count: 0 }])
  })

  it('takes the place of whoever was signed in there, who had no part in it', async () => {
    const ada = await world.person({ own: 'EDITOR' })
    const { code } = await desk.issue(await desk.colleague('Anna', 'own'))
    const { redeemAccessCard } = await ada.run(RedeemAccessCardDocument, { input: { code, pin } })
    expect(redeemAccessCard.viewer?.name).toBe('Anna')
    const { rows } = await world.sql.query(
      `select actor_id from audit_entry order by position desc limit 1`,
    )
    expect(rows).toEqual([{ actor_id: null }])
    expect((await ada.run(ViewerDocument)).viewer.kind).toBe('VISITOR')
  })
})

describe('a PIN', () => {
  const refused = {
    'PIN_MALFORMED pin': ['', '12345', '1234567', '48O271', '４８０２７１'],
    'PIN_TOO_EASY pin': (
      '123456 654321 890123 000000 777777 112233 121212 123123 111222 123321 135791 111112 ' +
      '240378 032478 780324 010203 311299 051987 198705 159753 147258 102030 314159'
    ).split(' '),
  }
  const cases = Object.entries(refused).flatMap(([fault, pins]) =>
    pins.map((pin): [string, string] => [pin, fault]),
  )

  it.each(cases)('of %j is refused as %s', async (pin, fault) => {
    expect(faultsOf(await redeem({ code: '0000-00000-00000-0', pin }))).toEqual([fault])
  })

  it('is refused with the reason', async () => {
    const { userErrors } = await redeem({ code: '0000-00000-00000-0', pin: '240378' })
    expect(userErrors[0]?.message).toContain('wie ein Datum')
  })
})
