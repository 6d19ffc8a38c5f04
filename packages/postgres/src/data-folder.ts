import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { StartError } from './start-error.ts'

/** What we keep in DATA_DIR. */
export interface DataFolder {
  root: string
  /** The data folder of PostgreSQL itself; it may not exist yet. */
  cluster: string
  passwordFile: string
  password: string
  logFile: string
}

// Found in folders that count as empty: mount points, version control, macOS.
const ignored = new Set(['lost+found', '.gitkeep', '.DS_Store'])

/**
 * Opens DATA_DIR, or makes it on the first start. A folder that is not ours is left as it is.
 * @param major the PostgreSQL version the data has to have
 * @throws StartError for a folder of somebody else, of another version or without access
 */
export function openDataFolder(dataDir: string, major: string): DataFolder {
  const root = resolve(dataDir)
  const folder = paths(root)
  try {
    if (!existsSync(folder.passwordFile)) {
      mkdirSync(root, { recursive: true })
      requireEmpty(root)
      chmodSync(root, 0o700)
      // `wx`: of two first starts at the same moment only one chooses the password.
      const password = `${randomBytes(24).toString('hex')}\n`
      writeFileSync(folder.passwordFile, password, { mode: 0o600, flag: 'wx' })
    }
    requireOurCluster(root, folder.cluster, major)
    return read(root)
  } catch (error) {
    throw explain(error, root)
  }
}

/** Opens DATA_DIR if it holds a cluster of ours; `undefined` if there was no start yet. */
export function findDataFolder(dataDir: string): DataFolder | undefined {
  const root = resolve(dataDir)
  const folder = paths(root)
  try {
    if (!existsSync(join(folder.cluster, 'PG_VERSION'))) return undefined
    return read(root)
  } catch (error) {
    throw explain(error, root)
  }
}

function paths(root: string): Omit<DataFolder, 'password'> {
  return {
    root,
    cluster: join(root, 'postgres'),
    passwordFile: join(root, 'postgres-password'),
    logFile: join(root, 'postgres.log'),
  }
}

function read(root: string): DataFolder {
  // PostgreSQL names its folders by their real path.
  const folder = paths(realpathSync(root))
  return { ...folder, password: readFileSync(folder.passwordFile, 'utf8').trim() }
}

function requireEmpty(root: string): void {
  if (readdirSync(root).every((name) => ignored.has(name))) return
  throw new StartError(
    `Der Ordner ${root} enthält fremde Dateien und wurde nicht verändert; ` +
      'setzen Sie DATA_DIR auf einen leeren Ordner oder auf einen von Netzwerkdiakonie.',
  )
}

function requireOurCluster(root: string, cluster: string, major: string): void {
  if (!existsSync(cluster)) return
  const versionFile = join(cluster, 'PG_VERSION')
  const version = existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim() : undefined
  if (version === major) return
  if (version === undefined)
    throw new StartError(
      `Der Ordner ${cluster} enthält keine PostgreSQL-Daten und wurde nicht verändert; ` +
        'setzen Sie DATA_DIR auf einen leeren Ordner oder auf einen von Netzwerkdiakonie.',
    )
  throw new StartError(
    `Die Daten in ${root} stammen von PostgreSQL ${version}, eingebaut ist PostgreSQL ${major}; ` +
      'sie wurden nicht verändert: Starten Sie mit der vorigen Version von Netzwerkdiakonie, ' +
      'oder setzen Sie DATA_DIR auf einen leeren Ordner.',
  )
}

/** The sentence for a data folder that another live process works with. */
export function folderInUse(root: string): string {
  return (
    `Netzwerkdiakonie läuft schon mit dem Datenordner ${root}; beenden Sie den anderen Start, ` +
    'oder setzen Sie DATA_DIR auf einen anderen Ordner.'
  )
}

function explain(error: unknown, root: string): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code === 'EACCES' || code === 'EPERM')
    return new StartError(
      `Der Ordner ${root} ist für dieses Konto nicht zugänglich; starten Sie mit dem Konto, dem ` +
        'er gehört, oder setzen Sie DATA_DIR auf einen anderen Ordner.',
    )
  if (code === 'ENOTDIR' || (code === 'EEXIST' && syscall === 'mkdir'))
    return new StartError(`${root} ist kein Ordner; setzen Sie DATA_DIR auf einen Ordner.`)
  if (code === 'EEXIST') return new StartError(folderInUse(root))
  if (code === 'EROFS' || code === 'ENOSPC')
    return new StartError(
      `In ${root} lässt sich nicht schreiben (${code}); prüfen Sie den Datenträger, oder setzen ` +
        'Sie DATA_DIR auf einen anderen Ordner.',
    )
  return error
}
