import { spawnSync } from 'node:child_process'
import { chownSync, lchownSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { StartError } from './start-error.ts'

/** How to run a PostgreSQL program, which refuses to run as root. */
export interface Account {
  /** Words put before the command. */
  prefix: string[]
  uid?: number
  gid?: number
}

// Inside the user namespace root looks like account 1000 and keeps the files of root:
// nothing is chowned, no account is created, and it works below a 0700 folder of root.
const namespace: Account = {
  prefix: ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--'],
}

/**
 * The account for PostgreSQL. Without root it is the one we run as. As root it is the owner
 * of the data folder; where that is root itself, a user namespace, or where containers
 * forbid these the owner of the parent folder, `postgres` or `nobody`, who then get the folder.
 * @param program a program the account has to be able to execute
 * @throws StartError when no account can use both the folder and the program
 */
export function chooseAccount(dataDir: string, program: string): Account {
  if (process.getuid?.() !== 0) return { prefix: [] }
  const owner = statSync(dataDir)
  if (owner.uid !== 0) return { prefix: [], uid: owner.uid, gid: owner.gid }
  if (canUse(namespace, dataDir, program)) return namespace
  for (const account of fallbacks(dataDir)) {
    chownAll(dataDir, account)
    if (canUse(account, dataDir, program)) return account
  }
  chownAll(dataDir, { uid: 0, gid: 0 })
  throw new StartError(
    `PostgreSQL darf nicht als root laufen, und kein anderes Konto kann den Ordner ${dataDir} ` +
      'verwenden; starten Sie mit einem gewöhnlichen Konto, oder setzen Sie DATA_DIR auf einen ' +
      'Ordner, den alle erreichen.',
  )
}

function canUse({ prefix, ...ids }: Account, folder: string, program: string): boolean {
  const script = 'test -x "$1" && test -w "$2"'
  const [command = 'sh', ...args] = [...prefix, 'sh', '-c', script, 'sh', program, folder]
  return spawnSync(command, args, { ...ids, stdio: 'ignore' }).status === 0
}

function* fallbacks(dataDir: string): Generator<Required<Omit<Account, 'prefix'>> & Account> {
  const parent = statSync(dirname(dataDir))
  if (parent.uid !== 0) yield { prefix: [], uid: parent.uid, gid: parent.gid }
  for (const name of ['postgres', 'nobody']) {
    const uid = idOf('-u', name)
    const gid = idOf('-g', name)
    if (uid && gid) yield { prefix: [], uid, gid }
  }
}

function idOf(flag: string, name: string): number | undefined {
  const { status, stdout } = spawnSync('id', [flag, name], { encoding: 'utf8' })
  return status === 0 ? Number(stdout) : undefined
}

function chownAll(folder: string, { uid, gid }: { uid: number; gid: number }): void {
  chownSync(folder, uid, gid)
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    lchownSync(join(folder, entry), uid, gid)
}
