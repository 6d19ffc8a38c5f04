import { Pool } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApi } from '#api/index.ts'
import { networkOf } from '#modules/identity/throttle.ts'
import { createWorld, type World } from '#test/world.ts'

let world: World

beforeAll(async () => {
  world = await createWorld()
})

afterAll(() => world.close())

beforeEach(() => world.sql.query('delete from attempt_budget'))

describe('networkOf', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::1', '0:0:0:0'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:DB8:0001:2::9', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['', ''],
  ])('takes %s for %s', (address, network) => expect(networkOf(address)).toBe(network))
})

describe('the address of a caller', () => {
  /** How often each budget was used, after one guess with each header. */
  async function guessOverHttp(trustedProxies: number, forwarded: string[]): Promise<number[]> {
    const api = await createApi({ appUrl: world.appUrl, logLevel: 'silent', trustedProxies })
    const origin = await api.app.listen({ port: 0, host: '127.0.0.1' })
    for (const value of forwarded)
      await fetch(`${origin}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': value },
        body: JSON.stringify({
          query: `mutation { signIn(input: { userName: "ada", password: "x" }) { sessionToken } }`,
        }),
      })
    await api.close()
    const { rows } = await world.sql.query<{ used: number }>(
      'select cardinality(taken_at) as used from attempt_budget order by 1',
    )
    return rows.map(({ used }) => used)
  }

  it('is that of the connection, whatever the caller claims', async () => {
    expect(await guessOverHttp(0, ['198.51.100.1', '198.51.100.2'])).toEqual([2, 2])
  })

  it('is what the trusted proxy saw, whatever the caller put before it', async () => {
    expect(await guessOverHttp(1, ['1.1.1.1, 198.51.100.1', '2.2.2.2, 198.51.100.1'])).toEqual([
      2, 2,
    ])
  })

  it('differs where the trusted proxy saw two', async () => {
    expect(await guessOverHttp(1, ['1.1.1.1, 198.51.100.1', '1.1.1.1, 198.51.100.2'])).toEqual([
      1, 1, 2,
    ])
  })
})

describe('take_attempt', () => {
  it('lets so many through and says when the next may come', async () => {
    const pool = new Pool({ connectionString: world.appUrl, max: 8 })
    const take = async () => {
      const { rows } = await pool.query<{ seconds: number }>(
        `select take_attempt('\\x01', 5, 60) as seconds`,
      )
      return rows[0]!.seconds
    }
    const taken = await Promise.all(Array.from({ length: 20 }, take))
    expect(taken.filter((seconds) => seconds === 0)).toHaveLength(5)
    for (const seconds of taken.filter(Boolean)) expect(seconds).toBeLessThanOrEqual(60)
    await pool.query(`select give_attempt_back('\\x01')`)
    expect(await take()).toBe(0)
    expect(await take()).toBeGreaterThan(50)
    await pool.end()
  })

  it('is not for the app to look into', async () => {
    const { rows } = await world.sql.query(
      `select has_table_privilege('netzwerkdiakonie_app', 'attempt_budget', 'select, insert, update, delete') as may`,
    )
    expect(rows).toEqual([{ may: false }])
  })
})
