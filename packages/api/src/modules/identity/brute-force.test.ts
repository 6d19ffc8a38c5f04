import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, createApi } from '#api/index.ts'
import { SignInDocument, type SignInMutation } from '#test/__generated__/operations.ts'
import { createWorld, type World } from '#test/world.ts'

let world: World
/** Two instances of the product on one database. */
let instances: [Api, Api]
let password: string

beforeAll(async () => {
  world = await createWorld()
  instances = [world.api, await createApi({ appUrl: world.appUrl, logLevel: 'silent' })]
  await world.organisation('home')
  ;({ password } = await world.account('ada', { home: 'EDITOR' }))
})

afterAll(async () => {
  await instances[1].close()
  await world.close()
})

interface Guess {
  userName: string
  password?: string
  /** Where it comes from. */
  address?: string
  deviceToken?: string | null
  instance?: 0 | 1
}

/** Tries a password; `in`, or the code of the refusal. */
async function guess({ instance = 0, address = '192.0.2.1', ...tried }: Guess): Promise<string> {
  const { signIn } = await answerTo({ instance, address, ...tried })
  return signIn.sessionToken ? 'in' : (signIn.userErrors[0]?.code ?? '')
}

async function answerTo({
  userName,
  password = 'falsch',
  address = '192.0.2.1',
  deviceToken,
  instance = 0,
}: Guess): Promise<SignInMutation> {
  const { body } = await instances[instance].execute(
    { query: SignInDocument.toString(), variables: { input: { userName, password } } },
    deviceToken ? { cookie: `known=${deviceToken}` } : {},
    address,
  )
  return body.data as SignInMutation
}

/** Guesses many times at once; counts the answers. Only WRONG_CREDENTIALS means a comparison. */
async function attack(guesses: Guess[]): Promise<Record<string, number>> {
  const counted: Record<string, number> = {}
  const queue = guesses.values()
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      for (const one of queue) {
        const answer = await guess(one)
        counted[answer] = (counted[answer] ?? 0) + 1
      }
    }),
  )
  return counted
}

const times = <Item>(count: number, make: (index: number) => Item) =>
  Array.from({ length: count }, (_, index) => make(index))

/** An address of its own for each number, IPv4 and IPv6 in turn. */
const addressOf = (index: number) =>
  index % 2 === 0
    ? `198.18.${(index >> 8) & 255}.${index & 255}`
    : `2001:db8:${index.toString(16)}::1`

const forgetAttempts = () => world.sql.query('delete from attempt_budget')

describe('10,000 guesses', { timeout: 180_000 }, () => {
  it('4,000 for one user name from 1,000 addresses on two instances: 10 are compared, and the person gets in', async () => {
    await forgetAttempts()
    const { deviceToken } = (await answerTo({ userName: 'ada', password })).signIn
    const guesses = times(4_000, (index) => ({
      userName: 'ada',
      address: addressOf(index % 1_000),
      instance: (index & 1) as 0 | 1,
    }))
    const attacked = attack(guesses)
    const own: string[] = []
    for (let n = 0; n < 15; n++)
      own.push(await guess({ userName: 'ada', password, deviceToken, address: addressOf(n) }))
    expect(new Set(own)).toEqual(new Set(['in']))
    expect(await attacked).toEqual({ WRONG_CREDENTIALS: 10, TOO_MANY_ATTEMPTS: 3_990 })
    // From a device that nobody knows not even the right password helps: an attacker could have it.
    expect(await guess({ userName: 'ada', password })).toBe('TOO_MANY_ATTEMPTS')
    expect(await guess({ userName: 'ada', password, deviceToken })).toBe('in')
  })

  it('4,000 for 1,000 user names from one address: 100 are compared', async () => {
    await forgetAttempts()
    await world.sql.query(
      `insert into account (user_name, password_hash)
       select 'colleague-' || n, (select password_hash from account where user_name = 'ada')
       from generate_series(0, 999) n`,
    )
    const guesses = times(4_000, (index) => ({
      userName: `colleague-${index % 1_000}`,
      // All of one customer's IPv6 network count as one address.
      address: `2001:db8:1:2:${(index % 500).toString(16)}::${index % 7}`,
      instance: (index & 1) as 0 | 1,
    }))
    expect(await attack(guesses)).toEqual({ WRONG_CREDENTIALS: 100, TOO_MANY_ATTEMPTS: 3_900 })
    // Nobody is locked out by it, but for who shares the network on a new device.
    expect(await guess({ userName: 'ada', password })).toBe('in')
    expect(await guess({ userName: 'ada', password, address: '2001:db8:1:2::9' })).toBe(
      'TOO_MANY_ATTEMPTS',
    )
  })

  it('2,000 as aliases of one document, 100 or 2 at a time: none is compared', async () => {
    await forgetAttempts()
    const field = `signIn(input: { userName: "ada", password: "falsch" }) { sessionToken }`
    const twice = [
      `mutation { a: ${field} b: ${field} }`,
      `mutation { ...A ...B } fragment A on Mutation { a: ${field} } fragment B on Mutation { b: ${field} }`,
      `mutation { a: ${field} ... on Mutation { b: ${field} } }`,
      `mutation { a: ${field} b: changePassword(input: { currentPassword: "a", newPassword: "b" }) { userErrors { code } } }`,
    ]
    const hundred = `mutation { ${times(100, (n) => `a${n}: ${field}`).join(' ')} }`
    for (const query of [...times(19, () => hundred), ...times(50, (n) => twice[n % 4]!)]) {
      const { status, body } = await world.api.execute({ query }, {})
      expect([status, body.data]).toEqual([400, undefined])
      expect(body.errors?.map(({ message }) => message).join()).toContain('secret more than once')
    }
    const { rows } = await world.sql.query('select from attempt_budget')
    expect(rows).toEqual([])
  })
})

describe('the budget of a user name', () => {
  it('is not used up by right passwords', async () => {
    await forgetAttempts()
    for (let n = 0; n < 25; n++) expect(await guess({ userName: 'ada', password })).toBe('in')
    for (let n = 0; n < 9; n++) await guess({ userName: 'ada' })
    expect(await guess({ userName: 'ada', password })).toBe('in')
    expect(await guess({ userName: 'ada' })).toBe('WRONG_CREDENTIALS')
    expect(await guess({ userName: 'ADA ' })).toBe('TOO_MANY_ATTEMPTS')
  })

  it('counts any hour, not the hours of a clock', async () => {
    await forgetAttempts()
    await attack(times(10, () => ({ userName: 'ada' })))
    const age = (minutes: number) =>
      world.sql.query(
        `update attempt_budget set taken_at = array(
           select taken - make_interval(mins => $1) from unnest(taken_at) taken)`,
        [minutes],
      )
    await age(59)
    expect(await guess({ userName: 'ada' })).toBe('TOO_MANY_ATTEMPTS')
    await age(2)
    const again = await attack(times(12, () => ({ userName: 'ada' })))
    expect(again).toEqual({ WRONG_CREDENTIALS: 10, TOO_MANY_ATTEMPTS: 2 })
  })

  it('is no lock for the person on a known device, nor is that device a way to guess on', async () => {
    await forgetAttempts()
    const { deviceToken } = (await answerTo({ userName: 'ada', password })).signIn
    const onDevice = await attack(times(30, () => ({ userName: 'ada', deviceToken })))
    expect(onDevice).toEqual({ WRONG_CREDENTIALS: 10, TOO_MANY_ATTEMPTS: 20 })
    expect(await guess({ userName: 'ada', password })).toBe('in')
  })

  it('a device is known for those alone who signed in on it', async () => {
    await forgetAttempts()
    await world.account('eve', { home: 'PRACTITIONER' })
    const { deviceToken: eves } = (await answerTo({ userName: 'eve', password })).signIn
    expect(eves).not.toContain('eve')
    await attack(times(10, () => ({ userName: 'ada' })))
    const number = eves!.split('.')[0]
    for (const deviceToken of [eves, `${eves}.${'A'.repeat(22)}`, `${number}.${number}`, 'x'])
      expect(await guess({ userName: 'ada', password, deviceToken })).toBe('TOO_MANY_ATTEMPTS')
    await forgetAttempts()
    // On a shared tablet the device comes to know both.
    const shared = (await answerTo({ userName: 'ada', password, deviceToken: eves })).signIn
    await attack(times(20, (n) => ({ userName: n % 2 ? 'ada' : 'eve' })))
    for (const userName of ['ada', 'eve'])
      expect(await guess({ userName, password, deviceToken: shared.deviceToken })).toBe('in')
  })
})

describe('known and unknown names', () => {
  it('are refused alike, byte for byte, before and after the limit', async () => {
    await forgetAttempts()
    const answers = async (userName: string) => {
      const given: string[] = []
      for (let n = 0; n < 12; n++) given.push(JSON.stringify(await answerTo({ userName })))
      return given
    }
    const known = await answers('ada')
    expect(await answers('nobody')).toEqual(known)
    expect(new Set(known).size).toBe(2)
    expect(known[11]).toContain('Wartet 60 Minuten')
  })

  it('take equally long, compared or refused', { timeout: 60_000 }, async () => {
    const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!
    const timeOf = async (userName: string) => {
      const begin = performance.now()
      await guess({ userName, address: addressOf(Math.floor(Math.random() * 60_000)) })
      return performance.now() - begin
    }
    for (const isRefused of [false, true]) {
      const known: number[] = []
      const unknown: number[] = []
      // In turn, so that whatever else the machine does falls on both.
      for (let n = 0; n < 40; n++) {
        if (!isRefused) await forgetAttempts()
        known.push(await timeOf('ada'))
        unknown.push(await timeOf('nobody'))
      }
      const ratio = median(known) / median(unknown)
      expect(ratio, `refused: ${isRefused}`).toBeGreaterThan(0.6)
      expect(ratio, `refused: ${isRefused}`).toBeLessThan(1.67)
    }
  })
})

describe('what is stored', () => {
  it('names nobody, and goes when it counts no longer', async () => {
    await forgetAttempts()
    await guess({ userName: 'ada', address: '203.0.113.77' })
    const { rows } = await world.sql.query<{ row: string }>(
      `select concat(encode(hash, 'escape'), encode(hash, 'hex'), taken_at) as row from attempt_budget`,
    )
    expect(rows).toHaveLength(2)
    for (const { row } of rows) expect(row).not.toMatch(/ada|203\.0\.113/)
    await world.sql.query(`update attempt_budget set expires_at = now() - interval '1 second'`)
    await world.sql.query('select delete_ended_attempts()')
    const left = async () => (await world.sql.query('select from attempt_budget')).rows
    expect(await left()).toEqual([])
    // Who is right at once leaves nothing at all.
    await guess({ userName: 'ada', password, address: '203.0.113.77' })
    expect(await left()).toEqual([])
  })
})
