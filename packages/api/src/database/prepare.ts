import { createHmac } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { MikroORM } from '@mikro-orm/postgresql'
import { Client } from 'pg'
import { loadDemoContent } from '#database/demo/load.ts'
import { databaseConfig, sessionOptions } from '#database/mikro-orm.config.ts'
import { importReferenceEntries } from '#database/reference-entries.ts'
import { appRole, ownerRole } from '#database/roles.ts'
import { indexWaiting } from '#modules/search/index-waiting.ts'

/** Arbitrary, but the same for all replicas: whoever holds it prepares the database, the others wait. */
const preparationLock = 5_040_113

/** What to prepare a database with. */
export interface PrepareOptions {
  /** Login that owns the database and may create roles. */
  url: string
  /** Whether to load the demo content if this database was never offered it. */
  demoContent: boolean
  /** Told in German what is going on, one line at a time. */
  progress(line: string): void
}

/**
 * Brings a database to the state that this version needs: roles, migrations, reference entries, and
 * demo content on the first start. Several replicas may call it at once.
 *
 * @returns the address at which the product logs in as the app role
 * @throws the driver's error if the database cannot be reached or the login may not do this
 */
export async function prepareDatabase(options: PrepareOptions): Promise<{ appUrl: string }> {
  const admin = new Client({ connectionString: options.url })
  await admin.connect()
  try {
    await admin.query('select pg_advisory_lock($1)', [preparationLock])
    const appUrl = await withoutCollision(() => ensureRoles(admin, options.url))
    await withOwner(options.url, async (orm) => {
      const pending = await orm.migrator.getPending()
      if (pending.length > 0)
        options.progress(`Datenbank wird eingerichtet (${pending.length} Schritte)`)
      await orm.migrator.up()
      await importReferenceEntries(orm)
      if (options.demoContent) await loadDemoContent(orm, options.progress)
    })
    await admin.query(`set role ${ownerRole}`)
    await indexWaiting(admin, 'NEW', (done, of) => {
      if (of > 1_000) options.progress(`Suche wird vorbereitet: ${done} von ${of}`)
    })
    return { appUrl }
  } finally {
    await admin.end()
  }
}

/** Runs something as the owner of all tables, over a connection of its own. */
export async function withOwner<Result>(
  url: string,
  run: (orm: MikroORM) => Promise<Result>,
): Promise<Result> {
  const config = databaseConfig(url)
  const orm = await MikroORM.init({
    ...config,
    driverOptions: {
      ...config.driverOptions,
      options: `${sessionOptions} -c role=${ownerRole}`,
      pipeline: false,
    },
  })
  try {
    return await run(orm)
  } finally {
    await orm.close()
  }
}

/** What PostgreSQL says where two sessions change the same role. */
const collisions = new Set(['XX000', '23505', '42710'])

/**
 * Runs something again that collided with another session. Roles belong to the whole cluster, but
 * the lock of a preparation only to its database: two databases may be prepared at once.
 */
async function withoutCollision<Result>(
  run: () => Promise<Result>,
  attempts = 20,
): Promise<Result> {
  try {
    return await run()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (attempts === 1 || !collisions.has(code)) throw error
    await setTimeout(50 * Math.random())
    return withoutCollision(run, attempts - 1)
  }
}

/**
 * Creates the owner role and the app role. The password of the app role follows from the login that
 * prepares, so that replicas agree on it without keeping it anywhere.
 */
async function ensureRoles(admin: Client, url: string): Promise<string> {
  const appUrl = new URL(url)
  const password = createHmac('sha256', appUrl.password || 'no password')
    .update(appRole)
    .digest('hex')
  const database = admin.escapeIdentifier(admin.database ?? '')
  await admin.query(`do $$ begin
    if not exists (select from pg_roles where rolname = '${ownerRole}') then
      create role ${ownerRole} nologin;
    end if;
    if not exists (select from pg_roles where rolname = '${appRole}') then
      create role ${appRole} login;
    end if;
  end $$`)
  await admin.query(`alter role ${appRole} login password '${password}'`)
  await admin.query(`grant ${ownerRole} to current_user`)
  await admin.query(`grant connect, create on database ${database} to ${ownerRole}`)
  await admin.query(`grant connect on database ${database} to ${appRole}`)
  await admin.query(`grant usage, create on schema public to ${ownerRole}`)
  await admin.query(`grant usage on schema public to ${appRole}`)
  appUrl.username = appRole
  appUrl.password = password
  return appUrl.href
}
