import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { startPostgres } from '@netzwerkdiakonie/postgres'
import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { freePort, newFolder, run } from '../test/product.ts'

/** Starts the product and expects it to refuse with one sentence and nothing else. */
async function expectRefusal(environment: Record<string, string>, sentence: RegExp): Promise<void> {
  const product = run('main', { PORT: '0', ...environment })
  expect(await product.ended).toBe(1)
  const lines = product.stderr().trim().split('\n')
  expect(lines).toEqual([expect.stringMatching(sentence)])
  expect(lines[0]).toMatch(/\.$|;$/)
}

async function occupy(host: string): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  onTestFinished(() => void server.close())
  return (server.address() as { port: number }).port
}

test('a mistake in the environment', async () => {
  await expectRefusal({ PORT: 'abc' }, /^PORT „abc“ ist nicht möglich/)
})

test.each(['127.0.0.1', '::1'])(
  'a port in use on %s, told before a database exists',
  async (host) => {
    const DATA_DIR = join(newFolder(), 'data')
    const PORT = String(await occupy(host))
    await expectRefusal({ DATA_DIR, PORT }, new RegExp(`^Port ${PORT} ist schon belegt;.*PORT=`))
    expect(existsSync(DATA_DIR)).toBe(false)
  },
)

test('an address that is not of this machine', async () => {
  await expectRefusal({ HOST: '203.0.113.1' }, /^203\.0\.113\.1 ist keine Adresse dieses Rechners/)
})

test('a data folder with files of somebody else', async () => {
  const DATA_DIR = newFolder()
  writeFileSync(join(DATA_DIR, 'thesis.odt'), '')
  await expectRefusal({ DATA_DIR }, /enthält fremde Dateien/)
  expect(readdirSync(DATA_DIR)).toEqual(['thesis.odt'])
})

test('data of another PostgreSQL version', async () => {
  const DATA_DIR = newFolder()
  mkdirSync(join(DATA_DIR, 'postgres'))
  writeFileSync(join(DATA_DIR, 'postgres-password'), 'x')
  writeFileSync(join(DATA_DIR, 'postgres', 'PG_VERSION'), '17\n')
  await expectRefusal({ DATA_DIR }, /stammen von PostgreSQL 17/)
})

test('a database server that does not answer', async () => {
  const DATABASE_URL = `postgresql://anna:geheim@127.0.0.1:${await freePort()}/netzwerkdiakonie`
  await expectRefusal({ DATABASE_URL }, /^Der Datenbankserver 127\.0\.0\.1:\d+ .* nicht erreichbar/)
  const unknown = 'postgresql://anna:geheim@db.invalid/netzwerkdiakonie'
  await expectRefusal(
    { DATABASE_URL: unknown },
    /^Der Datenbankserver db\.invalid:5432 .* nicht erreichbar/,
  )
})

test('a login that the database server refuses or that may not do enough', async () => {
  const dataDir = join(newFolder(), 'data')
  const postgres = await startPostgres({ dataDir, durable: false, log: () => {} })
  onTestFinished(() => postgres.stop())
  const client = new Client(postgres.url)
  await client.connect()
  await client.query(`create role weak login password 'pw'`)
  await client.query(`create role maker login createrole password 'pw'`)
  await client.end()
  const login = (username: string, password: string, database = 'netzwerkdiakonie') =>
    Object.assign(new URL(postgres.url), { username, password, pathname: `/${database}` }).href

  const cases: [string, RegExp][] = [
    [
      login('weak', 'wrong'),
      /weist den Anmeldenamen „weak“ ab; prüfen Sie Anmeldename und Passwort/,
    ],
    [login('weak', 'pw', 'missing'), /gibt es keine Datenbank „missing“; legen Sie sie an/],
    [login('weak', 'pw'), /„weak“ aus DATABASE_URL darf keine Rollen anlegen/],
    [login('maker', 'pw'), /„maker“ aus DATABASE_URL gehört die Datenbank nicht/],
  ]
  for (const [DATABASE_URL, sentence] of cases) await expectRefusal({ DATABASE_URL }, sentence)
})

test('a login of the product that row security would not bind', async () => {
  const dataDir = join(newFolder(), 'data')
  const postgres = await startPostgres({ dataDir, durable: false, log: () => {} })
  onTestFinished(() => postgres.stop())
  const DATABASE_URL = `${postgres.url}?application_name=unsafe`
  await expectRefusal({ DATABASE_URL }, /mehr lesen könnte, als sie darf \(login is a superuser\)/)
})
