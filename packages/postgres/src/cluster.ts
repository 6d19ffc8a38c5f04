import { spawn } from 'node:child_process'
import { chownSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import { type DataFolder, folderInUse } from './data-folder.ts'
import { StartError } from './start-error.ts'

/**
 * Makes the cluster of a new data folder. It is made beside its place and moved there when it
 * is complete, so a start that was cut off leaves nothing that looks like data.
 * @throws StartError when initdb fails, with its last line, or when another start was faster
 */
export async function createCluster(
  folder: DataFolder,
  account: Account,
  { initdb }: Binaries,
  durable: boolean,
): Promise<void> {
  const { root, passwordFile } = folder
  for (const name of readdirSync(root))
    if (name.startsWith('postgres-new-')) rmSync(join(root, name), { recursive: true })
  if (account.uid !== undefined && account.gid !== undefined) {
    chownSync(root, account.uid, account.gid)
    chownSync(passwordFile, account.uid, account.gid)
  }
  const unfinished = join(root, `postgres-new-${process.pid}`)
  await run(account, root, [
    initdb,
    `--pgdata=${unfinished}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // The same order and case mapping on every machine, whatever its locale is.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--lc-messages=C',
    '--set=timezone=UTC',
    '--set=log_timezone=UTC',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ])
  try {
    renameSync(unfinished, folder.cluster)
  } catch {
    rmSync(unfinished, { recursive: true, force: true })
    throw new StartError(folderInUse(root))
  }
}

function run({ prefix, ...ids }: Account, cwd: string, words: string[]): Promise<void> {
  const [command = '', ...args] = [...prefix, ...words]
  const env = { ...process.env, LC_ALL: 'C' }
  const child = spawn(command, args, { ...ids, cwd, env, stdio: ['ignore', 'ignore', 'pipe'] })
  let output = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) return resolve()
      const reason = output.match(/error: .*/)?.[0] ?? output.trim().split('\n').at(-1)
      const hint = 'prüfen Sie, ob dort genug Platz ist und geschrieben werden darf'
      const message = `PostgreSQL konnte in ${cwd} keine Datenbank anlegen (${reason}); ${hint}.`
      reject(new StartError(message))
    })
  })
}
