import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { Failure, capture, root, run } from './run.mjs'

const stampFile = join(root, 'node_modules', '.bootstrap.json')
const oldestNode = [22, 18] // the first to run TypeScript without a flag

/**
 * Installs the dependencies if the lockfile has changed since the last time, and puts their
 * programs first on PATH: Node 24, turbo and the pinned pnpm.
 * @param {{ quiet?: boolean }} options `quiet` prints nothing unless it fails
 * @throws {Failure}
 */
export async function install({ quiet = false } = {}) {
  const lock = hash(readFileSync(join(root, 'pnpm-lock.yaml')))
  let stamp = readStamp()
  const locked = stamp.lock === lock
  if (!locked || !existsSync(stamp.pnpm)) {
    stamp = { lock, pnpm: await findPnpm(quiet) }
    addToPath(dirname(stamp.pnpm))
    if (!locked) await runInstall(quiet)
    writeFileSync(stampFile, `${JSON.stringify(stamp)}\n`)
  } else addToPath(dirname(stamp.pnpm)) // turbo runs the scripts of packages by `pnpm run`
  addToPath(join(root, 'node_modules', '.bin'))
  requireNode()
  process.env.TURBO_TELEMETRY_DISABLED ??= '1'
  process.env.TURBO_NO_UPDATE_NOTIFIER ??= '1'
}

async function runInstall(quiet) {
  const args = ['install', '--frozen-lockfile']
  if (!quiet) {
    console.log('Abhängigkeiten werden installiert (beim ersten Mal etwa eine halbe Minute) …')
    const code = await run('pnpm', args)
    if (code !== 0) throw new Failure(installFailed, code)
    return
  }
  const { code, output } = await capture('pnpm', args)
  if (code !== 0) throw new Failure(`${output}\n${installFailed}`, code)
}

const installFailed =
  'Die Abhängigkeiten konnten nicht installiert werden; prüfen Sie die Verbindung zur ' +
  'npm-Registry, und starten Sie noch einmal.'

/** Path of the pinned pnpm: the one of the machine if it is exactly that, else npm's copy. */
async function findPnpm(quiet) {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const version = packageManager.split('@')[1]
  const global = findOnPath('pnpm')
  // Another version may refuse the lockfile or rewrite it.
  if (global && (await capture(global, ['--version'])).stdout.trim() === version) return global
  if (!quiet) console.log(`pnpm ${version} wird geholt …`)
  const show = 'node -p process.env.PATH'
  const npx = ['--yes', `--package=pnpm@${version}`, '--call', show]
  const { code, stdout, output } = await capture('npx', npx)
  const found = code === 0 ? findOnPath('pnpm', stdout.trim()) : undefined
  if (!found) throw new Failure(`${output}\n${installFailed}`)
  return found
}

function findOnPath(program, path = process.env.PATH ?? '') {
  const names = process.platform === 'win32' ? [`${program}.cmd`, `${program}.exe`] : [program]
  for (const folder of path.split(delimiter))
    for (const name of names) {
      const file = join(folder, name)
      if (folder && existsSync(file)) return file
    }
  return undefined
}

function requireNode() {
  // The package node-linux-* brings Node; elsewhere the one that runs this has to do.
  if (existsSync(join(root, 'node_modules', '.bin', 'node'))) return
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return
  throw new Failure(
    `Auf diesem System wird Node.js ${oldestNode.join('.')} oder neuer gebraucht (gefunden: ` +
      `${process.versions.node}); installieren Sie es von https://nodejs.org.`,
  )
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'))
  } catch {
    return {}
  }
}

const addToPath = (folder) => (process.env.PATH = `${folder}${delimiter}${process.env.PATH}`)
const hash = (bytes) => createHash('sha256').update(bytes).digest('hex')
