/** What the commands of an operator share: arguments in, a prepared database, one sentence on failure. */
import { prepareDatabase } from '@netzwerkdiakonie/api'
import { findRunningPostgres, startPostgres } from '@netzwerkdiakonie/postgres'
import { type Environment, readEnvironment } from './environment.ts'
import { requireOutsideDatabase } from './outside-database.ts'

/**
 * Runs a command on the database of the product, prepared as for a start. What goes wrong is told
 * on standard error, in its own words; the exit code is then 1.
 */
export async function runCommand(command: (url: string) => Promise<void>): Promise<void> {
  try {
    const environment = readEnvironment(process.env)
    const database = await openDatabase(environment)
    try {
      const { url } = database
      await prepareDatabase({ url, demoContent: environment.demoContent, progress: () => {} })
      await command(url)
    } finally {
      await database.stop()
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
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
