import { startPostgres } from '@netzwerkdiakonie/postgres'
import type { Environment } from './environment.ts'
import type { Lifetime } from './lifetime.ts'
import { requireOutsideDatabase } from './outside-database.ts'

/**
 * The address of the database: of DATABASE_URL, else of the embedded server, which then runs
 * until the end of the product.
 * @throws StartError when there is none
 */
export async function openDatabase(
  { databaseUrl, dataDir }: Environment,
  lifetime: Lifetime,
  log: (line: string) => void,
): Promise<string> {
  if (databaseUrl) {
    log('Verbindung zum Datenbankserver …')
    await requireOutsideDatabase(databaseUrl)
    return databaseUrl
  }
  log('Datenbank wird gestartet …')
  const postgres = await startPostgres({
    dataDir,
    log,
    onUnexpectedEnd() {
      console.error(`Die Datenbank ist ausgefallen; Näheres steht in ${dataDir}/postgres.log.`)
      void lifetime.end(1)
    },
  })
  lifetime.atEnd(postgres.stop)
  return postgres.url
}
