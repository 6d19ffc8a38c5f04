import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createApi } from '#api/index.ts'
import { Authenticator, type Deviation } from '#test/authenticator.ts'
import {
  FinishPasskeyRegistrationDocument,
  FinishPasskeySignInDocument,
  PasskeysDocument,
  RemovePasskeyDocument,
  RenamePasskeyDocument,
  StartPasskeyRegistrationDocument,
  StartPasskeySignInDocument,
  ViewerDocument,
} from '#test/__generated__/operations.ts'
import { faultsOf, topLevelCode } from '#test/refusals.ts'
import { Caller, createWorld, type World } from '#test/world.ts'

let world: World

beforeAll(async () => {
  world = await createWorld()
  await world.organisation('first')
  await world.organisation('second')
})

afterAll(() => world.close())

async function startRegistration(caller: Caller) {
  const { startPasskeyRegistration } = await caller.run(StartPasskeyRegistrationDocument)
  const { options, state } = startPasskeyRegistration
  return { options: options!, state: state! }
}

async function register(caller: Caller, name = 'Schlüssel', deviation: Deviation = {}) {
  const authenticator = new Authenticator()
  const { options, state } = await startRegistration(caller)
  const response = authenticator.register(options, deviation)
  const { finishPasskeyRegistration } = await caller.run(FinishPasskeyRegistrationDocument, {
    input: { state, response, name },
  })
  return { authenticator, finished: finishPasskeyRegistration }
}

async function startSignIn(caller = world.visitor) {
  const { startPasskeySignIn } = await caller.run(StartPasskeySignInDocument)
  return { options: startPasskeySignIn.options!, state: startPasskeySignIn.state! }
}

async function finishSignIn(state: string, response: string, caller = world.visitor) {
  const input = { state, response }
  return (await caller.run(FinishPasskeySignInDocument, { input })).finishPasskeySignIn
}

async function signIn(authenticator: Authenticator, deviation: Deviation = {}) {
  const { options, state } = await startSignIn()
  return finishSignIn(state, authenticator.signIn(options, deviation))
}

const own = async (caller: Caller) => (await caller.run(PasskeysDocument)).viewer.passkeys

describe('registering a passkey', () => {
  it('is for signed-in persons alone', async () => {
    const input = { state: 'x', response: '{}', name: 'Schlüssel' }
    for (const caller of [world.visitor, await world.token('first')]) {
      for (const refused of [
        await caller.send(StartPasskeyRegistrationDocument),
        await caller.send(FinishPasskeyRegistrationDocument, { input }),
        await caller.send(RenamePasskeyDocument, { input: { id: 'x', name: 'y' } }),
        await caller.send(RemovePasskeyDocument, { input: { id: 'x' } }),
      ])
        expect([refused.status, topLevelCode(refused)]).toEqual([401, 'UNAUTHENTICATED'])
      expect(await own(caller)).toEqual([])
    }
  })

  it('keeps it under its name, for its owner alone, and in the log of each organisation', async () => {
    const person = await world.person({ first: 'PRACTITIONER', second: 'MANAGER' })
    const { finished } = await register(person, '  Diensthandy ')
    const today = new Date().toISOString().slice(0, 8)
    expect(finished).toMatchObject({
      userErrors: [],
      passkey: { name: 'Diensthandy', isSynced: false, createdOn: expect.stringContaining(today) },
    })
    expect(await own(person)).toEqual([finished.passkey])
    expect(await own(await world.person({ first: 'EDITOR' }))).toEqual([])
    const { rows } = await world.sql.query(
      `select count(*)::int as count from audit_entry where action = 'PASSKEY_REGISTERED'
         and subject = $1`,
      [finished.passkey?.id],
    )
    expect(rows).toEqual([{ count: 2 }])
    const stored = await world.sql.query('select transports from passkey')
    expect(stored.rows).toEqual([{ transports: ['usb'] }])
  })

  it('shows the user name, a handle that tells nothing, and asks for PIN, finger or face', async () => {
    await world.account('grace', { first: 'IT' })
    const person = await world.person({ first: 'IT' })
    const [one, other] = [await startRegistration(person), await startRegistration(person)]
    const { user, authenticatorSelection, rp, challenge } = JSON.parse(one.options)
    const { viewer } = await person.run(ViewerDocument)
    expect(user.name).toBe(viewer.name)
    expect(rp).toEqual({ id: 'localhost', name: 'Netzwerkdiakonie' })
    expect(authenticatorSelection).toMatchObject({
      residentKey: 'required',
      userVerification: 'required',
    })
    expect(JSON.parse(other.options).user.id).toBe(user.id)
    expect(JSON.parse(other.options).challenge).not.toBe(challenge)
    const { rows } = await world.sql.query('select id from account')
    const handle = Buffer.from(user.id, 'base64url').toString('hex')
    for (const { id } of rows) expect(handle).not.toContain(id.replaceAll('-', ''))
  })

  it.each<[string, Deviation]>([
    ['of another site', { origin: 'https://evil.example' }],
    ['to another challenge', { challenge: 'AAAA' }],
    ['for another host', { relyingPartyId: 'evil.example' }],
    ['without PIN, finger or face', { isUserVerified: false }],
    ['to a sign-in', { type: 'webauthn.get' }],
  ])('refuses an answer %s', async (_, deviation) => {
    const person = await world.person({ first: 'IT' })
    const { finished } = await register(person, 'Schlüssel', deviation)
    expect(faultsOf(finished)).toEqual(['PASSKEY_REFUSED'])
    expect(await own(person)).toEqual([])
  })

  it('takes an answer once, in time, and from whom it was asked', async () => {
    const person = await world.person({ first: 'IT' })
    const finish = async (caller: Caller, state: string, response: string) => {
      const input = { state, response, name: 'Schlüssel' }
      const done = await caller.run(FinishPasskeyRegistrationDocument, { input })
      return faultsOf(done.finishPasskeyRegistration)
    }
    const first = await startRegistration(person)
    const response = new Authenticator().register(first.options)
    const stranger = await world.person({ first: 'IT' })
    expect(await finish(stranger, first.state, response)).toEqual(['PASSKEY_REFUSED'])
    expect(await finish(person, first.state, response)).toEqual(['CHALLENGE_EXPIRED'])

    const late = await startRegistration(person)
    vi.useFakeTimers({ now: Date.now() + 5 * 60_000 + 1_000, toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    const lateAnswer = new Authenticator().register(late.options)
    expect(await finish(person, late.state, lateAnswer)).toEqual(['CHALLENGE_EXPIRED'])
    vi.useRealTimers()

    for (const state of ['', 'nonsense', (await startSignIn()).state])
      expect(await finish(person, state, response)).toEqual(['CHALLENGE_EXPIRED'])
    for (const nonsense of ['', 'null', '{}', '[]', '{"id":1}']) {
      const { state } = await startRegistration(person)
      expect(await finish(person, state, nonsense)).toEqual(['PASSKEY_REFUSED'])
    }
    expect(await own(person)).toEqual([])
  })

  it('needs a device of one’s own, and a name', async () => {
    const person = await world.person({ first: 'IT' })
    const { options, state } = await startRegistration(person)
    const input = { state, response: new Authenticator().register(options), name: ' ' }
    const finish = async (name: string) =>
      faultsOf(
        (await person.run(FinishPasskeyRegistrationDocument, { input: { ...input, name } }))
          .finishPasskeyRegistration,
      )
    expect(await finish(' ')).toEqual(['REQUIRED name'])
    expect(await finish('x'.repeat(61))).toEqual(['TOO_LONG name'])
    await world.sql.query('update auth_session set is_shared_device = true')
    expect(await finish('Tablet')).toEqual(['SHARED_DEVICE'])
    const { startPasskeyRegistration } = await person.run(StartPasskeyRegistrationDocument)
    expect(faultsOf(startPasskeyRegistration)).toEqual(['SHARED_DEVICE'])
    await world.sql.query('update auth_session set is_shared_device = false')
    expect(await finish('Handy')).toEqual([])
  })
})

describe('signing in with a passkey', () => {
  it('opens a session of that method for whose it is', async () => {
    const person = await world.person({ first: 'MANAGER' })
    const { viewer } = await person.run(ViewerDocument)
    const { authenticator } = await register(person)
    const { sessionToken, viewer: signedIn } = await signIn(authenticator)
    expect(signedIn).toEqual({ name: viewer.name, kind: 'PERSON' })
    const again = new Caller(world.api, { cookie: `session=${sessionToken}` })
    expect((await again.run(ViewerDocument)).viewer).toEqual(viewer)
    const { rows } = await world.sql.query(
      "select count(*)::int as count from auth_session where method = 'PASSKEY'",
    )
    expect(rows).toEqual([{ count: 1 }])
    expect((await signIn(authenticator)).userErrors).toEqual([])
  })

  it('asks everybody alike, and names nobody', async () => {
    const options = JSON.parse((await startSignIn()).options)
    expect(Object.keys(options).toSorted()).toEqual(
      ['challenge', 'rpId', 'timeout', 'userVerification'].toSorted(),
    )
    expect(options.userVerification).toBe('required')
  })

  it('takes an answer once', async () => {
    const { authenticator } = await register(await world.person({ first: 'IT' }))
    const { options, state } = await startSignIn()
    const response = authenticator.signIn(options)
    const finished = await Promise.all([1, 2, 3, 4].map(() => finishSignIn(state, response)))
    expect(finished.flatMap(faultsOf)).toEqual([1, 2, 3].map(() => 'CHALLENGE_EXPIRED'))
    expect(faultsOf(await finishSignIn(`${state}=`, response))).toEqual(['CHALLENGE_EXPIRED'])
    // Nor to a new question.
    const { state: next } = await startSignIn()
    expect(faultsOf(await finishSignIn(next, response))).toEqual(['PASSKEY_REFUSED'])
  })

  it.each<[string, Deviation]>([
    ['of another site', { origin: 'https://evil.example' }],
    ['of the same host without encryption', { origin: 'http://localhost:81' }],
    ['to another challenge', { challenge: 'AAAA' }],
    ['for another host', { relyingPartyId: 'evil.example' }],
    ['without PIN, finger or face', { isUserVerified: false }],
    ['in the name of another', { userHandle: Buffer.alloc(32).toString('base64url') }],
    ['in nobody’s name', { userHandle: '' }],
    ['to a registration', { type: 'webauthn.create' }],
    ['of a copy, whose counter lags behind', { counter: 1 }],
  ])('refuses an answer %s', async (_, deviation) => {
    const { authenticator } = await register(await world.person({ first: 'IT' }))
    expect(faultsOf(await signIn(authenticator))).toEqual([])
    expect(faultsOf(await signIn(authenticator, deviation))).toEqual(['PASSKEY_REFUSED'])
    expect(faultsOf(await signIn(authenticator))).toEqual([])
  })

  it('answers to a stranger’s key and to nonsense alike', async () => {
    const { authenticator } = await register(await world.person({ first: 'IT' }))
    const stranger = new Authenticator()
    stranger.register((await startRegistration(await world.person({ first: 'IT' }))).options)
    const forged = async (options: string) => {
      const [real, other] = [authenticator.signIn(options), stranger.signIn(options)].map(
        (text) => JSON.parse(text) as { id: string; rawId: string; response: object },
      )
      const { signature } = other!.response as { signature: string }
      return JSON.stringify({ ...real, response: { ...real!.response, signature } })
    }
    for (const answer of [
      (options: string) => stranger.signIn(options),
      forged,
      () => '',
      () => '{"id":"AAAA","response":{"userHandle":""}}',
    ]) {
      const { options, state } = await startSignIn()
      const refused = await finishSignIn(state, await answer(options))
      expect(refused).toMatchObject({ sessionToken: null, viewer: null })
      expect(faultsOf(refused)).toEqual(['PASSKEY_REFUSED'])
    }
  })

  it('is over for a person without any role', async () => {
    const person = await world.person({ first: 'IT' })
    const { authenticator } = await register(person)
    await world.sql.query(
      `delete from role_assignment where account_id = (select account_id from passkey
         where id = $1)`,
      [(await own(person))[0]?.id],
    )
    expect(faultsOf(await signIn(authenticator))).toEqual(['PASSKEY_REFUSED'])
  })

  it('counts on the host where it was made alone, and a fixed address goes before the host', async () => {
    const person = await world.person({ first: 'IT' })
    const here = { host: 'netz.example', 'x-forwarded-proto': 'https' }
    // Behind https only a cookie counts that no neighbouring host can set.
    const cookie = `__Host-${person.headers['cookie']}`
    const there = new Caller(world.api, { ...here, cookie })
    const { options, state } = await startRegistration(there)
    expect(JSON.parse(options).rp.id).toBe('netz.example')
    const authenticator = new Authenticator('https://netz.example')
    const input = { state, response: authenticator.register(options), name: 'Dort' }
    const made = await there.run(FinishPasskeyRegistrationDocument, { input })
    expect(faultsOf(made.finishPasskeyRegistration)).toEqual([])

    const good = await startSignIn(new Caller(world.api, here))
    const signedIn = await finishSignIn(good.state, authenticator.signIn(good.options))
    expect(faultsOf(signedIn)).toEqual([])
    const elsewhere = await startSignIn(new Caller(world.api, { ...here, host: 'evil.example' }))
    const phished = authenticator.signIn(elsewhere.options, { origin: 'https://evil.example' })
    expect(faultsOf(await finishSignIn(elsewhere.state, phished))).toEqual(['PASSKEY_REFUSED'])

    const publicOrigin = 'https://fest.example'
    const fixed = await createApi({ appUrl: world.appUrl, logLevel: 'silent', publicOrigin })
    onTestFinished(() => fixed.close())
    const asked = await startSignIn(new Caller(fixed, here))
    expect(JSON.parse(asked.options).rpId).toBe('fest.example')
  })
})

describe('renaming and removing', () => {
  it('is for the owner alone; foreign and unknown ones answer alike', async () => {
    const person = await world.person({ first: 'IT' })
    const { finished } = await register(person)
    const id = finished.passkey!.id
    const stranger = await world.person({ first: 'EDITOR' })
    for (const unknown of [id, crypto.randomUUID(), 'nonsense', '']) {
      const input = { id: unknown, name: 'Meiner' }
      const { renamePasskey } = await stranger.run(RenamePasskeyDocument, { input })
      expect([renamePasskey.passkey, faultsOf(renamePasskey)]).toEqual([null, ['NOT_FOUND id']])
      const { removePasskey } = await stranger.run(RemovePasskeyDocument, {
        input: { id: unknown },
      })
      expect([removePasskey.viewer, faultsOf(removePasskey)]).toEqual([null, ['NOT_FOUND id']])
    }
    const renamed = await person.run(RenamePasskeyDocument, { input: { id, name: 'Tablet' } })
    expect(renamed.renamePasskey).toEqual({ passkey: { name: 'Tablet' }, userErrors: [] })
    expect((await own(person)).map(({ name }) => name)).toEqual(['Tablet'])
  })

  it('ends signing in with it, and leaves a trace', async () => {
    const person = await world.person({ first: 'IT' })
    const { authenticator, finished } = await register(person)
    const id = finished.passkey!.id
    const { removePasskey } = await person.run(RemovePasskeyDocument, { input: { id } })
    expect(removePasskey).toEqual({ viewer: { passkeys: [] }, userErrors: [] })
    expect(faultsOf(await signIn(authenticator))).toEqual(['PASSKEY_REFUSED'])
    const { rows } = await world.sql.query(
      "select count(*)::int as count from audit_entry where action = 'PASSKEY_REMOVED' and subject = $1",
      [id],
    )
    expect(rows).toEqual([{ count: 1 }])
  })

  it('leaves the last way to sign in, also if two go at once', async () => {
    const person = await world.person({ first: 'IT' })
    const { finished: one } = await register(person, 'Eins')
    const { finished: two } = await register(person, 'Zwei')
    await world.sql.query(
      `update account set user_name = null, password_hash = null, display_name = 'Anna'
       where id = (select account_id from passkey where id = $1)`,
      [one.passkey!.id],
    )
    const removals = await Promise.all(
      [one, two].map(({ passkey }) =>
        person.run(RemovePasskeyDocument, { input: { id: passkey!.id } }),
      ),
    )
    expect(removals.flatMap(({ removePasskey }) => faultsOf(removePasskey))).toEqual([
      'LAST_WAY_TO_SIGN_IN',
    ])
    expect(await own(person)).toHaveLength(1)
  })
})
