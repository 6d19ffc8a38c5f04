import { MikroORM } from '@mikro-orm/postgresql'
import type { Pool } from 'pg'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApi, prepareDatabase, UnsafeLoginError } from '#api/index.ts'
import { databaseConfig } from '#database/mikro-orm.config.ts'
import { read } from '#database/read.ts'
import { appRole } from '#database/roles.ts'
import type { ViewerContext } from '#database/viewer-context.ts'
import { PostProblemDocument } from '#test/__generated__/operations.ts'
import { createWorld, type World } from '#test/world.ts'

let world: World
let orm: MikroORM
let pool: Pool

beforeAll(async () => {
  world = await createWorld()
  await world.organisation('owner')
  orm = await MikroORM.init(databaseConfig(world.appUrl))
  pool = await orm.em.getConnection().getNativeClient()
  const owner = await world.person({ owner: 'EDITOR' })
  await owner.run(PostProblemDocument, {
    input: { title: 'Nur für uns', fieldsOfWork: ['elder-care'], visibility: 'OWN_ORGANISATION' },
  })
  await owner.run(PostProblemDocument, {
    input: { title: 'Für alle', fieldsOfWork: ['elder-care'], visibility: 'PUBLIC' },
  })
})

afterAll(async () => {
  await orm.close()
  await world.close()
})

const visitor: ViewerContext = {
  kind: 'visitor',
  actorId: null,
  organisationIds: [],
  associationIds: [],
  managedOrganisationIds: [],
}

async function member(): Promise<ViewerContext> {
  const { rows } = await world.sql.query("select id from organisation where code = 'owner'")
  const ids = [rows[0].id]
  return {
    kind: 'member',
    actorId: null,
    organisationIds: ids,
    associationIds: ids,
    managedOrganisationIds: [],
  }
}

const countProblems = sql`select count(*)::int as count from problem`

describe('the login of the product', () => {
  it('refuses to serve as a superuser', async () => {
    await expect(createApi({ appUrl: world.url, logLevel: 'silent' })).rejects.toThrow(
      UnsafeLoginError,
    )
  })

  it('refuses a role that bypasses row security or may become the owner', async () => {
    const url = new URL(world.appUrl)
    for (const attribute of ['bypassrls', 'nobypassrls']) {
      await world.sql.query(`drop role if exists unsafe_login`)
      await world.sql.query(`create role unsafe_login login password 'x' ${attribute}`)
      if (attribute === 'nobypassrls')
        await world.sql.query('grant netzwerkdiakonie_owner to unsafe_login')
      url.username = 'unsafe_login'
      url.password = 'x'
      await expect(createApi({ appUrl: url.href, logLevel: 'silent' })).rejects.toThrow(
        UnsafeLoginError,
      )
    }
    await world.sql.query('drop role unsafe_login')
  })

  it('refuses a database in which a table has no forced row security', async () => {
    await world.sql.query('alter table problem no force row level security')
    await expect(createApi({ appUrl: world.appUrl, logLevel: 'silent' })).rejects.toThrow(
      /problem has no forced row security/,
    )
    await world.sql.query('alter table problem force row level security')
  })

  it('owns nothing and cannot change its own rights', async () => {
    const client = await pool.connect()
    await expect(client.query('alter table problem disable row level security')).rejects.toThrow()
    await expect(client.query('set role netzwerkdiakonie_owner')).rejects.toThrow()
    await expect(client.query('drop table problem')).rejects.toThrow()
    const { rows } = await client.query(
      `select count(*)::int as owned from pg_class where relowner = '${appRole}'::regrole`,
    )
    client.release()
    expect(rows[0].owned).toBe(0)
  })
})

describe('row security', () => {
  it('shows nothing at all without a viewer', async () => {
    const tables = await world.sql.query<{ name: string }>(
      `select relname as name from pg_class where relkind = 'r'
         and relnamespace = 'public'::regnamespace
         and has_table_privilege('${appRole}', oid, 'select')`,
    )
    expect(tables.rows.length).toBeGreaterThan(10)
    for (const { name } of tables.rows) {
      const { rows } = await pool.query(`select count(*)::int as count from ${name}`)
      expect({ name, count: rows[0].count }).toEqual({ name, count: 0 })
    }
  })

  it('never lends the context of one viewer to the next, also when a statement fails', async () => {
    const insider = await member()
    const failing = sql`select 1 / 0 as failed from problem`
    const results = await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        if (index % 7 === 3) {
          await expect(read({ pool, viewer: insider }, failing)).rejects.toThrow(/division by zero/)
          return null
        }
        const viewer = index % 2 === 0 ? insider : visitor
        const [row] = await read<{ count: number }>({ pool, viewer }, countProblems)
        return [viewer.kind, row?.count]
      }),
    )
    for (const result of results.filter((result) => result !== null))
      expect(result).toEqual(result[0] === 'member' ? ['member', 2] : ['visitor', 1])
    const { rows } = await pool.query('select count(*)::int as count from problem')
    expect(rows[0].count).toBe(0)
  })

  it('lets nobody write for another organisation, even past the services', async () => {
    const insider = await member()
    const otherId = crypto.randomUUID()
    const em = orm.em.fork()
    em.setSessionContext({
      variables: { 'viewer.kind': 'member', 'viewer.organisation_ids': `{${otherId}}` },
    })
    await expect(
      em.execute(
        `insert into problem (title, organisation_id, visibility, state, fields_of_work)
         values ('Fremd', '${insider.organisationIds[0]}', 'PUBLIC', 'PUBLISHED', '{}')`,
      ),
    ).rejects.toThrow(/row-level security/)
    const updated = await em.execute("update problem set title = 'Fremd' returning id")
    expect(updated).toEqual([])
  })

  it('refuses to write in a read', async () => {
    const insider = await member()
    await expect(
      read({ pool, viewer: insider }, sql`update problem set title = 'x' returning id`),
    ).rejects.toThrow(/read-only/)
  })
})

describe('migrations', () => {
  it('make exactly what the entities describe', async () => {
    const owner = await MikroORM.init(databaseConfig(world.url))
    const difference = await owner.schema.getUpdateSchemaSQL({ wrap: false, dropTables: false })
    await owner.close()
    // Triggers and their functions are SQL alone; entities know nothing of them.
    const unknown = difference
      .split('\n')
      .filter((line) => !/^(drop (trigger|function) .*)?$/.test(line))
    expect(unknown).toEqual([])
  })

  it('can be run by several replicas at once, and again', async () => {
    const options = { url: world.url, demoContent: false, progress: () => {} }
    const urls = await Promise.all([1, 2, 3].map(() => prepareDatabase(options)))
    expect(new Set(urls.map(({ appUrl }) => appUrl)).size).toBe(1)
  })
})
