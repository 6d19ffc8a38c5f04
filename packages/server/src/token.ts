/** Prints an access token for the API and nothing else, so that scripts can use the output. */
import { parseArgs } from 'node:util'
import { createToken, prepareDatabase } from '@netzwerkdiakonie/api'
import { StartError, findRunningPostgres, startPostgres } from '@netzwerkdiakonie/postgres'
import { type Environment, readEnvironment } from './environment.ts'
import { requireOutsideDatabase } from './outside-database.ts'

const usage =
  'Aufruf: npm run --silent token -- --organisation <Kurzname> --scopes read,write [--name <Zweck>]'

try {
  const request = readArguments()
  const environment = readEnvironment(process.env)
  const database = await openDatabase(environment)
  try {
    const { url } = database
    const { demoContent } = environment
    await prepareDatabase({ url, demoContent, progress: () => {} })
    process.stdout.write(`${await createToken({ url, ...request })}\n`)
  } finally {
    await database.stop()
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

/** The database of the running product, or the embedded one for the moment. */
async function openDatabase({ databaseUrl, dataDir }: Environment) {
  if (databaseUrl) {
    await requireOutsideDatabase(databaseUrl)
    return { url: databaseUrl, stop: async () => {} }
  }
  const log = (line: string): void => console.error(line)
  return findRunningPostgres(dataDir) ?? (await startPostgres({ dataDir, log }))
}

function readArguments(): { organisation: string; scopes: string[]; name?: string } {
  const text = { type: 'string' } as const
  try {
    const { values } = parseArgs({ options: { organisation: text, scopes: text, name: text } })
    const { organisation, scopes = '', name } = values
    const list = scopes.split(',').flatMap((scope) => scope.trim() || [])
    if (organisation && list.length > 0)
      return { organisation, scopes: list, ...(name ? { name } : {}) }
  } catch {
    // Falls through to the usage, which says more than the parser.
  }
  throw new StartError(usage)
}
