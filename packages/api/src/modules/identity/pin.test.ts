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
async function bind(accountId: string, deviceToken?: string, isSharedDevice = false) {
  const { code } = await desk.issue(accountId)
  const { redeemAccessCard } = await world.visitor.run(RedeemAccessCardDocument, {
    input: { code, pin, isSharedDevice, ...(deviceToken && { deviceToken }) },
  })
  expect(redeemAccessCard.userErrors).toEqual([])
  return {
    deviceToken: redeemAccessCard.deviceToken!,
    sessionToken: redeemAccessCard.sessionToken!,
  }
}

const callerOf = (sessionToken: string | null) =>
  new Caller(world.api, { cookie: `session=${sessionToken}` })

const accountsOn = async (deviceToken: string) =>
  (await world.visitor.run(DeviceAccountsDocument, { deviceToken })).deviceAccounts

async function signIn(deviceToken: string, bindingId: string, given = pin) {
  const { signInWithPin } = await world.visitor.run(SignInWithPinDocument, {
    input: { bindingId, pin: given, deviceToken },
  })
  return signInWithPin
}

/** Two people on a tablet. */
async function tablet() {
  const { deviceToken } = await bind(await desk.colleague('Anna', 'own'), undefined, true)
  await bind(await desk.colleague('Ben', 'own'), deviceToken, true)
  const [anna, ben] = await accountsOn(deviceToken)
  return { deviceToken, anna: anna!.bindingId, ben: ben!.bindingId }
}

describe('a device', () => {
  it('shows who has a PIN there, to itself alone', async () => {
    const { deviceToken, anna, ben } = await tablet()
    expect(await accountsOn(deviceToken)).toEqual([
      { bindingId: anna, displayName: 'Anna', isLocked: false },
      { bindingId: ben, displayName: 'Ben', isLocked: false },
    ])
    const before = randomBytes(32).toString('base64url')
    for (const other of ['', 'x', anna, before, deviceToken.toLowerCase()])
      expect(await accountsOn(other)).toEqual([])
  })

  it('keeps the secret that it had, and gets one that nobody can guess instead of a weak one', async () => {
    const own = randomBytes(32).toString('base64url')
    expect((await bind(await desk.colleague('Anna', 'own'), own)).deviceToken).toBe(own)
    const { deviceToken } = await bind(await desk.colleague('Ben', 'own'), 'weak')
    expect(deviceToken).toMatch(/^[\w-]{43}$/)
  })

  it('with a second person is a shared one, whatever they say', async () => {
    const { deviceToken } = await bind(await desk.colleague('Anna', 'own'))
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
    const [anna] = await accountsOn(deviceToken)
    await signIn(deviceToken, anna!.bindingId)
    expect(await shared()).toEqual([{ shared: false, short: false }])
    await bind(await desk.colleague('Berta', 'own'), deviceToken, false)
    await signIn(deviceToken, anna!.bindingId)
    expect(await shared()).toEqual([
      { shared: false, short: false },
      ...Array(2).fill({ shared: true, short: true }),
    ])
  })

  it('signs out by itself after 15 minutes where it is shared', async () => {
    const { deviceToken, anna } = await tablet()
    const { sessionToken } = await signIn(deviceToken, anna)
    expect((await callerOf(sessionToken).run(ViewerDocument)).viewer.name).toBe('Anna')
    await world.sql.query(
      `update auth_session set idle_expires_at = idle_expires_at - interval '15 minutes'`,
    )
    expect((await callerOf(sessionToken).run(ViewerDocument)).viewer.kind).toBe('VISITOR')
  })
})

describe('signInWithPin', () => {
  it('opens a session for the person on this device', async () => {
    const { deviceToken, anna, ben } = await tablet()
    expect(await signIn(deviceToken, anna)).toMatchObject({
      userErrors: [],
      viewer: { name: 'Anna' },
    })
    const { sessionToken } = await signIn(deviceToken, ben)
    expect((await callerOf(sessionToken).run(ViewerDocument)).viewer.name).toBe('Ben')
  })

  it('locks one person on one device after five wrong PINs, and nobody else', async () => {
    const accountId = await desk.colleague('Anna', 'own')
    const phone = await bind(accountId)
    const [onPhone] = await accountsOn(phone.deviceToken)
    const { deviceToken } = await bind(accountId, undefined, true)
    await bind(await desk.colleague('Ben', 'own'), deviceToken, true)
    const [anna, ben] = await accountsOn(deviceToken)

    const answers = []
    for (let n = 0; n < 6; n++)
      answers.push(...faultsOf(await signIn(deviceToken, anna!.bindingId, wrong)))
    expect(answers).toEqual([...Array(4).fill('WRONG_PIN pin'), ...Array(2).fill('PIN_LOCKED pin')])
    const locked = await signIn(deviceToken, anna!.bindingId)
    expect(faultsOf(locked)).toEqual(['PIN_LOCKED pin'])
    expect(locked.userErrors[0]?.message).toContain('neue Zugangskarte')

    expect((await accountsOn(deviceToken)).map(({ isLocked }) => isLocked)).toEqual([true, false])
    expect((await signIn(deviceToken, ben!.bindingId)).viewer?.name).toBe('Ben')
    expect((await signIn(phone.deviceToken, onPhone!.bindingId)).viewer?.name).toBe('Anna')
    const { rows } = await world.sql.query(
      `select subject from audit_entry where action = 'PIN_LOCKED'`,
    )
    expect(rows).toEqual([{ subject: accountId }])

    // A new card on the same device mends it.
    await bind(accountId, deviceToken)
    const [again] = await accountsOn(deviceToken)
    expect(again).toMatchObject({ displayName: 'Anna', isLocked: false })
    expect((await signIn(deviceToken, again!.bindingId)).userErrors).toEqual([])
  })

  it('counts wrong PINs in a row alone', async () => {
    const { deviceToken, anna } = await tablet()
    for (let round = 0; round < 2; round++) {
      for (let n = 0; n < 4; n++) await signIn(deviceToken, anna, wrong)
      expect((await signIn(deviceToken, anna)).userErrors).toEqual([])
    }
  })

  it('compares five of a hundred guesses that come at once', async () => {
    const { deviceToken, anna } = await tablet()
    const guesses = Array.from({ length: 30 }, (_, n) => String(700_013 + n * 7))
    const faults = await Promise.all(
      guesses.map(async (guess) => faultsOf(await signIn(deviceToken, anna, guess))[0]),
    )
    // Four are told to try again, one locks, and whatever comes later or between is told nothing else.
    expect(new Set(faults)).toEqual(new Set(['WRONG_PIN pin', 'PIN_LOCKED pin']))
    expect(faults.filter((fault) => fault === 'WRONG_PIN pin')).toHaveLength(4)
    const { rows } = await world.sql.query(`select failed_pins from device_binding where id = $1`, [
      anna,
    ])
    expect(rows).toEqual([{ failed_pins: 5 }])
    expect(faultsOf(await signIn(deviceToken, anna))).toEqual(['PIN_LOCKED pin'])
  })

  it('answers people without a PIN on this device like a wrong PIN, byte for byte', async () => {
    const { deviceToken, anna } = await tablet()
    const other = await tablet()
    const answerTo = (bindingId: string, deviceToken: string, given: string) =>
      world.visitor.send(SignInWithPinDocument, {
        input: { bindingId, pin: given, deviceToken },
      })
    const expected = await answerTo(anna, deviceToken, wrong)
    expect(faultsOf(expected.data!.signInWithPin)).toEqual(['WRONG_PIN pin'])
    for (let n = 0; n < 2; n++)
      for (const [binding, token] of [
        [other.anna, deviceToken],
        [anna, other.deviceToken],
        [anna, ''],
        [crypto.randomUUID(), deviceToken],
        ["' or 1=1", deviceToken],
      ] as const)
        expect(await answerTo(binding, token, pin)).toEqual(expected)
    const { rows } = await world.sql.query('select failed_pins from device_binding where id = $1', [
      other.anna,
    ])
    expect(rows).toEqual([{ failed_pins: 0 }])
  })

  it('takes as long for people without a PIN here', async () => {
    const { deviceToken, ben } = await tablet()
    const fastest = async (bindingId: string) => {
      const times: number[] = []
      for (let n = 0; n < 4; n++) {
        const start = performance.now()
        await signIn(deviceToken, bindingId, wrong)
        times.push(performance.now() - start)
      }
      return Math.min(...times)
    }
    expect((await fastest(crypto.randomUUID())) / (await fastest(ben))).toBeGreaterThan(0.3)
  })

  it('needs six digits, and takes no more than a hundred wrong PINs an hour from an address', async () => {
    const { deviceToken, anna } = await tablet()
    for (const given of ['', '1234', 'x'.repeat(5000)])
      expect(faultsOf(await signIn(deviceToken, anna, given))).toEqual(['PIN_MALFORMED pin'])
    await signIn(deviceToken, crypto.randomUUID())
    await world.sql.query(`update attempt_budget set taken_at = array_fill(now(), array[100])`)
    expect(faultsOf(await signIn(deviceToken, anna))).toEqual(['TOO_MANY_ATTEMPTS pin'])
  })

  it('is closed to who has no role any more', async () => {
    const accountId = await desk.colleague('Anna', 'own')
    const { deviceToken } = await bind(accountId)
    const [anna] = await accountsOn(deviceToken)
    await world.sql.query('delete from role_assignment where account_id = $1', [accountId])
    expect(await accountsOn(deviceToken)).toEqual([])
    expect(faultsOf(await signIn(deviceToken, anna!.bindingId))).toEqual(['WRONG_PIN pin'])
  })
})

describe('devices with a PIN', () => {
  it('are a person’s own list, and can be forgotten', async () => {
    const accountId = await desk.colleague('Anna', 'own')
    const { deviceToken, sessionToken } = await bind(accountId)
    await bind(accountId, undefined, true)
    await bind(await desk.colleague('Ben', 'own'), deviceToken)
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

    const [onDevice, bens] = await accountsOn(deviceToken)
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
    expect(await accountsOn(deviceToken)).toMatchObject([{ displayName: 'Ben' }])
    expect(faultsOf(await signIn(deviceToken, input.bindingId))).toEqual(['WRONG_PIN pin'])
  })

  it('stay where a card only adds one, and all end where one is lost', async () => {
    const accountId = await desk.colleague('Anna', 'own')
    const first = await bind(accountId)
    const second = await bind(accountId)
    expect(await accountsOn(first.deviceToken)).toHaveLength(1)
    const ada = await world.account('ada', { own: 'EDITOR' })
    const { signIn: bySecret } = await world.visitor.run(SignInDocument, {
      input: { userName: 'ada', password: ada.password },
    })
    await desk.issue(accountId, { endsEarlierDevices: true })
    for (const { deviceToken, sessionToken } of [first, second]) {
      expect(await accountsOn(deviceToken)).toEqual([])
      expect((await callerOf(sessionToken).run(ViewerDocument)).viewer.kind).toBe('VISITOR')
    }
    expect((await callerOf(bySecret.sessionToken!).run(ViewerDocument)).viewer.name).toBe('ada')
    const { rows } = await world.sql.query(
      `select count(*)::int as count from device where not exists (
         select from device_binding where device_id = device.id)`,
    )
    expect(rows).toEqual([{ count: 0 }])
  })
})

describe('a stolen database', () => {
  it('gives no PIN away: its hash cannot be computed without the device', async () => {
    const { deviceToken, anna } = await tablet()
    const other = await tablet()
    await world.sql.query(
      'update device_binding set pin_hash = (select pin_hash from device_binding where id = $1) where id = $2',
      [anna, other.anna],
    )
    expect(faultsOf(await signIn(other.deviceToken, other.anna))).toEqual(['WRONG_PIN pin'])
    expect((await signIn(deviceToken, anna)).userErrors).toEqual([])
  })
})
