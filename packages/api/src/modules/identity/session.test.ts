import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApi } from '#api/index.ts'
import {
  ChangePasswordDocument,
  EndOtherSessionsDocument,
  EndSessionDocument,
  SessionsDocument,
  SignInDocument,
  SignOutDocument,
  ViewerDocument,
} from '#test/__generated__/operations.ts'
import { faultsOf, topLevelCode } from '#test/refusals.ts'
import { Caller, createWorld, type World } from '#test/world.ts'

const phone =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36'

let world: World
let password: string

beforeAll(async () => {
  world = await createWorld()
  await world.organisation('home')
  ;({ password } = await world.account('ada', { home: 'EDITOR' }))
  await world.account('eve', { home: 'EDITOR' })
})

afterAll(() => world.close())

async function signIn(userName = 'ada', headers: Record<string, string> = {}, given = password) {
  const input = { userName, password: given }
  return (await world.visitor.run(SignInDocument, { input }, headers)).signIn
}

const by = (token: string | null | undefined) =>
  new Caller(world.api, { cookie: `session=${token}` })

async function session(userName = 'ada', headers?: Record<string, string>): Promise<Caller> {
  return by((await signIn(userName, headers)).sessionToken)
}

const kind = async (caller: Caller, headers?: Record<string, string>) =>
  (await caller.run(ViewerDocument, undefined, headers)).viewer.kind

const sessionsOf = async (caller: Caller) => (await caller.run(SessionsDocument)).viewer.sessions

const forgetSessions = () => world.sql.query('delete from auth_session')

/** Refused to visitors and tokens; no session is lost by it. */
async function expectForPersonsOnly<Result, Variables>(
  document: DocumentTypeDecoration<Result, Variables> & { toString(): string },
  variables?: Variables,
) {
  const victim = await session()
  for (const caller of [world.visitor, await world.token('home')]) {
    const refused = await caller.send(document, variables)
    expect([refused.status, topLevelCode(refused)]).toEqual([401, 'UNAUTHENTICATED'])
  }
  expect(await kind(victim)).toBe('PERSON')
}

describe('the list of sessions', () => {
  it('shows the own ones, the current one first, and nothing finer than a day', async () => {
    await forgetSessions()
    await session('eve')
    await session('ada', { 'user-agent': phone })
    const here = await session('ada', { 'user-agent': 'curl/8', 'accept-language': 'en' })
    const sessions = await sessionsOf(here)
    expect(sessions).toEqual([
      {
        id: expect.any(String),
        deviceName: '',
        method: 'PASSWORD',
        signedInOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        isCurrent: true,
        isSharedDevice: false,
        organisation: { code: 'home' },
      },
      expect.objectContaining({ deviceName: 'Chrome auf Android', isCurrent: false }),
    ])
    expect(JSON.stringify(sessions)).not.toMatch(/\d\d:\d\d/)
  })

  it('is empty for visitors and tokens', async () => {
    for (const caller of [world.visitor, await world.token('home')])
      expect(await sessionsOf(caller)).toEqual([])
  })

  it('leaves out what is over', async () => {
    await forgetSessions()
    const here = await session()
    const there = await session()
    await world.sql.query(`update auth_session set idle_expires_at = now() where id = $1`, [
      (await sessionsOf(there))[0]!.id,
    ])
    expect(await sessionsOf(here)).toHaveLength(1)
  })
})

describe('endSession', () => {
  it('is for persons only', () =>
    expectForPersonsOnly(EndSessionDocument, { input: { sessionId: crypto.randomUUID() } }))

  it('ends one session at once, also on another instance', async () => {
    await forgetSessions()
    const [here, there] = [await session(), await session()]
    const other = await createApi({ appUrl: world.appUrl, logLevel: 'silent' })
    const elsewhere = new Caller(other, there.headers)
    expect(await kind(elsewhere)).toBe('PERSON')
    const ended = (await sessionsOf(here)).find(({ isCurrent }) => !isCurrent)!
    const { endSession } = await here.run(EndSessionDocument, { input: { sessionId: ended.id } })
    expect(endSession).toMatchObject({
      userErrors: [],
      viewer: { sessions: [{ isCurrent: true }] },
    })
    expect(await kind(elsewhere)).toBe('VISITOR')
    expect(await kind(there)).toBe('VISITOR')
    expect(await kind(here)).toBe('PERSON')
    await other.close()
  })

  it('answers alike for sessions of others, for unknown ones and for nonsense', async () => {
    const [eve, ada] = [await session('eve'), await session()]
    const foreign = (await sessionsOf(ada))[0]!.id
    const answers = []
    for (const sessionId of [foreign, crypto.randomUUID(), 'nonsense', '', "' or true --"])
      answers.push(await eve.send(EndSessionDocument, { input: { sessionId } }))
    expect(faultsOf(answers[0]!.data!.endSession)).toEqual(['NOT_FOUND sessionId'])
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(await kind(ada)).toBe('PERSON')
  })
})

describe('endOtherSessions', () => {
  it('is for persons only', () => expectForPersonsOnly(EndOtherSessionsDocument))

  it('leaves the current one, and those of others', async () => {
    const [here, there, eve] = [await session(), await session(), await session('eve')]
    const { endOtherSessions } = await here.run(EndOtherSessionsDocument)
    expect(endOtherSessions.viewer?.sessions).toMatchObject([{ isCurrent: true }])
    expect([await kind(here), await kind(there), await kind(eve)]).toEqual([
      'PERSON',
      'VISITOR',
      'PERSON',
    ])
  })
})

describe('changePassword', () => {
  const change = async (caller: Caller, newPassword: string, currentPassword = password) =>
    (await caller.run(ChangePasswordDocument, { input: { currentPassword, newPassword } }))
      .changePassword

  it('is for persons only', () =>
    expectForPersonsOnly(ChangePasswordDocument, {
      input: { currentPassword: password, newPassword: 'Hummel Kiosk Fahne Moos' },
    }))

  it('refuses what is short or easy to guess, and a wrong present password', async () => {
    await world.account('anna.mustermann', { home: 'MANAGER' })
    const anna = await session('anna.mustermann')
    for (const [given, fault] of [
      ['Xk3-pa9-ttq', 'TOO_SHORT'],
      ['x'.repeat(201), 'TOO_LONG'],
      ['anna.mustermann', 'TOO_GUESSABLE'],
      ['Anna.Mustermann1', 'TOO_GUESSABLE'],
      ['123456789012', 'TOO_GUESSABLE'],
      ['passwortpasswort', 'TOO_GUESSABLE'],
      ['qwertzuiopü+#', 'TOO_GUESSABLE'],
      ['Diakonie2026', 'TOO_GUESSABLE'],
    ])
      expect(faultsOf(await change(anna, given!))).toEqual([`${fault} newPassword`])
    const wrong = await change(anna, 'Hummel Kiosk Fahne Moos', 'falsch')
    expect(faultsOf(wrong)).toEqual(['WRONG_PASSWORD currentPassword'])
    expect((await signIn('anna.mustermann')).userErrors).toEqual([])
  })

  it('changes it, ends all other sessions and leaves a trace without a secret', async () => {
    await world.account('bea', { home: 'PRACTITIONER' })
    const [here, there] = [await session('bea'), await session('bea')]
    const changed = await change(here, 'Hummel Kiosk Fahne Moos')
    expect(changed).toMatchObject({ userErrors: [], viewer: { sessions: [{ isCurrent: true }] } })
    // The secret that the request came with might have been copied: it is dead, too.
    expect([await kind(by(changed.sessionToken)), await kind(here), await kind(there)]).toEqual([
      'PERSON',
      'VISITOR',
      'VISITOR',
    ])
    expect(faultsOf(await signIn('bea'))).toEqual(['WRONG_CREDENTIALS password'])
    expect((await signIn('bea', {}, 'Hummel Kiosk Fahne Moos')).userErrors).toEqual([])
    const { rows } = await world.sql.query(
      `select action, actor_id = subject::uuid as own, details from audit_entry
       where subject = (select id::text from account where user_name = 'bea')`,
    )
    expect(rows).toEqual([{ action: 'PASSWORD_CHANGED', own: true, details: null }])
  })

  it('lets nobody guess the present one on a device that stands open', async () => {
    await world.account('cem', { home: 'PRACTITIONER' })
    const cem = await session('cem')
    const codes: string[] = []
    for (let n = 0; n < 12; n++)
      codes.push((await change(cem, 'Hummel Kiosk Fahne Moos', `falsch ${n}`)).userErrors[0]!.code)
    expect(codes.lastIndexOf('WRONG_PASSWORD')).toBe(9)
    expect(faultsOf(await change(cem, 'Hummel Kiosk Fahne Moos'))).toEqual([
      'TOO_MANY_ATTEMPTS currentPassword',
    ])
  })

  it('is all that the app may change of an account', async () => {
    const { rows } = await world.sql.query<{ column: string }>(
      `select attname as column from pg_attribute
       where attrelid = 'account'::regclass and attnum > 0
         and has_column_privilege('netzwerkdiakonie_app', attrelid, attnum, 'update')`,
    )
    expect(rows.map(({ column }) => column)).toContain('password_hash')
    expect(rows.map(({ column }) => column)).not.toContain('user_name')
  })
})

describe('a sign-in', () => {
  it('ends the session that the browser came with: none can be planted, none is carried on', async () => {
    const planted = (await signIn('eve')).sessionToken
    const victim = await signIn('ada', { cookie: `session=${planted}` })
    expect(victim.sessionToken).not.toBe(planted)
    expect(await kind(by(planted))).toBe('VISITOR')
    const again = await signIn('ada', { cookie: `session=${victim.sessionToken}` })
    expect(await kind(by(victim.sessionToken))).toBe('VISITOR')
    expect(await kind(by(again.sessionToken))).toBe('PERSON')
  })

  it('takes over no secret that a browser brings', async () => {
    const invented = 'A'.repeat(43)
    const { sessionToken } = await signIn('ada', { cookie: `session=${invented}` })
    expect(sessionToken).not.toBe(invented)
    expect(await kind(by(invented))).toBe('VISITOR')
  })

  it('that fails leaves the session alone', async () => {
    const { sessionToken } = await signIn()
    await signIn('ada', { cookie: `session=${sessionToken}` }, 'falsch')
    expect(await kind(by(sessionToken))).toBe('PERSON')
  })

  it('once signed out, a copied cookie opens nothing', async () => {
    const { sessionToken } = await signIn()
    await by(sessionToken).run(SignOutDocument)
    expect(await kind(by(sessionToken))).toBe('VISITOR')
    await by(sessionToken).run(SignOutDocument)
    expect(
      (
        await world.sql.query(`select from auth_session where token_hash = sha256($1)`, [
          Buffer.from(sessionToken!),
        ])
      ).rows,
    ).toEqual([])
  })
})

describe('the end of a session', () => {
  const setEnd = (column: string, interval: string) =>
    world.sql.query(`update auth_session set ${column} = now() + interval '${interval}'`)

  const idleMinutes = async () => {
    const { rows } = await world.sql.query<{ minutes: number }>(
      `select extract(epoch from idle_expires_at - now())::float / 60 as minutes from auth_session`,
    )
    return rows.map(({ minutes }) => Math.round(minutes))
  }

  /** Another instance, which has not looked at any session yet. */
  async function onFreshInstance<Result>(use: (caller: Caller) => Promise<Result>, caller: Caller) {
    const other = await createApi({ appUrl: world.appUrl, logLevel: 'silent' })
    try {
      return await use(new Caller(other, caller.headers))
    } finally {
      await other.close()
    }
  }

  it('comes after 8 hours without use, or 30 days in any case', async () => {
    await forgetSessions()
    const caller = await session()
    expect(await idleMinutes()).toEqual([480])
    await setEnd('idle_expires_at', '-1 second')
    expect(await kind(caller)).toBe('VISITOR')
    await setEnd('idle_expires_at', '1 hour')
    await setEnd('expires_at', '-1 second')
    expect(await kind(caller)).toBe('VISITOR')
  })

  it('moves on with use, but is written only once a tenth of the span is over', async () => {
    await forgetSessions()
    const caller = await session()
    await setEnd('idle_expires_at', '440 minutes')
    await onFreshInstance(kind, caller)
    expect(await idleMinutes()).toEqual([440])
    await setEnd('idle_expires_at', '430 minutes')
    expect(await onFreshInstance(kind, caller)).toBe('PERSON')
    expect(await idleMinutes()).toEqual([480])
    // Never beyond the end that comes in any case.
    await setEnd('expires_at', '20 minutes')
    await setEnd('idle_expires_at', '10 minutes')
    await onFreshInstance(kind, caller)
    expect(await idleMinutes()).toEqual([20])
  })

  it('comes after 15 minutes on a shared device', async () => {
    await forgetSessions()
    const caller = await session()
    await world.sql.query('update auth_session set is_shared_device = true')
    await setEnd('idle_expires_at', '13 minutes')
    await onFreshInstance(kind, caller)
    expect(await idleMinutes()).toEqual([15])
  })

  it('does not move once it has come', async () => {
    await forgetSessions()
    await session()
    await setEnd('idle_expires_at', '-1 second')
    const hash = (await world.sql.query('select token_hash from auth_session')).rows[0].token_hash
    await world.sql.query('select keep_session($1, 28800, 900)', [hash])
    expect(await idleMinutes()).toEqual([-0])
  })

  it('comes at once for who has no role any more; the row goes by housekeeping', async () => {
    await forgetSessions()
    await world.account('leaver', { home: 'MANAGER' })
    const [leaver, ada, idle, over] = [
      await session('leaver'),
      await session(),
      await session('eve'),
      await session('eve'),
    ]
    const idOf = async (caller: Caller) => (await sessionsOf(caller))[0]!.id
    const [idleId, overId] = [await idOf(idle), await idOf(over)]
    await world.sql.query(
      `delete from role_assignment where account_id = (select id from account where user_name = 'leaver')`,
    )
    expect(await kind(leaver)).toBe('VISITOR')
    await world.sql.query('update auth_session set idle_expires_at = now() where id = $1', [idleId])
    await world.sql.query('update auth_session set expires_at = now() where id = $1', [overId])
    // A new instance does the chores as it starts.
    const other = await createApi({ appUrl: world.appUrl, logLevel: 'silent' })
    await other.close()
    const { rows } = await world.sql.query(
      'select user_name from auth_session join account on account.id = account_id',
    )
    expect(rows).toEqual([{ user_name: 'ada' }])
    expect(await kind(ada)).toBe('PERSON')
  })
})

describe('the cookie', () => {
  const overHttps = { 'x-forwarded-proto': 'https' }

  it('behind https counts only with the prefix that no other host can set', async () => {
    const token = (await signIn()).sessionToken
    const [plain, prefixed] = [`session=${token}`, `__Host-session=${token}`]
    const kindBy = (cookie: string, headers = {}) =>
      kind(new Caller(world.api, { cookie }), headers)
    expect(await kindBy(plain)).toBe('PERSON')
    expect(await kindBy(prefixed)).toBe('PERSON')
    expect(await kindBy(prefixed, overHttps)).toBe('PERSON')
    for (const planted of [
      plain,
      `\u00a0__Host-session=${token}`,
      `x__Host-session=${token}`,
      `__host-session=${token}`,
      `a="b; c"; session=${token}`,
    ])
      expect([planted, await kindBy(planted, overHttps)]).toEqual([planted, 'VISITOR'])
    expect(await kindBy(plain, { 'x-forwarded-proto': 'https, http' })).toBe('VISITOR')
    expect(await kindBy(`${plain}; __Host-session=${'B'.repeat(43)}`)).toBe('VISITOR')
  })
})
