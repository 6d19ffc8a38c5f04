import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectSingleSignOn } from '#api/index.ts'
import { startForgingProvider } from '#test/forging-provider.ts'
import { StartSingleSignOnDocument } from '#test/__generated__/operations.ts'
import { clientCredentials, type RunningProvider, startProvider } from '#test/provider.ts'
import { faultsOf } from '#test/refusals.ts'
import { Caller, createWorld, type World } from '#test/world.ts'

let world: World
let provider: RunningProvider
let other: RunningProvider

const inAssociation = {
  ...clientCredentials,
  organisation: 'verband',
  domains: ['verband.example'],
  scope: 'openid profile organisation',
  organisationClaim: 'organisation',
  roleClaim: 'roles',
  roles: { Leitung: 'MANAGER' },
}

beforeAll(async () => {
  world = await createWorld()
  await world.association('verband')
  await world.association('anderer')
  await world.organisation('fremd', { associations: ['anderer'] })
  await world.organisation('haus')
  provider = await startProvider({})
  other = await startProvider({})
  await connectSingleSignOn(world.url, { ...inAssociation, issuer: provider.issuer })
  await connectSingleSignOn(world.url, {
    ...clientCredentials,
    issuer: other.issuer,
    organisation: 'haus',
    domains: ['haus.example'],
    defaultRole: 'PRACTITIONER',
  })
})

afterAll(async () => {
  await provider.close()
  await other.close()
  await world.close()
})

describe('connecting a provider', () => {
  const connect = (change: object) =>
    connectSingleSignOn(world.url, { ...inAssociation, issuer: provider.issuer, ...change })

  it.each<[object, RegExp]>([
    [
      { issuer: undefined, clientId: '' },
      /„clientId“ muss ein Text sein.*\n?.*„issuer“ fehlt|„issuer“ fehlt/s,
    ],
    [{ issuer: 'http://login.example' }, /„issuer“ muss eine Adresse mit https sein/],
    [{ issuer: 'https://login.example/?x' }, /„issuer“ muss eine Adresse mit https sein/],
    [{ domains: ['kein Name'] }, /„domains“ muss eine Liste von Domains sein/],
    [{ roles: { Leitung: 'CHEF' } }, /Die Rolle „CHEF“ gibt es nicht/],
    [{ roles: undefined }, /Es fehlt, welche Rolle jemand bekommt/],
    [{ organisationBy: 'domain' }, /gehört „organisations“/],
    [
      { organisationBy: 'domain', organisations: { 'f.example': 'fremd' } },
      /„fremd“ gehört nicht zu „verband“/,
    ],
    [{ scope: 'profile' }, /„scope“ muss openid enthalten/],
    [{ scope: 'openid groups' }, /Der Anbieter kann „groups“ nicht/],
    [{ geheim: 1 }, /„geheim“ gibt es nicht/],
    [{ organisation: 'nirgends' }, /keine Organisation mit dem Kürzel „nirgends“/],
    [{ organisation: 'anderer' }, /gehört schon zu einer anderen Organisation/],
    [{ domains: ['haus.example'] }, /Die Domain „haus.example“ führt schon/],
    [{ issuer: 'http://127.0.0.1:1' }, /antwortet kein Anbieter/],
  ])('refuses %j in plain words', async (change, words) => {
    const before = await world.sql.query(
      'select single_sign_on::text from single_sign_on order by 1',
    )
    await expect(connect(change)).rejects.toThrow(words)
    const after = await world.sql.query(
      'select single_sign_on::text from single_sign_on order by 1',
    )
    expect(after.rows).toEqual(before.rows)
  })

  it('refuses one that calls itself by another name', async () => {
    const liar = await startForgingProvider()
    liar.forgery.issuer = 'https://evil.example'
    await expect(connect({ issuer: liar.issuer, domains: ['neu.example'] })).rejects.toThrow(
      /antwortet kein Anbieter, der sich/,
    )
    await liar.close()
  })
})

describe('a provider that cannot be reached', () => {
  it('is told so when somebody signs in, and found again afterwards', async () => {
    const gone = await startForgingProvider()
    await connectSingleSignOn(world.url, {
      ...clientCredentials,
      issuer: gone.issuer,
      organisation: 'haus',
      domains: ['weg.example'],
      defaultRole: 'PRACTITIONER',
    })
    const fresh = new Caller(world.api, {})
    const ask = async () => {
      // Another secret is another client: nothing of before is known of it.
      const input = { addressOrDomain: 'weg.example' }
      return (await fresh.run(StartSingleSignOnDocument, { input })).startSingleSignOn
    }
    const asked = gone.asked()
    expect(faultsOf(await ask())).toEqual([])
    expect(faultsOf(await ask())).toEqual([])
    // Kept from when it was connected.
    expect(gone.asked()).toBe(asked)
    await gone.close()
    const other = await startForgingProvider()
    await other.close()
    await world.sql.query('update single_sign_on set issuer = $1 where issuer = $2', [
      other.issuer,
      gone.issuer,
    ])
    expect(faultsOf(await ask())).toEqual(['SINGLE_SIGN_ON_UNAVAILABLE addressOrDomain'])
  })
})
