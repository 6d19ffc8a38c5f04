import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Client } from 'pg'
import type { Account } from './account.ts'
import { connectOwner } from './connection.ts'
import type { DataFolder } from './data-folder.ts'
import { StartError } from './start-error.ts'

export interface Server {
  port: number
  stop(): Promise<void>
}

export interface ServerOptions {
  folder: DataFolder
  account: Account
  /** Path of the `postgres` program. */
  program: string
  durable: boolean
  onUnexpectedEnd: () => void
}

const supervisor = fileURLToPath(new URL('supervise.ts', import.meta.url))
/** Recovery after a power cut reads the write-ahead log and may take its time. */
const startLimit = 120_000
const undurable = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']

/**
 * Runs PostgreSQL under its supervisor and waits until it accepts connections.
 * @throws StartError with the last line of its log when it ends instead
 */
export async function runServer(options: ServerOptions): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    const port = await findFreePort()
    const child = spawnSupervisor(options, port)
    const owner = await waitUntilReady(child, options.folder, port)
    if (owner) return handle(child, owner, port, options.onUnexpectedEnd)
    // Between finding and using the port something else may have taken it.
    const log = readFileSync(options.folder.logFile, 'utf8')
    if (attempt < 3 && log.includes('Address already in use')) continue
    const reason = log.match(/(?:FATAL|PANIC): .*/)?.[0] ?? log.trim().split('\n').at(-1)
    throw new StartError(
      `PostgreSQL startet nicht (${reason}); Näheres steht in ${options.folder.logFile}.`,
    )
  }
}

function spawnSupervisor(options: ServerOptions, port: number): ChildProcess {
  const { folder, account, program, durable } = options
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=', // their paths may not be longer than 107 bytes
    'log_checkpoints=off',
    ...(durable ? [] : undurable),
  ]
  const command = [
    ...account.prefix,
    program,
    '-D',
    folder.cluster,
    ...settings.flatMap((setting) => ['-c', setting]),
  ]
  if (existsSync(folder.logFile)) renameSync(folder.logFile, `${folder.logFile}.1`)
  const log = openSync(folder.logFile, 'w', 0o600)
  const ids = [account.uid ?? -1, account.gid ?? -1].map(String)
  const child = spawn(process.execPath, [supervisor, ...ids, ...command], {
    cwd: folder.root,
    detached: true, // out of reach of signals for our process group
    env: { ...process.env, LC_ALL: 'C', NODE_OPTIONS: '' },
    stdio: ['pipe', log, log],
  })
  closeSync(log)
  // A process that forgets `stop` can end all the same, and takes the server with it.
  child.unref()
  unref(child.stdin)
  child.stdin?.on('error', () => {})
  return child
}

async function waitUntilReady(
  child: ChildProcess,
  folder: DataFolder,
  port: number,
): Promise<Client | undefined> {
  let lastError: unknown
  for (const end = Date.now() + startLimit; Date.now() < end; await sleep(50)) {
    if (child.exitCode !== null || child.signalCode !== null) return undefined
    try {
      return await connectOwner(folder, port)
    } catch (error) {
      lastError = error
      if (!isNotYet(error)) break
    }
  }
  child.stdin?.end()
  throw new StartError(
    `PostgreSQL nimmt keine Verbindung an (${(lastError as Error).message}); ` +
      `Näheres steht in ${folder.logFile}.`,
  )
}

function isNotYet(error: unknown): boolean {
  const { code, message } = error as Error & { code?: string }
  // 57P03: starting up or recovering
  return code === 'ECONNREFUSED' || code === '57P03' || /timeout|terminated/.test(message)
}

function handle(
  child: ChildProcess,
  owner: Client,
  port: number,
  onUnexpectedEnd: () => void,
): Server {
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let stopping = false
  void ended.then(() => stopping || onUnexpectedEnd())
  unref(owner)
  return {
    port,
    async stop() {
      stopping = true
      child.ref()
      child.stdin?.end()
      await ended
      await owner.end().catch(() => {})
    },
  }
}

/** Lets the process end although this is open; @types/node and @types/pg do not know these. */
function unref(handle: unknown): void {
  ;(handle as { unref(): void }).unref()
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
