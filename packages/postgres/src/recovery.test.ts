import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { childrenOf, connect, holdElsewhere, newFolder, processesIn, query, waitUntil } from '../test/world.ts' // prettier-ignore
import { startPostgres } from './index.ts'

const options = { durable: false, log: () => {} }
const create = 'create table kept as select 42 as answer'

async function expectKept(dataDir: string, lines: string[] = []): Promise<void> {
  const postgres = await startPostgres({ ...options, dataDir, log: (line) => lines.push(line) })
  expect(await query(postgres.url, 'select answer from kept')).toEqual([{ answer: 42 }])
  await postgres.stop()
}

test('kill -9 of the owner leaves no process, and the data is there at the next start', async () => {
  const dataDir = join(newFolder(), 'data')
  const owner = await holdElsewhere(dataDir)
  await query(owner.url, create)
  expect(processesIn(join(dataDir, 'postgres')).length).toBeGreaterThan(0)
  owner.process.kill('SIGKILL')
  await waitUntil(() => processesIn(join(dataDir, 'postgres')).length === 0)
  await expectKept(dataDir)
})

test('a start right after kill -9 waits for the end of the previous server', async () => {
  const dataDir = join(newFolder(), 'data')
  const owner = await holdElsewhere(dataDir)
  await query(owner.url, create)
  owner.process.kill('SIGKILL')
  await expectKept(dataDir)
})

test('a server that lost its owner and its supervisor is stopped first', async () => {
  const dataDir = join(newFolder(), 'data')
  const owner = await holdElsewhere(dataDir)
  await query(owner.url, create)
  const pid = Number(owner.process.pid)
  const [supervisor = 0] = childrenOf(pid)
  process.kill(supervisor, 'SIGKILL')
  process.kill(pid, 'SIGKILL')
  await sleep(300)
  expect(processesIn(join(dataDir, 'postgres')).length).toBeGreaterThan(0)
  const lines: string[] = []
  await expectKept(dataDir, lines)
  expect(lines).toEqual(['Die Datenbank des vorigen Starts wird noch beendet, bitte warten …'])
})

test('a server that is still shutting down is waited for', async () => {
  const dataDir = join(newFolder(), 'data')
  const owner = await holdElsewhere(dataDir)
  await query(owner.url, create)
  const [supervisor = 0] = childrenOf(Number(owner.process.pid))
  const client = await connect(owner.url)
  // SIGTERM lets PostgreSQL wait for its clients.
  const [postmaster] = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
  process.kill(supervisor, 'SIGKILL')
  process.kill(Number(postmaster), 'SIGTERM')
  owner.process.kill('SIGKILL')
  await sleep(300)

  const lines: string[] = []
  const kept = expectKept(dataDir, lines)
  await waitUntil(() => lines.length > 0)
  await client.end()
  await kept
  expect(lines).toEqual(['Die Datenbank des vorigen Starts wird noch beendet, bitte warten …'])
})

test('the folder of another live start is refused in one sentence', async () => {
  const dataDir = join(newFolder(), 'data')
  const owner = await holdElsewhere(dataDir)
  await expect(startPostgres({ ...options, dataDir })).rejects.toMatchObject({
    name: 'StartError',
    message: expect.stringMatching(/^Netzwerkdiakonie läuft schon mit dem Datenordner .*\.$/),
  })
  expect(await query(owner.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a stale postmaster.pid with the number of another live process does not hinder', async () => {
  const dataDir = join(newFolder(), 'data')
  const postgres = await startPostgres({ ...options, dataDir })
  await query(postgres.url, create)
  const file = join(dataDir, 'postgres', 'postmaster.pid')
  const lines = readFileSync(file, 'utf8').split('\n')
  await postgres.stop()
  // As after the restart of a container, where numbers begin anew.
  writeFileSync(file, [process.ppid, ...lines.slice(1)].join('\n'), { mode: 0o600 })
  await expectKept(dataDir)
})
