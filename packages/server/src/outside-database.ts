import { StartError } from '@netzwerkdiakonie/postgres'
import { Client, DatabaseError } from 'pg'

const timeout = 10_000

/**
 * Makes sure that the outside PostgreSQL of DATABASE_URL can be used.
 * @throws StartError when it does not answer, refuses the login, or the login may not do enough
 */
export async function requireOutsideDatabase(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: timeout })
  client.on('error', () => {})
  const { hostname, port, username, pathname } = new URL(databaseUrl)
  const server = `${hostname}:${port || '5432'}`
  const login = decodeURIComponent(username)
  const database = decodeURIComponent(pathname.slice(1))
  try {
    await client.connect()
    const { rows } = await client.query<{ may_create: boolean; owns: boolean }>(rights)
    if (!rows[0]?.may_create)
      throw new StartError(
        `Der Anmeldename „${login}“ aus DATABASE_URL darf keine Rollen anlegen; geben Sie ihm ` +
          `dieses Recht: alter role "${login}" createrole;`,
      )
    if (!rows[0].owns)
      throw new StartError(
        `Dem Anmeldenamen „${login}“ aus DATABASE_URL gehört die Datenbank nicht; ändern Sie ` +
          `das: alter database "${database}" owner to "${login}";`,
      )
  } catch (error) {
    throw explain(error, server, login, database)
  } finally {
    await client.end().catch(() => {})
  }
}

const rights = `
  select rolsuper or rolcreaterole as may_create, pg_has_role(datdba, 'usage') as owns
  from pg_roles, pg_database
  where rolname = current_user and datname = current_database()`

function explain(error: unknown, server: string, login: string, database: string): StartError {
  if (error instanceof StartError) return error
  const { code, message } = (error as AggregateError).errors?.[0] ?? (error as DatabaseError)
  if (!(error instanceof DatabaseError))
    return new StartError(
      `Der Datenbankserver ${server} aus DATABASE_URL ist nicht erreichbar ` +
        `(${code ?? message}); prüfen Sie, ob er läuft und die Adresse stimmt.`,
    )
  switch (code) {
    case '28P01': // invalid_password
    case '28000': // invalid_authorization_specification
      return new StartError(
        `Der Datenbankserver ${server} weist den Anmeldenamen „${login}“ ab; prüfen Sie ` +
          'Anmeldename und Passwort in DATABASE_URL.',
      )
    case '3D000': // invalid_catalog_name
      return new StartError(
        `Auf dem Datenbankserver ${server} gibt es keine Datenbank „${database}“; legen Sie sie ` +
          `an (create database "${database}" owner "${login}";), oder berichtigen Sie DATABASE_URL.`,
      )
    default:
      return new StartError(
        `Der Datenbankserver ${server} nimmt die Verbindung nicht an (${message}); prüfen Sie ` +
          'DATABASE_URL und den Server.',
      )
  }
}
