import { readFileSync, readdirSync, readlinkSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { askOwner } from './connection.ts'
import { type DataFolder, folderInUse } from './data-folder.ts'
import { StartError } from './start-error.ts'

/** What postmaster.pid says: https://www.postgresql.org/docs/18/storage-file-layout.html */
interface Postmaster {
  pid: number
  port: number
}

const interval = 100
/** A server without an owner usually stops by itself: its supervisor is just about to do that. */
const untilWeStopIt = 3_000
/** Longer than the supervisor's patience. */
const limit = 60_000

/** The server that runs on the folder now, `undefined` if none does. */
export function findPostmaster({ cluster }: DataFolder): Postmaster | undefined {
  const postmaster = readPostmaster(cluster)
  return postmaster && isServing(postmaster.pid, cluster) ? postmaster : undefined
}

/**
 * Waits until no server works with the folder any more, and stops one that lost both its
 * owner and its supervisor (`killall -9 node`).
 * @throws StartError when another live process owns the server, or it does not end in time
 */
export async function waitForPrevious(
  folder: DataFolder,
  log: (line: string) => void,
): Promise<void> {
  const start = Date.now()
  let announced = false
  let asked = 0
  let owned = 0
  for (; ; await sleep(interval)) {
    const postmaster = findPostmaster(folder)
    if (!postmaster) break
    const owner = await askOwner(folder, postmaster.port)
    // Seen three times, because a connection outlives its killed owner by some milliseconds.
    owned = owner === 'present' ? owned + 1 : 0
    if (owned === 3) throw new StartError(folderInUse(folder.root))
    if (!announced && owner !== 'present') {
      log('Die Datenbank des vorigen Starts wird noch beendet, bitte warten …')
      announced = true
    }
    const waited = Date.now() - start
    if (owner === 'missing' && waited > untilWeStopIt && asked++ === 0) stop(postmaster.pid)
    if (waited > limit)
      throw new StartError(
        `Die Datenbank in ${folder.root} (Prozess ${postmaster.pid}) endet nicht; beenden Sie ` +
          'diesen Prozess, und starten Sie dann noch einmal.',
      )
  }
  removeMisleadingPid(folder.cluster)
}

/**
 * PostgreSQL itself copes with the file of a dead server, except when something else has
 * got its process number since, as after every restart of a container.
 */
function removeMisleadingPid(cluster: string): void {
  const postmaster = readPostmaster(cluster)
  if (postmaster && isAlive(postmaster.pid)) rmSync(join(cluster, 'postmaster.pid'))
}

function stop(pid: number): void {
  try {
    process.kill(pid, 'SIGINT')
  } catch {
    // It ended meanwhile.
  }
}

function readPostmaster(cluster: string): Postmaster | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), port: Number(lines[3]) }
  } catch {
    return undefined
  }
}

function isServing(pid: number, cluster: string): boolean {
  if (process.platform !== 'linux') return isAlive(pid)
  // Every PostgreSQL process works in its data folder, and its orphaned children count too.
  return readdirSync('/proc').some((name) => /^\d+$/.test(name) && worksIn(name, cluster))
}

function worksIn(process: string, cluster: string): boolean {
  try {
    if (readlinkSync(`/proc/${process}/cwd`) !== cluster) return false
    return basename(readlinkSync(`/proc/${process}/exe`)).startsWith('postgres')
  } catch {
    return false // ended meanwhile, or of another account
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
