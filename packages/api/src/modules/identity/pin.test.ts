import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  DeviceAccountsDocument,
  DevicesWithPinDocument,
  ForgetDeviceDocument,
  RedeemAccessCardDocument,
  SignInDocument,
  SignInWithPinDocument,
  ViewerDocument,
} from '#test/__generated__/operations.ts'
import { CardDesk } from '#test/cards.ts'
import { faultsOf, topLevelCode } from '#test/refusals.ts'
import { Caller, createWorld, type World } from '#test/world.ts'

let world: World
let desk: CardDesk

beforeAll(async () => {
  world = await createWorld()
  desk = await CardDesk.open(world)
  await desk.organisation('own')
})

beforeEach(() => world.sql.query('delete from attempt_budget'))

afterAll(async () => {
  await desk.close()
  await world.close()
})

const pin = '480271'
const wrong = '592806'

/** Redeems a new card of an account on a device. */
async function bind(accountId: string, deviceSecret?: string, isSharedDevice = false) {
  const { code } = await desk.issue(accountId)
  const { redeemAccessCard } = await world.visitor.run(RedeemAccessCardDocument, {
    input: { code, pin, isSharedDevice, ...(deviceSecret && { deviceSecret }) },
  })
  expect(redeemAccessCard.userErrors).toEqual([])
  return {
    deviceSecret: redeemAccessCard.deviceSecret!,
    sessionToken: redeemAccessCard.sessionToken!,
  }
}

const callerOf = (sessionToken: string | null) =>
  new Caller(world.api, { cookie: `session=${sessionToken}` })

const accountsOn = async (deviceSecret: string) =>
  (await world.visitor.run(DeviceAccountsDocument, { deviceSecret })).deviceAccounts

async function signIn(deviceSecret: string, bindingId: string, given = pin) {
  const { signInWithPin } = await world.visitor.run(SignInWithPinDocument, {
    input: { bindingId, pin: given, deviceSecret },
  })
  return signInWithPin
}

/** Two people on a tablet. */
async function tablet() {
  const { deviceSecret } = await bind(await desk.colleague('Anna', 'own'), undefined, true)
  await bind(await desk.colleague('Ben', 'own'), deviceSecret, true)
  const [anna, ben] = await accountsOn(deviceSecret)
  return { deviceSecret, anna: anna!.bindingId, ben: ben!.bindingId }
}

describe('a device', () => {
  it('shows who has a PIN there, to itself alone', async () => {
    const { deviceSecret, anna, ben } = await tablet()
    expect(await accountsOn(deviceSecret)).toEqual([
      { bindingId: anna, displayName: 'Anna', isLocked: false },
      { bindingId: ben, displayName: 'Ben', isLocked: false },
    ])
    const before = randomBytes(32).toString('base64url')
    for (const other of ['', 'x', anna, before, deviceSecret.toLowerCase()])
      expect(await accountsOn(other)).toEqual([])
  })

  it('keeps the secret that it had, and gets one that nobody can guess instead of a weak one', async () => {
    const own = randomBytes(32).toString('base64url')
    expect((await bind(await desk.colleague('Anna', 'own'), own)).deviceSecret).toBe(own)
    const { deviceSecret } = await bind(await desk.colleague('Ben', 'own'), 'weak')
    expect(deviceSecret).toMatch(/^[\w-]{43}$/)
  })

  it('with a second person is a shared one, whatever they say', async () => {
    const { deviceSecret } = await bind(await desk.colleague('Anna', 'own'))
    const shared = async () => {
      const { rows } = await world.sql.query(
        `select is_shared_device as shared,
           idle_expires_at < now() + interval '16 minutes' as short
         from auth_session join account on account.id = account_id
         where display_name in ('Anna', 'Berta') order by signed_in_on, idle_expires_at desc`,
      )
      return rows
    }
    await world.sql.query('delete from auth_session')
    const [anna] = await accountsOn(deviceSecret)
    await signIn(deviceSecret, anna!.bindingId)
    expect(await shared()).toEqual([{ shared: false, short: false }])
    await bind(await desk.colleague('Berta', 'own'), deviceSecret, false)
    await signIn(deviceSecret, anna!.bindingId)
    expect(await shared()).toEqual([
      { shared: false, short: false },
      { shared: true, short: true },
      { shared: true, short: true },
    ])
  })

  it('that is shared signs out soon whoever signs in, in whatever way', async () => {
    const { deviceSecret } = await tablet()
    const { password } = await world.account('eva', { own: 'EDITOR' })
    const input = { userName: 'eva', password }
    const shared = async (cookie: string) => {
      await world.visitor.run(SignInDocument, { input }, { cookie })
      const { rows } = await world.sql.query(
        `delete from auth_session using account where account.id = account_id and user_name = 'eva'
         returning is_shared_device as shared`,
      )
      return rows
    }
    expect(await shared('')).toEqual([{ shared: false }])
    expect(await shared(`device=${deviceSecret}`)).toEqual([{ shared: true }])
  })

  it('signs out by itself after 15 minutes where it is shared', async () => {
    const { deviceSecret, anna } = await tablet()
    const { sessionToken } = await signIn(deviceSecret, anna)
    expect((await callerOf(sessionToken).run(ViewerDocument)).viewer.name).toBe('Anna')
    await world.sql.query(
      `update auth_session set idle_expires_at = idle_expires_at - interval '15 minutes'`,
    )
    expect((await callerOf(sessionToken).run(ViewerDocument)).viewer.kind).toBe('VISITOR')
  })
})

describe('signInWithPin', () => {
  it('opens a session for the person on this device', async () => {
    const { deviceSecret, anna, ben } = await tablet()
    expect(await signIn(deviceSecret, anna)).toMatchObject({
      userErrors: [],
      viewer: { name: 'Anna' },
    })
    const { sessionToken } = await signIn(deviceSecret, ben)
    expect((await callerOf(sessionToken).run(ViewerDocument)).viewer.name).toBe('Ben')
  })

  it('locks one person on one device after five wrong PINs, and nobody else', async () => {
    const accountId = await desk.colleague('Anna', 'own')
    const phone = await bind(accountId)
    const [onPhone] = await accountsOn(phone.deviceSecret)
    const { deviceSecret } = await bind(accountId, undefined, true)
    await bind(await desk.colleague('Ben', 'own'), deviceSecret, true)
    const [anna, ben] = await accountsOn(deviceSecret)

    const answers = []
    for (let n = 0; n < 6; n++)
      answers.push(...faultsOf(await signIn(deviceSecret, anna!.bindingId, wrong)))
    expect(answers).toEqual([...Array(4).fill('WRONG_PIN pin'), ...Array(2).fill('PIN_LOCKED pin')])
    const locked = await signIn(deviceSecret, anna!.bindingId)
    expect(faultsOf(locked)).toEqual(['PIN_LOCKED pin'])
    expect(locked.userErrors[0]?.message).toContain('neue Zugangskarte')

    expect((await accountsOn(deviceSecret)).map(({ isLocked }) => isLocked)).toEqual([true, false])
    expect((await signIn(deviceSecret, ben!.bindingId)).viewer?.name).toBe('Ben')
    expect((await signIn(phone.deviceSecret, onPhone!.bindingId)).viewer?.name).toBe('Anna')
    const { rows } = await world.sql.query(
      `select subject from audit_entry where action = 'PIN_LOCKED'`,
    )
    expect(rows).toEqual([{ subject: accountId }])

    // A new card on the same device mends it.
    await bind(accountId, deviceSecret)
    const [again] = await accountsOn(deviceSecret)
    expect(again).toMatchObject({ displayName: 'Anna', isLocked: false })
    expect((await signIn(deviceSecret, again!.bindingId)).userErrors).toEqual([])
  })

  it('counts wrong PINs in a row alone', async () => {
    const { deviceSecret, anna } = await tablet()
    for (let round = 0; round < 2; round++) {
      for (let n = 0; n < 4; n++) await signIn(deviceSecret, anna, wrong)
      expect((await signIn(deviceSecret, anna)).userErrors).toEqual([])
    }
  })

  it('compares five of a hundred guesses that come at once', async () => {
    const { deviceSecret, anna } = await tablet()
    const guesses = Array.from({ length: 30 }, (_, n) => String(700_013 + n * 7))
    const faults = await Promise.all(
      guesses.map(async (guess) => faultsOf(await signIn(deviceSecret, anna, guess))[0]),
    )
    // Four are told to try again, one locks, and whatever comes later or between is told nothing else.
    expect(new Set(faults)).toEqual(new Set(['WRONG_PIN pin', 'PIN_LOCKED pin']))
    expect(faults.filter((fault) => fault === 'WRONG_PIN pin')).toHaveLength(4)
    const { rows } = await world.sql.query(`select failed_pins from device_binding where id = $1`, [
      anna,
    ])
    expect(rows).toEqual([{ failed_pins: 5 }])
    expect(faultsOf(await signIn(deviceSecret, anna))).toEqual(['PIN_LOCKED pin'])
  })

  it('answers people without a PIN on this device like a wrong PIN, byte for byte', async () => {
    const { deviceSecret, anna } = await tablet()
    const other = await tablet()
    const answerTo = (bindingId: string, deviceSecret: string, given: string) =>
      world.visitor.send(SignInWithPinDocument, {
        input: { bindingId, pin: given, deviceSecret },
      })
    const expected = await answerTo(anna, deviceSecret, wrong)
    expect(faultsOf(expected.data!.signInWithPin)).toEqual(['WRONG_PIN pin'])
    for (let n = 0; n < 2; n++)
      for (const [binding, token] of [
        [other.anna, deviceSecret],
        [anna, other.deviceSecret],
        [anna, ''],
        [crypto.randomUUID(), deviceSecret],
        ["' or 1=1", deviceSecret],
      ] as const)
        expect(await answerTo(binding, token, pin)).toEqual(expected)
    const { rows } = await world.sql.query('select failed_pins from device_binding where id = $1', [
      other.anna,
    ])
    expect(rows).toEqual([{ failed_pins: 0 }])
  })

  it('takes as long for people without a PIN here', async () => {
    const { deviceSecret, ben } = await tablet()
    const fastest = async (bindingId: string) => {
      const times: number[] = []
      for (let n = 0; n < 4; n++) {
        const start = performance.now()
        await signIn(deviceSecret, bindingId, wrong)
        times.push(performance.now() - start)
      }
      return Math.min(...times)
    }
    expect((await fastest(crypto.randomUUID())) / (await fastest(ben))).toBeGreaterThan(0.3)
  })

  it('needs six digits, and takes no more than a hundred wrong PINs an hour from an address', async () => {
    const { deviceSecret, anna } = await tablet()
    for (const given of ['', '1234', 'x'.repeat(5000)])
      expect(faultsOf(await signIn(deviceSecret, anna, given))).toEqual(['PIN_MALFORMED pin'])
    await signIn(deviceSecret, crypto.randomUUID())
    await world.sql.query(`update attempt_budget set taken_at = array_fill(now(), array[100])`)
    expect(faultsOf(await signIn(deviceSecret, anna))).toEqual(['TOO_MANY_ATTEMPTS pin'])
  })

  it('is closed to who has no role any more', async () => {
    const accountId = await desk.colleague('Anna', 'own')
    const { deviceSecret } = await bind(accountId)
    const [anna] = await accountsOn(deviceSecret)
    await world.sql.query('delete from role_assignment where account_id = $1', [accountId])
    expect(await accountsOn(deviceSecret)).toEqual([])
    expect(faultsOf(await signIn(deviceSecret, anna!.bindingId))).toEqual(['WRONG_PIN pin'])
  })
})

describe('devices with a PIN', () => {
  it('are a person’s own list, and can be forgotten', async () => {
    const accountId = await desk.colleague('Anna', 'own')
    const { deviceSecret, sessionToken } = await bind(accountId)
    await bind(accountId, undefined, true)
    await bind(await desk.colleague('Ben', 'own'), deviceSecret)
    const anna = callerOf(sessionToken)
    const { viewer } = await anna.run(DevicesWithPinDocument)
    expect(viewer.devicesWithPin).toHaveLength(2)
    expect(viewer.devicesWithPin).toContainEqual({
      bindingId: expect.any(String),
      name: expect.any(String),
      isShared: true,
      isLocked: false,
      boundOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    })
    for (const caller of [world.visitor, await world.token('own')])
      expect((await caller.run(DevicesWithPinDocument)).viewer.devicesWithPin).toEqual([])

    const [onDevice, bens] = await accountsOn(deviceSecret)
    const input = { bindingId: onDevice!.bindingId }
    const anonymous = await world.visitor.send(ForgetDeviceDocument, { input })
    expect([anonymous.status, topLevelCode(anonymous)]).toEqual([401, 'UNAUTHENTICATED'])
    const stranger = await world.person({ own: 'EDITOR' })
    for (const [caller, bindingId] of [
      [stranger, input.bindingId],
      [anna, bens!.bindingId],
      [anna, 'nonsense'],
    ] as const) {
      const { forgetDevice } = await caller.run(ForgetDeviceDocument, { input: { bindingId } })
      expect(faultsOf(forgetDevice)).toEqual(['NOT_FOUND bindingId'])
    }
    const { forgetDevice } = await anna.run(ForgetDeviceDocument, { input })
    expect(forgetDevice.viewer?.devicesWithPin).toHaveLength(1)
    expect(await accountsOn(deviceSecret)).toMatchObject([{ displayName: 'Ben' }])
    expect(faultsOf(await signIn(deviceSecret, input.bindingId))).toEqual(['WRONG_PIN pin'])
  })

  it('stay where a card only adds one, and all end where one is lost', async () => {
    const accountId = await desk.colleague('Anna', 'own')
    const first = await bind(accountId)
    const second = await bind(accountId)
    expect(await accountsOn(first.deviceSecret)).toHaveLength(1)
    const ada = await world.account('ada', { own: 'EDITOR' })
    const { signIn: bySecret } = await world.visitor.run(SignInDocument, {
      input: { userName: 'ada', password: ada.password },
    })
    await desk.issue(accountId, { endsEarlierDevices: true })
    for (const { deviceSecret, sessionToken } of [first, second]) {
      expect(await accountsOn(deviceSecret)).toEqual([])
      expect((await callerOf(sessionToken).run(ViewerDocument)).viewer.kind).toBe('VISITOR')
    }
    expect((await callerOf(bySecret.sessionToken).run(ViewerDocument)).viewer.name).toBe('ada')
    const { rows } = await world.sql.query(
      `select count(*)::int as count from device where not exists (
         select from device_binding where device_id = device.id)`,
    )
    expect(rows).toEqual([{ count: 0 }])
  })
})

describe('a stolen database', () => {
  it('gives no PIN away: its hash cannot be computed without the device', async () => {
    const { deviceSecret, anna } = await tablet()
    const other = await tablet()
    await world.sql.query(
      'update device_binding set pin_hash = (select pin_hash from device_binding where id = $1) where id = $2',
      [anna, other.anna],
    )
    expect(faultsOf(await signIn(other.deviceSecret, other.anna))).toEqual(['WRONG_PIN pin'])
    expect((await signIn(deviceSecret, anna)).userErrors).toEqual([])
  })
})
