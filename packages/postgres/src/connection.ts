import { Client } from 'pg'
import type { DataFolder } from './data-folder.ts'

export const database = 'netzwerkdiakonie'

// The connection by which a live process owns the server; PostgreSQL drops it with the process.
const ownerName = 'netzwerkdiakonie owner'

/** A superuser URL of the server on a port of this machine. */
export function superuserUrl(folder: DataFolder, port: number, name: string): string {
  return `postgresql://postgres:${folder.password}@127.0.0.1:${port}/${name}`
}

/**
 * Takes the server over and makes sure the database is there.
 * @throws pg's error while the server does not accept connections yet
 */
export async function connectOwner(folder: DataFolder, port: number): Promise<Client> {
  const client = newClient(folder, port, ownerName)
  await client.connect()
  const found = await client.query('select from pg_database where datname = $1', [database])
  if (found.rowCount === 0) await client.query(`create database ${database}`)
  return client
}

/** Whether some live process owns the server; `unknown` while it answers nothing. */
export async function askOwner(
  folder: DataFolder,
  port: number,
): Promise<'present' | 'missing' | 'unknown'> {
  const client = newClient(folder, port, 'netzwerkdiakonie start')
  try {
    await client.connect()
    const sql = 'select from pg_stat_activity where application_name = $1'
    const { rowCount } = await client.query(sql, [ownerName])
    return rowCount ? 'present' : 'missing'
  } catch {
    return 'unknown'
  } finally {
    await client.end().catch(() => {})
  }
}

function newClient(folder: DataFolder, port: number, applicationName: string): Client {
  const client = new Client({
    connectionString: superuserUrl(folder, port, 'postgres'),
    application_name: applicationName,
    connectionTimeoutMillis: 2_000,
  })
  client.on('error', () => {}) // the server stopped; whoever waits for it learns it elsewhere
  return client
}
