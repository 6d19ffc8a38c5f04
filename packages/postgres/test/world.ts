import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { onTestFinished } from 'vitest'

/** A folder that is gone after the test, with every process that works in it. */
export function newFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'netzwerkdiakonie-')))
  onTestFinished(async () => {
    for (const pid of processesIn(join(folder, 'data', 'postgres'))) process.kill(pid, 'SIGKILL')
    await waitUntil(() => processesIn(join(folder, 'data', 'postgres')).length === 0)
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

/** The processes that have a folder as their working directory, as those of PostgreSQL do. */
export function processesIn(folder: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && workingDirectory(pid) === folder)
}

function workingDirectory(pid: number): string | undefined {
  try {
    return realpathSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}

/** The processes that a process has started. */
export function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
  return text ? text.split(' ').map(Number) : []
}

export interface Holder {
  process: ChildProcess
  url: string
}

/** Another process that runs PostgreSQL on a folder. */
export async function holdElsewhere(dataDir: string): Promise<Holder> {
  const script = fileURLToPath(new URL('hold.ts', import.meta.url))
  const child = spawn(process.execPath, [script, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { process: child, url: line.toString().trim() }
}

/** Runs one statement on a connection of its own. */
export async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = await connect(url)
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql)
    return rows
  } finally {
    await client.end()
  }
}

export async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  return client
}

export async function waitUntil(isTrue: () => boolean, limit = 20_000): Promise<void> {
  for (const end = Date.now() + limit; !isTrue(); await sleep(50))
    if (Date.now() > end) throw new Error(`still not true after ${limit} ms: ${isTrue.toString()}`)
}
