import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newFolder, processesIn, query } from '../test/world.ts'
import { findRunningPostgres, startPostgres } from './index.ts'

const options = { durable: false, log: () => {} }

test('data survives a stop and a start', async () => {
  const dataDir = join(newFolder(), 'data')
  const first = await startPostgres({ ...options, dataDir })
  await query(first.url, 'create table kept as select 42 as answer')
  await first.stop()
  expect(processesIn(join(dataDir, 'postgres'))).toEqual([])

  const second = await startPostgres({ ...options, dataDir })
  expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
  await second.stop()
})

test('nobody else on the machine gets at the data', async () => {
  const dataDir = join(newFolder(), 'data')
  const postgres = await startPostgres({ ...options, dataDir })
  const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)
  expect(mode(dataDir)).toBe('700')
  expect(mode(join(dataDir, 'postgres-password'))).toBe('600')

  const wrong = new URL(postgres.url)
  wrong.password = 'wrong'
  await expect(query(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' })
  wrong.password = ''
  await expect(query(wrong.href, 'select 1')).rejects.toThrow()
  await postgres.stop()
})

test('the database is the same on every machine', async () => {
  const dataDir = join(newFolder(), 'data')
  const postgres = await startPostgres({ ...options, dataDir })
  const [row] = await query(
    postgres.url,
    `select current_database() as name, pg_encoding_to_char(encoding) as encoding,
      datlocprovider as provider, datlocale as locale, datcollate as collate,
      current_setting('lc_messages') as messages, current_setting('timezone') as zone,
      upper('ä') as upper
    from pg_database where datname = current_database()`,
  )
  expect(row).toEqual({
    name: 'netzwerkdiakonie',
    encoding: 'UTF8',
    provider: 'b',
    locale: 'C.UTF-8',
    collate: 'C',
    messages: 'C',
    zone: 'UTC',
    upper: 'Ä',
  })
  await postgres.stop()
})

test('only `durable: false` trades safety for speed', async () => {
  const dataDir = join(newFolder(), 'data')
  for (const [durable, fsync] of [
    [false, 'off'],
    [true, 'on'],
  ] as const) {
    const postgres = await startPostgres({ ...options, dataDir, durable })
    expect(await query(postgres.url, 'show fsync')).toEqual([{ fsync }])
    await postgres.stop()
  }
})

test('a running server is found, without taking it over', async () => {
  const dataDir = join(newFolder(), 'data')
  expect(findRunningPostgres(dataDir)).toBeUndefined()
  const postgres = await startPostgres({ ...options, dataDir })
  const found = findRunningPostgres(dataDir)
  expect(found).toMatchObject({ url: postgres.url, port: postgres.port })
  await found?.stop()
  expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }])
  await postgres.stop()
  expect(findRunningPostgres(dataDir)).toBeUndefined()
})

test('an unexpected end is told, and the log says why', async () => {
  const dataDir = join(newFolder(), 'data')
  let tell = () => {}
  const told = new Promise<void>((resolve) => (tell = resolve))
  await startPostgres({ ...options, dataDir, onUnexpectedEnd: tell })
  const [pid] = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
  process.kill(Number(pid), 'SIGINT')
  await told
  expect(readFileSync(join(dataDir, 'postgres.log'), 'utf8')).toContain('fast shutdown request')
})
