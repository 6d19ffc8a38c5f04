import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connectSingleSignOn, removeSingleSignOn, switchSingleSignOn } from '#api/index.ts'
import { type Forgery, startForgingProvider } from '#test/forging-provider.ts'
import {
  FinishSingleSignOnDocument,
  StartPasskeyRegistrationDocument,
  StartSingleSignOnDocument,
  ViewerDocument,
} from '#test/__generated__/operations.ts'
import {
  clientCredentials,
  type RunningProvider,
  signInAtProvider,
  startProvider,
} from '#test/provider.ts'
import { faultsOf } from '#test/refusals.ts'
import { Caller, createWorld, type World } from '#test/world.ts'

let world: World
let provider: RunningProvider
let forger: Awaited<ReturnType<typeof startForgingProvider>>

const inAssociation = {
  ...clientCredentials,
  organisation: 'verband',
  domains: ['verband.example', 'eins.example'],
  scope: 'openid profile organisation',
  organisationClaim: 'organisation',
  roleClaim: 'roles',
  roles: { Leitung: 'MANAGER', Fachkraft: 'PRACTITIONER' },
}

beforeAll(async () => {
  world = await createWorld()
  await world.association('verband')
  await world.association('anderer')
  await world.organisation('eins', { associations: ['verband'] })
  await world.organisation('zwei', { associations: ['verband'] })
  await world.organisation('fremd', { associations: ['anderer'] })
  await world.organisation('haus')
  provider = await startProvider({})
  forger = await startForgingProvider()
  await connectSingleSignOn(world.url, { ...inAssociation, issuer: provider.issuer })
  await connectSingleSignOn(world.url, {
    ...clientCredentials,
    issuer: forger.issuer,
    organisation: 'haus',
    domains: ['haus.example'],
    defaultRole: 'PRACTITIONER',
  })
})

beforeEach(() => {
  for (const name of Object.keys(forger.forgery)) delete forger.forgery[name as keyof Forgery]
})

afterAll(async () => {
  await provider.close()
  await forger.close()
  await world.close()
})

async function start(addressOrDomain = 'verband.example') {
  const input = { addressOrDomain }
  return (await world.visitor.run(StartSingleSignOnDocument, { input })).startSingleSignOn
}

async function finish(state: string, query: string) {
  const input = { state, query }
  return (await world.visitor.run(FinishSingleSignOnDocument, { input })).finishSingleSignOn
}

async function signIn(login: string) {
  const { location, state } = await start()
  return finish(state!, await signInAtProvider(location!, login))
}

const sessionOf = (sessionToken: string | null | undefined) =>
  new Caller(world.api, { cookie: `session=${sessionToken}` })

async function count(table: string): Promise<number> {
  const { rows } = await world.sql.query(`select count(*)::int as count from ${table}`)
  return rows[0].count
}

describe('signing in through a provider', () => {
  it('makes an account with the role that the provider gives, once', async () => {
    provider.people['anna'] = { name: ' Anna  Alt ', organisation: 'eins', roles: ['Fachkraft'] }
    const accounts = await count('account')
    const [first] = await Promise.all([signIn('anna'), signIn('anna')])
    expect(first).toMatchObject({
      userErrors: [],
      viewer: {
        name: 'Anna Alt',
        kind: 'PERSON',
        roles: [{ role: 'PRACTITIONER', organisation: { code: 'eins' } }],
      },
    })
    expect((await signIn('anna')).viewer).toEqual(first?.viewer)
    expect(await count('account')).toBe(accounts + 1)
    const { rows } = await world.sql.query(
      `select user_name, password_hash, method from account
       join auth_session on auth_session.account_id = account.id where display_name = 'Anna Alt'`,
    )
    expect(rows).toHaveLength(3)
    expect(rows[0]).toEqual({ user_name: null, password_hash: null, method: 'SINGLE_SIGN_ON' })
    const log = await world.sql.query(
      `select details from audit_entry join organisation on organisation.id = organisation_id
       where code = 'eins' and action = 'SIGN_ON_LINKED'`,
    )
    expect(log.rows).toEqual([{ details: { before: null, after: 'PRACTITIONER' } }])
  })

  it('asks with PKCE, state and nonce, new each time, and comes back to this host', async () => {
    const one = new URL((await start(' Eva@EINS.example ')).location!)
    const other = new URL((await start()).location!)
    expect(one.origin).toBe(provider.issuer)
    expect(Object.fromEntries(one.searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: 'http://localhost/anmelden/zurueck',
      scope: 'openid profile organisation',
    })
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(one.searchParams.get(name)?.length).toBeGreaterThan(40)
      expect(one.searchParams.get(name)).not.toBe(other.searchParams.get(name))
    }
    expect(one.search).not.toMatch(/eva/i)
  })

  it('says plainly where none is connected', async () => {
    for (const nowhere of ['nirgends.example', 'eva@nirgends.example', 'x', '', "'; drop table"])
      expect(faultsOf(await start(nowhere))).toEqual(['SINGLE_SIGN_ON_UNKNOWN addressOrDomain'])
  })

  it('follows what the provider says now', async () => {
    provider.people['bea'] = { name: 'Bea', organisation: 'eins', roles: ['Fachkraft'] }
    const { sessionToken } = await signIn('bea')
    provider.people['bea'] = { name: 'Bea', organisation: ['eins', 'zwei'], roles: ['Leitung'] }
    const promoted = await signIn('bea')
    expect(promoted.viewer?.roles).toHaveLength(2)
    expect(promoted.viewer?.roles.every(({ role }) => role === 'MANAGER')).toBe(true)
    provider.people['bea'] = { name: 'Bea', organisation: 'zwei', roles: ['Leitung'] }
    const moved = await signIn('bea')
    expect(moved.viewer?.roles).toEqual([{ role: 'MANAGER', organisation: { code: 'zwei' } }])
    provider.people['bea'] = { name: 'Bea', roles: ['Leitung'] }
    expect(faultsOf(await signIn('bea'))).toEqual(['SINGLE_SIGN_ON_UNMAPPED'])
    // What was open before is a visitor's now.
    for (const token of [sessionToken, promoted.sessionToken, moved.sessionToken])
      expect((await sessionOf(token).run(ViewerDocument)).viewer.kind).toBe('VISITOR')
  })

  it('leaves roles alone that people gave', async () => {
    provider.people['cora'] = { name: 'Cora', organisation: 'eins', roles: ['Fachkraft'] }
    await signIn('cora')
    await world.sql.query(
      `insert into role_assignment (account_id, organisation_id, role)
       select account.id, organisation.id, 'EDITOR' from account, organisation
       where display_name = 'Cora' and code = 'zwei'`,
    )
    provider.people['cora'] = { name: 'Cora', organisation: ['eins', 'zwei'], roles: ['Leitung'] }
    const both = await signIn('cora')
    const roles = Object.fromEntries(
      both.viewer!.roles.map(({ role, organisation }) => [organisation.code, role]),
    )
    expect(roles).toEqual({ eins: 'MANAGER', zwei: 'EDITOR' })
    provider.people['cora'] = { name: 'Cora', roles: [] }
    expect(faultsOf(await signIn('cora'))).toEqual(['SINGLE_SIGN_ON_UNMAPPED'])
    const { rows } = await world.sql.query(
      `select code from role_assignment join organisation on organisation.id = organisation_id
       where account_id = (select id from account where display_name = 'Cora')`,
    )
    expect(rows).toEqual([{ code: 'zwei' }])
  })

  it('stores nothing about whom it gives no role', async () => {
    provider.people['dora'] = { name: 'Dora', organisation: 'eins', roles: ['Gast'] }
    const before = await Promise.all(['account', 'federated_identity', 'auth_session'].map(count))
    expect(faultsOf(await signIn('dora'))).toEqual(['SINGLE_SIGN_ON_UNMAPPED'])
    expect(await Promise.all(['account', 'federated_identity', 'auth_session'].map(count))).toEqual(
      before,
    )
  })

  it('lets nobody make a way around the provider', async () => {
    provider.people['emma'] = { name: 'Emma', organisation: 'eins', roles: ['Fachkraft'] }
    const { sessionToken } = await signIn('emma')
    const done = await sessionOf(sessionToken).run(StartPasskeyRegistrationDocument)
    expect(faultsOf(done.startPasskeyRegistration)).toEqual(['MANAGED_BY_PROVIDER'])
  })
})

describe('a provider', () => {
  it('gives no role beyond its organisation and the members of its association today', async () => {
    provider.people['fee'] = {
      name: 'Fee',
      organisation: ['fremd', 'anderer', 'haus', 'nirgends'],
      roles: ['Leitung'],
    }
    const accounts = await count('account')
    expect(faultsOf(await signIn('fee'))).toEqual(['SINGLE_SIGN_ON_UNMAPPED'])
    expect(await count('account')).toBe(accounts)
    provider.people['fee'] = { ...provider.people['fee'], organisation: ['fremd', 'eins'] }
    expect((await signIn('fee')).viewer?.roles).toEqual([
      { role: 'MANAGER', organisation: { code: 'eins' } },
    ])
    const membership = `update membership set valid_until = $1
      where organisation_id = (select id from organisation where code = 'eins')`
    await world.sql.query(membership, ['2026-01-01'])
    expect(faultsOf(await signIn('fee'))).toEqual(['SINGLE_SIGN_ON_UNMAPPED'])
    await world.sql.query(membership, [null])
  })

  it('opens nothing for whom people gave a role elsewhere, and ends what was open', async () => {
    provider.people['gesa'] = { name: 'Gesa', organisation: 'eins', roles: ['Fachkraft'] }
    const { sessionToken } = await signIn('gesa')
    const grant = `insert into role_assignment (account_id, organisation_id, role)
      select account.id, organisation.id, 'EDITOR' from account, organisation
      where display_name = 'Gesa' and code = $1`
    await world.sql.query(grant, ['zwei'])
    expect((await sessionOf(sessionToken).run(ViewerDocument)).viewer.kind).toBe('PERSON')
    await world.sql.query(grant, ['fremd'])
    expect((await sessionOf(sessionToken).run(ViewerDocument)).viewer.kind).toBe('VISITOR')
    expect(faultsOf(await signIn('gesa'))).toEqual(['SINGLE_SIGN_ON_BEYOND'])
  })

  it('does not take over accounts by name, not even of its own organisations', async () => {
    await world.account('hanna', { eins: 'EDITOR' })
    provider.people['hanna'] = {
      name: 'hanna',
      preferred_username: 'hanna',
      email: 'hanna@eins.example',
      organisation: 'eins',
      roles: ['Fachkraft'],
    }
    expect((await signIn('hanna')).viewer?.roles).toEqual([
      { role: 'PRACTITIONER', organisation: { code: 'eins' } },
    ])
  })

  it('means another person than another provider does by the same word', async () => {
    provider.people['eva'] = { name: 'Eva V', organisation: 'eins', roles: ['Fachkraft'] }
    await signIn('eva')
    const { location, state } = await start('haus.example')
    const done = await finish(state!, forger.approve(location!))
    expect(done.viewer?.roles).toEqual([{ role: 'PRACTITIONER', organisation: { code: 'haus' } }])
  })

  it('ends with all that hangs on it when it is switched off or removed', async () => {
    const other = await startProvider({ ina: { name: 'Ina' } })
    const file = {
      ...clientCredentials,
      issuer: other.issuer,
      organisation: 'haus',
      domains: ['anbau.example'],
      defaultRole: 'PRACTITIONER',
    }
    await connectSingleSignOn(world.url, file)
    const open = async () => {
      const { location, state } = await start('anbau.example')
      return finish(state!, await signInAtProvider(location!, 'ina'))
    }
    const first = await open()
    expect(first.viewer?.name).toBe('Ina')
    const pending = await start('anbau.example')
    const query = await signInAtProvider(pending.location!, 'ina')
    await switchSingleSignOn(world.url, other.issuer, false)
    expect((await sessionOf(first.sessionToken).run(ViewerDocument)).viewer.kind).toBe('VISITOR')
    expect(faultsOf(await start('anbau.example'))).toEqual([
      'SINGLE_SIGN_ON_UNKNOWN addressOrDomain',
    ])
    expect(faultsOf(await finish(pending.state!, query))).toEqual(['SINGLE_SIGN_ON_REFUSED'])
    await switchSingleSignOn(world.url, other.issuer, true)
    const second = await open()
    await removeSingleSignOn(world.url, other.issuer)
    expect((await sessionOf(second.sessionToken).run(ViewerDocument)).viewer.kind).toBe('VISITOR')
    const { rows } = await world.sql.query(
      `select from role_assignment where account_id = (select id from account where display_name = 'Ina')`,
    )
    expect(rows).toEqual([])
    await other.close()
  })

  it('keeps its secret out of the database', async () => {
    const { rows } = await world.sql.query(
      'select single_sign_on::text as text from single_sign_on',
    )
    expect(rows.length).toBeGreaterThan(1)
    for (const { text } of rows) expect(text).not.toContain('Geheimnis')
  })
})

describe('an answer', () => {
  const answered = async (forgery: Forgery, change = (query: URLSearchParams) => query) => {
    const { location, state } = await start('haus.example')
    Object.assign(forger.forgery, forgery)
    const query = change(new URLSearchParams(forger.approve(location!)))
    return faultsOf(await finish(state!, query.toString()))
  }
  const replaced = (name: string, value: string) => (query: URLSearchParams) => {
    query.set(name, value)
    return query
  }
  const now = Math.floor(Date.now() / 1000)

  it('that fits opens a session', async () => {
    expect(await answered({})).toEqual([])
  })

  it.each<[string, Forgery]>([
    ['with another nonce', { claims: { nonce: 'another' } }],
    ['without a nonce', { claims: { nonce: undefined } }],
    ['of another issuer', { claims: { iss: 'https://evil.example' } }],
    ['for another client', { claims: { aud: 'another-client' } }],
    [
      'for several clients, of which it names another',
      { claims: { aud: ['a', 'netzwerkdiakonie'], azp: 'a' } },
    ],
    ['that has expired', { claims: { exp: now - 3_600, iat: now - 7_200 } }],
    ['without an end', { claims: { exp: undefined } }],
    ['that names nobody', { claims: { sub: undefined } }],
    ['signed with another key', { hasWrongKey: true }],
    ['without a signature', { isUnsigned: true }],
    [
      'without an ID token',
      { breaks: { path: /token/, body: '{"access_token":"x","token_type":"bearer"}' } },
    ],
  ])('%s is refused', async (_, forgery) => {
    expect(await answered(forgery)).toEqual(['SINGLE_SIGN_ON_REFUSED'])
  })

  it.each<[string, (query: URLSearchParams) => URLSearchParams]>([
    ['with another state', replaced('state', 'another')],
    ['from another issuer: a mix-up', replaced('iss', 'https://evil.example')],
    ['that says no', () => new URLSearchParams({ error: 'access_denied' })],
    ['that is empty', () => new URLSearchParams()],
  ])('%s is refused', async (_, change) => {
    expect(await answered({}, change)).toEqual(['SINGLE_SIGN_ON_REFUSED'])
  })

  it('counts once, in the browser that asked, and at the provider that was asked', async () => {
    provider.people['jana'] = { name: 'Jana', organisation: 'eins', roles: ['Fachkraft'] }
    const mine = await start()
    const query = await signInAtProvider(mine.location!, 'jana')
    // Somebody else's browser, which was led here with that code.
    const theirs = await start()
    expect(faultsOf(await finish(theirs.state!, query))).toEqual(['SINGLE_SIGN_ON_REFUSED'])
    const elsewhere = await start('haus.example')
    expect(faultsOf(await finish(elsewhere.state!, query))).toEqual(['SINGLE_SIGN_ON_REFUSED'])
    expect(faultsOf(await finish(mine.state!, query))).toEqual([])
    expect(faultsOf(await finish(mine.state!, query))).toEqual(['CHALLENGE_EXPIRED'])
    for (const state of ['', 'nonsense'])
      expect(faultsOf(await finish(state, query))).toEqual(['CHALLENGE_EXPIRED'])
    // The code was taken before, even if somebody gets past all of this.
    const again = await start()
    const replayed = new URLSearchParams(query)
    replayed.set('state', new URL(again.location!).searchParams.get('state')!)
    expect(faultsOf(await finish(again.state!, replayed.toString()))).toEqual([
      'SINGLE_SIGN_ON_REFUSED',
    ])
  })

  it.each<[string, Forgery['breaks']]>([
    ['an error of its own', { path: /token/, status: 503 }],
    ['something else than JSON', { path: /token/, body: '<html>' }],
    [
      'that it does not know us',
      { path: /token/, status: 401, body: '{"error":"invalid_client"}' },
    ],
    ['nothing for too long', { path: /token/, delay: 8_000, body: '{}' }],
  ])('of a provider that answers %s is told as its outage', async (_, breaks) => {
    expect(await answered({ breaks: breaks! })).toEqual(['SINGLE_SIGN_ON_UNAVAILABLE'])
  })
})
