import { MikroORM } from '@mikro-orm/postgresql'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { databaseConfig } from '#database/mikro-orm.config.ts'
import { viewerSettings } from '#database/viewer-context.ts'
import { fromGlobalId } from '#lib/global-id.ts'
import { audit } from '#modules/identity/audit.ts'
import { visitor } from '#modules/identity/viewer.ts'
import { createWorld, type World } from '#test/world.ts'

let world: World
let orm: MikroORM
let organisationId: string

beforeAll(async () => {
  world = await createWorld()
  organisationId = fromGlobalId(await world.organisation('own'))?.uuid ?? ''
  orm = await MikroORM.init(databaseConfig(world.appUrl))
})

afterAll(async () => {
  await orm.close()
  await world.close()
})

function emOf(actorId: string | null) {
  const em = orm.em.fork()
  em.setSessionContext({ variables: viewerSettings({ ...visitor, actorId }) })
  return em
}

it('chains the entries of an organisation, also when many write at once', async () => {
  await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      emOf(null).transactional((em) =>
        audit(em, visitor, { organisationId, action: 'NOTICE_DECIDED', details: { index } }),
      ),
    ),
  )
  const { rows } = await world.sql.query<{ position: number; chained: boolean }>(
    `select position, hash = audit_hash(audit_entry) and previous_hash =
       coalesce(lag(hash) over (order by position), '') as chained
     from audit_entry order by position`,
  )
  expect(rows.map(({ position }) => position)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
  expect(rows.every(({ chained }) => chained)).toBe(true)
})

it('lets nobody write in the name of another, nor change or remove what is written', async () => {
  const other = crypto.randomUUID()
  await expect(
    audit(emOf(null), { actorId: other }, { organisationId, action: 'NOTICE_DECIDED' }),
  ).rejects.toThrow(/row-level security/)
  for (const change of [
    "update audit_entry set action = 'x'",
    'delete from audit_entry',
    'truncate audit_entry',
  ])
    await expect(emOf(other).execute(change)).rejects.toThrow(/permission denied/)
  await expect(world.sql.query("update audit_entry set action = 'x'")).rejects.toThrow(
    /never changed/,
  )
})
