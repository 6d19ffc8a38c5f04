import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startPostgres } from '@netzwerkdiakonie/postgres'
import { expect, onTestFinished, test } from 'vitest'
import { newFolder, run } from '../test/product.ts'

async function start(environment: Record<string, string> = {}) {
  const DATA_DIR = join(newFolder(), 'data')
  const product = run('main', { PORT: '0', DATA_DIR, ...environment })
  const [, address = ''] = await product.printed(/Netzwerkdiakonie läuft: (http:\S+)/)
  return { ...product, address, dataDir: DATA_DIR }
}

const isRunning = (dataDir: string) => existsSync(join(dataDir, 'postgres', 'postmaster.pid'))

test('API and pages share one port, and the pages reach the API in the process', async () => {
  const { address, stdout } = await start({ DEMO_CONTENT: 'off' })
  for (const path of ['/graphql', '/graphql?query=1', '/live', '/ready', '/api', '/api/x'])
    expect(await (await fetch(address + path)).text()).toBe(`api ${path}`)
  for (const page of ['/', '/graphqlx', '/livestream', '/anmelden?x=/api'])
    expect(await (await fetch(address + page)).json()).toMatchObject({
      page,
      proto: 'http',
      protocolHeader: 'x-forwarded-proto',
      data: 'from the API',
    })
  expect((await fetch(`${address}/missing`)).status).toBe(404)
  expect((await fetch(`${address}/broken`)).status).toBe(500)
  expect(stdout()).toContain('demo content false')
  expect(stdout()).toMatch(/console in .*packages\/console\/dist/)
  expect(stdout()).toContain(`Anmelden: ${address}/anmelden. `)
})

test.each([
  ['https', 'https'],
  ['https, http', 'https'],
  ['http', 'http'],
  ['gopher://x', 'http'],
])('x-forwarded-proto %s reaches the pages as %s', async (forwarded, proto) => {
  const { address } = await start()
  const response = await fetch(address, { headers: { 'x-forwarded-proto': forwarded } })
  expect(await response.json()).toMatchObject({ proto })
})

test.each([
  ['0', '127.0.0.1'],
  ['1', '198.51.100.2'],
  ['2', '198.51.100.1'],
])('behind %s proxies the caller is %s, whatever it claims', async (hops, caller) => {
  const { address, stdout } = await start({ TRUSTED_PROXIES: hops })
  const headers = {
    'x-forwarded-for': '203.0.113.9, 198.51.100.1, 198.51.100.2',
    'x-client-address': '203.0.113.9',
  }
  expect(await (await fetch(address, { headers })).json()).toMatchObject({ address: caller })
  expect(await (await fetch(address)).json()).toMatchObject({ address: '127.0.0.1' })
  expect(stdout()).toContain(`trusted proxies ${hops}`)
})

test('each request has an id: a harmless one from outside, else a new one', async () => {
  const { address } = await start()
  const idFor = async (headers: Record<string, string>) => {
    const response = await fetch(address, { headers })
    const { id } = (await response.json()) as { id: string }
    expect(response.headers.get('x-request-id')).toBe(id)
    return id
  }
  expect(await idFor({ 'x-request-id': 'from-the-proxy-1' })).toBe('from-the-proxy-1')
  expect(await idFor({ 'x-request-id': 'evil"id}' })).toMatch(/^[0-9a-f-]{36}$/)
  expect(await idFor({})).not.toBe(await idFor({}))
})

test('SIGTERM lets the running request finish, then closes the API, then the database', async () => {
  const { address, child, ended, printed, stdout, dataDir } = await start()
  const slow = fetch(`${address}/graphql?slow`)
  await printed(/slow request/)
  child.kill('SIGTERM')
  await printed(/wird beendet/)
  await sleep(100)
  await expect(fetch(`${address}/live`)).rejects.toThrow()
  // Twice the same signal within moments is Ctrl-C passed on by npm, not impatience.
  child.kill('SIGTERM')
  expect(await (await slow).text()).toBe('api /graphql?slow')
  expect(await ended).toBe(0)
  expect(stdout()).toContain('api closed')
  expect(isRunning(dataDir)).toBe(false)
})

test('an idle kept-alive connection does not delay the end', async () => {
  const { address, child, ended } = await start()
  await (await fetch(address)).text() // fetch keeps its connection
  const silent = connect(Number(new URL(address).port), '127.0.0.1')
  silent.on('error', () => {})
  onTestFinished(() => void silent.destroy())
  await once(silent, 'connect')
  const begin = Date.now()
  child.kill('SIGINT')
  expect(await ended).toBe(0)
  expect(Date.now() - begin).toBeLessThan(5_000)
})

test('a second signal ends at once', async () => {
  const { address, child, ended, printed } = await start()
  const slow = fetch(`${address}/graphql?slow`).catch(() => 'cut off')
  await printed(/slow request/)
  child.kill('SIGINT')
  await sleep(1_100)
  child.kill('SIGINT')
  expect(await ended).toBe(130)
  expect(await slow).toBe('cut off')
})

test('the product ends with the process that started it, and keeps its data', async () => {
  const { child, ended, dataDir } = await start()
  child.disconnect() // what the kernel does when the bootstrap is killed
  expect(await ended).toBe(0)
  expect(isRunning(dataDir)).toBe(false)
})

test('DATABASE_URL replaces the embedded database', async () => {
  const outside = join(newFolder(), 'data')
  const postgres = await startPostgres({ dataDir: outside, durable: false, log: () => {} })
  onTestFinished(() => postgres.stop())
  const { address, dataDir } = await start({ DATABASE_URL: postgres.url })
  expect((await fetch(address)).status).toBe(200)
  expect(existsSync(dataDir)).toBe(false)
})
