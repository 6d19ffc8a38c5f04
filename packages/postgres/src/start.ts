import { existsSync } from 'node:fs'
import { chooseAccount } from './account.ts'
import { findBinaries } from './binaries.ts'
import { createCluster } from './cluster.ts'
import { database, superuserUrl } from './connection.ts'
import { findDataFolder, openDataFolder } from './data-folder.ts'
import { findPostmaster, waitForPrevious } from './previous.ts'
import { runServer } from './server.ts'

export interface PostgresOptions {
  /** Folder for the data; made on the first start. */
  dataDir: string
  /** Receives German progress lines. */
  log: (line: string) => void
  /** `false` trades safety at a power cut for speed; for tests. */
  durable?: boolean
  /** Called when the server ends although nobody stopped it. */
  onUnexpectedEnd?: () => void
}

export interface Postgres {
  /** Superuser URL of the database `netzwerkdiakonie`. */
  url: string
  port: number
  /** Stops the server and resolves when its processes are gone. */
  stop(): Promise<void>
}

/**
 * Starts the PostgreSQL that comes with the product, on a free port of 127.0.0.1. It stops
 * with this process, however that ends.
 * @throws StartError for a foreign, inaccessible or used data folder, or a failing server
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { dataDir, log, durable = true, onUnexpectedEnd = () => {} } = options
  const binaries = await findBinaries()
  const folder = openDataFolder(dataDir, binaries.major)
  await waitForPrevious(folder, log)
  const account = chooseAccount(folder.root, binaries.postgres)
  if (!existsSync(folder.cluster)) {
    log('Datenbank wird angelegt …')
    await createCluster(folder, account, binaries, durable)
  }
  const program = binaries.postgres
  const server = await runServer({ folder, account, program, durable, onUnexpectedEnd })
  return { url: superuserUrl(folder, server.port, database), ...server }
}

/** The server that a live process runs on the folder; its `stop` leaves it running. */
export function findRunningPostgres(dataDir: string): Postgres | undefined {
  const folder = findDataFolder(dataDir)
  const postmaster = folder && findPostmaster(folder)
  if (!postmaster) return undefined
  const { port } = postmaster
  return { url: superuserUrl(folder, port, database), port, stop: () => Promise.resolve() }
}
