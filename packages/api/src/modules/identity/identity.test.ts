import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createToken } from '#api/index.ts'
import { roles } from '#modules/identity/role-assignment.entity.ts'
import {
  ActForDocument,
  DemoAccountsDocument,
  OrganisationsDocument,
  PostProblemDocument,
  ProblemDocument,
  SignInDocument,
  SignOutDocument,
  ViewerDocument,
} from '#test/__generated__/operations.ts'
import { faultsOf, topLevelCode } from '#test/refusals.ts'
import { Caller, createWorld, type World } from '#test/world.ts'

let world: World
let password: string

beforeAll(async () => {
  world = await createWorld()
  await world.organisation('first')
  await world.organisation('second')
  await world.organisation('third')
  ;({ password } = await world.account('ada', { first: 'EDITOR', second: 'PRACTITIONER' }))
})

afterAll(() => world.close())

const signIn = async (userName: string, given = password) =>
  (await world.visitor.run(SignInDocument, { input: { userName, password: given } })).signIn

async function session(userName = 'ada'): Promise<Caller> {
  const { sessionToken } = await signIn(userName)
  return new Caller(world.api, { cookie: `theme=dark; session=${sessionToken}; other=1` })
}

const viewer = async (caller: Caller) => (await caller.run(ViewerDocument)).viewer
const nobody = {
  kind: 'VISITOR',
  name: null,
  organisation: null,
  roles: [],
  scopes: [],
  viewerCanContribute: false,
  viewerCanRelease: false,
}
const post = { input: { title: 'Wer?', fieldsOfWork: ['elder-care'] } }

describe('signIn', () => {
  it('opens a session for a person with roles', async () => {
    expect(await viewer(world.visitor)).toEqual(nobody)
    const opened = await signIn('ada')
    expect(opened).toMatchObject({ userErrors: [], viewer: { name: 'ada', kind: 'PERSON' } })
    expect(opened.sessionToken).toMatch(/^[\w-]{43}$/)
    expect(await viewer(await session())).toEqual({
      kind: 'PERSON',
      name: 'ada',
      organisation: { code: 'first' },
      roles: expect.toSatisfy((held) => held.length === 2),
      scopes: [],
      viewerCanContribute: true,
      viewerCanRelease: true,
    })
  })

  it.each(['ada', 'ADA', '  Ada '])('takes the user name %j', async (userName) => {
    expect((await signIn(userName)).viewer?.name).toBe('ada')
  })

  it('answers a wrong password and an unknown name alike, byte for byte', async () => {
    await world.account('no-roles', {})
    const answerTo = (input: { userName: string; password: string }) =>
      world.visitor.send(SignInDocument, { input })
    const wrong = await answerTo({ userName: 'ada', password: 'falsch' })
    expect(wrong).toMatchObject({
      status: 200,
      data: { signIn: { sessionToken: null, viewer: null } },
    })
    expect(faultsOf(wrong.data!.signIn)).toEqual(['WRONG_CREDENTIALS password'])
    for (const input of [
      { userName: 'nobody', password: 'falsch' },
      { userName: 'nobody', password },
      { userName: 'no-roles', password },
      { userName: '', password: '' },
      { userName: 'ada', password: password.toUpperCase() },
      { userName: 'x'.repeat(5_000), password },
      { userName: 'ada', password: 'x'.repeat(5_000) },
    ])
      expect(await answerTo(input)).toEqual(wrong)
  })

  it('takes as long for an unknown name as for a wrong password', async () => {
    const timeOf = async (userName: string) => {
      const start = performance.now()
      await signIn(userName, 'falsch')
      return performance.now() - start
    }
    // The fastest of several: other work on the machine only ever makes it slower.
    const fastest = async (userName: string) => {
      const times: number[] = []
      for (let n = 0; n < 5; n++) times.push(await timeOf(userName))
      return Math.min(...times)
    }
    expect((await fastest('nobody')) / (await fastest('ada'))).toBeGreaterThan(0.3)
  })
})

describe('a session', () => {
  it('ends at sign-out, and only that one', async () => {
    const [here, there] = [await session(), await session()]
    const { signOut } = await here.run(SignOutDocument)
    expect(signOut.viewer.kind).toBe('VISITOR')
    expect(await viewer(here)).toEqual(nobody)
    const refused = await here.send(PostProblemDocument, post)
    expect([refused.status, topLevelCode(refused)]).toEqual([401, 'UNAUTHENTICATED'])
    expect((await viewer(there)).name).toBe('ada')
    expect((await world.visitor.run(SignOutDocument)).signOut.viewer.kind).toBe('VISITOR')
  })

  it('ends when its time is over', async () => {
    const caller = await session()
    await world.sql.query(`update auth_session set expires_at = now() + interval '1 minute'`)
    expect((await viewer(caller)).kind).toBe('PERSON')
    await world.sql.query(`update auth_session set expires_at = now() - interval '1 second'`)
    expect(await viewer(caller)).toEqual(nobody)
  })

  it('lasts 30 days', async () => {
    await session()
    const { rows } = await world.sql.query(
      `select max(expires_at) - now() between interval '29 days 23 hours' and interval '30 days' as fits
       from auth_session`,
    )
    expect(rows).toEqual([{ fits: true }])
  })

  it('that nobody has is a visitor’s', async () => {
    for (const cookie of ['session=nonsense', 'session=', "session=' or 1=1"])
      expect(await viewer(new Caller(world.api, { cookie }))).toEqual(nobody)
  })

  it('loses a role as soon as it is taken', async () => {
    await world.account('leaver', { third: 'MANAGER' })
    const caller = await session('leaver')
    expect((await viewer(caller)).viewerCanContribute).toBe(true)
    await world.sql.query(
      `delete from role_assignment where account_id = (select id from account where user_name = 'leaver')`,
    )
    expect(await viewer(caller)).toEqual(nobody)
  })
})

describe('actFor', () => {
  async function idOf(code: string): Promise<string> {
    const { organisations } = await world.visitor.run(OrganisationsDocument, {
      filter: { query: `Organisation ${code}` },
    })
    return organisations.edges[0]!.node.id
  }

  it('is not for visitors and tokens', async () => {
    const input = { organisationId: await idOf('second') }
    for (const caller of [world.visitor, await world.token('second')]) {
      const refused = await caller.send(ActForDocument, { input })
      expect([refused.status, topLevelCode(refused)]).toEqual([401, 'UNAUTHENTICATED'])
    }
  })

  it('chooses one of the own organisations, for this session alone', async () => {
    const [caller, elsewhere] = [await session(), await session()]
    const { actFor } = await caller.run(ActForDocument, {
      input: { organisationId: await idOf('second') },
    })
    expect(actFor).toMatchObject({ userErrors: [], viewer: { organisation: { code: 'second' } } })
    expect(await viewer(caller)).toMatchObject({
      organisation: { code: 'second' },
      viewerCanContribute: true,
      viewerCanRelease: false,
    })
    expect((await viewer(elsewhere)).organisation).toEqual({ code: 'first' })
    const { postProblem } = await caller.run(PostProblemDocument, post)
    const { problem } = await elsewhere.run(ProblemDocument, { id: postProblem.problem!.id })
    expect(problem).toMatchObject({ organisation: { code: 'second' }, viewerCanUpdate: false })
  })

  it('refuses foreign and unknown organisations alike', async () => {
    const caller = await session()
    for (const organisationId of [await idOf('third'), 'nonsense']) {
      const { actFor } = await caller.run(ActForDocument, { input: { organisationId } })
      expect(actFor.viewer).toBeNull()
      expect(faultsOf(actFor)).toEqual(['NOT_FOUND organisationId'])
    }
    expect((await viewer(caller)).organisation).toEqual({ code: 'first' })
  })
})

describe('a token', () => {
  it('acts as its organisation with its scopes', async () => {
    expect(await viewer(await world.token('first', ['read']))).toEqual({
      ...nobody,
      kind: 'SERVICE_ACCOUNT',
      name: 'Kommandozeile',
      organisation: { code: 'first' },
      scopes: ['READ'],
    })
    expect(await viewer(await world.token('second', ['WRITE']))).toMatchObject({
      scopes: ['READ', 'WRITE'],
      viewerCanContribute: true,
      viewerCanRelease: false,
    })
  })

  it('that is expired, unknown or no token at all is refused, even where visitors may read', async () => {
    const valid = await createToken({ url: world.url, organisation: 'third', scopes: [] })
    expect(await viewer(new Caller(world.api, { authorization: `bearer ${valid}` }))).toMatchObject(
      { name: 'Kommandozeile' },
    )
    await world.sql.query(
      `update api_token set expires_at = now() - interval '1 second'
       where organisation_id = (select id from organisation where code = 'third')`,
    )
    const mistyped = valid.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
    const headers = [valid, mistyped, '', 'nwd_', 'x'].map((token) => `Bearer ${token}`)
    for (const authorization of [...headers, `Basic ${valid}`, valid, '']) {
      const refused = await new Caller(world.api, { authorization }).send(ViewerDocument)
      expect([authorization, refused.status, topLevelCode(refused)]).toEqual([
        authorization,
        401,
        'UNAUTHENTICATED',
      ])
      expect(refused.data).toBeNull()
    }
  })

  it('goes before a session', async () => {
    const { sessionToken } = await signIn('ada')
    const token = await world.token('third', ['read'])
    const both = new Caller(world.api, { ...token.headers, cookie: `session=${sessionToken}` })
    expect((await viewer(both)).kind).toBe('SERVICE_ACCOUNT')
  })
})

describe('the database', () => {
  it('holds no secret in clear, in any column of any table', async () => {
    const { sessionToken } = await signIn('ada')
    const token = await createToken({ url: world.url, organisation: 'first', scopes: ['write'] })
    const { rows: columns } = await world.sql.query<{ table_name: string; column_name: string }>(
      `select table_name, column_name from information_schema.columns where table_schema = 'public'`,
    )
    const holds = async (secret: string) => {
      const forms = [
        secret,
        Buffer.from(secret).toString('hex'),
        Buffer.from(secret, 'base64url').toString('hex'),
      ]
      for (const { table_name: table, column_name: column } of columns) {
        const { rows } = await world.sql.query(
          `select from ${table} where exists (
             select from unnest($1::text[]) form where position(form in ${column}::text) > 0)`,
          [forms],
        )
        if (rows.length > 0) return `${table}.${column}`
      }
      return null
    }
    for (const secret of [sessionToken!, token, token.slice(4, 44), password])
      expect(await holds(secret)).toBeNull()
    // The search finds what is there: the hash, and the name.
    const hash = createHash('sha256').update(sessionToken!).digest('hex')
    expect(await holds(hash)).toBe('auth_session.token_hash')
    expect(await holds('Kommandozeile')).toBe('api_token.name')
  })
})

describe('demo accounts', () => {
  it('are none without demo content', async () => {
    expect(await world.visitor.run(DemoAccountsDocument)).toEqual({ demoAccounts: [] })
  })

  it('all sign in, and show every role at work', async () => {
    const demo = await createWorld('demo')
    const { demoAccounts } = await demo.visitor.run(DemoAccountsDocument)
    expect(new Set(demoAccounts.map(({ role }) => role))).toEqual(new Set(roles))
    for (const { userName, password, role, organisation } of demoAccounts) {
      const { signIn } = await demo.visitor.run(SignInDocument, { input: { userName, password } })
      expect(signIn.viewer?.name).toBe(userName)
      const caller = new Caller(demo.api, { cookie: `session=${signIn.sessionToken}` })
      const { viewer } = await caller.run(ViewerDocument)
      expect(viewer.roles).toContainEqual({ role, organisation: { code: organisation.code } })
    }
    await demo.close()
  })
})
