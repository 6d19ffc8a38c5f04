import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Api, createApi, createToken, prepareDatabase } from '@netzwerkdiakonie/api'
import { startPostgres } from '@netzwerkdiakonie/postgres'
import { Client } from 'pg'

/** The product on a database of its own, for an evaluation. */
export interface World {
  api: Api
  /** Asks the API as a member system does. @throws for top-level errors */
  ask<Data>(query: string, variables: Record<string, unknown>): Promise<Data>
  /** Asks the API with the headers of somebody else. @throws for top-level errors */
  askAs<Data>(
    headers: Record<string, string>,
    query: string,
    variables: Record<string, unknown>,
  ): Promise<Data>
  /** Address of the operator's login. */
  url: string
  /** A connection of the operator. */
  sql: Client
  serverVersion: string
  close(): Promise<void>
}

/**
 * Makes an empty database with one organisation and starts the API on it.
 *
 * @param server address of a PostgreSQL server as a superuser; by default the embedded one is started
 */
export async function createWorld(server?: string): Promise<World> {
  const own = server ? null : await startOwn()
  const name = `evaluation_${process.pid}`
  const admin = new Client({ connectionString: server ?? own?.url })
  await admin.connect()
  await admin.query(`create database ${name}`)
  const url = new URL(server ?? own?.url ?? '')
  url.pathname = name
  const { appUrl } = await prepareDatabase({
    url: url.href,
    demoContent: false,
    progress: () => {},
  })
  const api = await createApi({ appUrl, logLevel: 'silent' })
  const sql = new Client({ connectionString: url.href })
  await sql.connect()
  await sql.query(
    `insert into organisation (code, name, kind, size_class, umbrella, claimed)
     values ('evaluation', 'Evaluation', 'provider', 'm', 'diakonie', true)`,
  )
  const token = await createToken({
    url: url.href,
    organisation: 'evaluation',
    scopes: ['read', 'write'],
  })
  const { rows } = await sql.query<{ server_version: string }>('show server_version')
  async function askAs<Data>(
    headers: Record<string, string>,
    query: string,
    variables: Record<string, unknown>,
  ): Promise<Data> {
    const { body } = await api.execute({ query, variables }, headers)
    if (body.errors) throw new Error(JSON.stringify(body.errors))
    return body.data as Data
  }
  return {
    api,
    ask: (query, variables) => askAs({ authorization: `Bearer ${token}` }, query, variables),
    askAs,
    url: url.href,
    sql,
    serverVersion: rows[0]?.server_version ?? '',
    async close() {
      await api.close()
      await sql.end()
      await admin.query(`drop database ${name}`)
      await admin.end()
      await own?.stop()
    },
  }
}

async function startOwn(): Promise<{ url: string; stop(): Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'netzwerkdiakonie-evaluation-'))
  const postgres = await startPostgres({ dataDir, log: () => {}, durable: false })
  return {
    url: postgres.url,
    async stop() {
      await postgres.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
