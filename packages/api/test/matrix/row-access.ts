import { Client, DatabaseError, Pool } from 'pg'
import { sessionOptions } from '#database/mikro-orm.config.ts'
import { viewerSettings } from '#database/viewer-context.ts'
import { findViewer } from '#modules/identity/identity.service.ts'
import type { World } from '#test/world.ts'
import { moderatedParts } from './oracle.ts'
import type { Probe } from './probe.ts'
import { rowRules } from './rows.ts'

type Command = 'select' | 'insert' | 'update' | 'delete'

/** A table, and what the app's login is allowed at all before row policies. */
interface Reach {
  table: string
  selects: boolean
  inserts: string[]
  updates: string[]
  deletes: boolean
}

/** Their rows have no place of their own. */
const views = ['current_membership', 'holding_mandate']

/** By a row policy or a missing privilege, and by a trigger that stands before the policy. */
const refusals: unknown[] = ['42501', 'ND409']

/** Tables and views that the app's login reaches. */
export async function reachOf(world: World): Promise<Reach[]> {
  const { rows } = await world.sql.query<Reach>(`
    select relname as table,
      has_any_column_privilege(app, oid, 'select') as selects,
      has_table_privilege(app, oid, 'delete') as deletes,
      array(select attname::text from pg_attribute where attrelid = oid and attnum > 0
        and not attisdropped and attgenerated = '' and has_column_privilege(app, oid, attnum, 'insert')) as inserts,
      array(select attname::text from pg_attribute where attrelid = oid and attnum > 0
        and not attisdropped and attgenerated = '' and has_column_privilege(app, oid, attnum, 'update')) as updates
    from pg_class, (values ('netzwerkdiakonie_app'::regrole)) role (app)
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'm')
    order by relname`)
  return rows.filter(
    ({ selects, inserts, updates, deletes }) =>
      selects || deletes || inserts.length > 0 || updates.length > 0,
  )
}

/**
 * Row policies themselves: as the app's login in the viewer's context, each table gives and takes exactly
 * the rows that its rule says. Nothing is kept.
 *
 * @param only tables to look at; all by default
 */
export async function tryRows(probe: Probe, reach: Reach[], only?: string[]): Promise<void> {
  if (probe.row.refused) return
  const app = new Client({ connectionString: probe.world.appUrl, options: sessionOptions })
  await app.connect()
  const viewer = await viewerOf(probe)
  const seen = probe.register.things.filter((thing) => probe.sees(thing)).map(({ uuid }) => uuid)
  const cases = probe.register.things.filter((thing) => moderatedParts(probe.row, thing) !== '')
  const roles = viewer.roleAssignments.map(({ organisationId }) => organisationId)
  const named = roles.length > 0 ? roles : viewer.organisationId ? [viewer.organisationId] : []
  const { rows: pseudonyms } = await probe.world.sql.query<{ id: string }>(
    'select id from pseudonym where organisation_id = any($1)',
    [named],
  )
  const facts = [
    viewer.actorId,
    [...named, ...pseudonyms.map(({ id }) => id)],
    viewer.managedOrganisationIds,
    seen,
    cases.map(({ uuid }) => uuid),
  ]
  const rowsWhere = async (table: string, rule: string) => {
    const typed = `with viewer as (select $1::uuid, $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[])`
    const { rows } = await probe.world.sql.query<{ at: string; content: object }>(
      `${typed} select ${views.includes(table) ? 'row_number() over ()' : 'ctid'}::text as at,
        to_jsonb("${table}") as content from "${table}" where ${rule}`,
      facts,
    )
    return rows
  }
  /** Runs a statement that never lasts; gives the number of rows, or the code of the refusal. */
  const attempt = async (text: string, values: unknown[] = []): Promise<number | string> => {
    await app.query('begin')
    try {
      for (const [name, value] of Object.entries(viewerSettings(viewer)))
        await app.query('select set_config($1, $2, true)', [name, value])
      return (await app.query(text, values)).rowCount ?? 0
    } catch (error) {
      return error instanceof DatabaseError ? (error.code ?? '') : String(error)
    } finally {
      await app.query('rollback')
    }
  }
  const expectRows = (table: string, command: Command, got: unknown, wanted: unknown) =>
    probe.expectEqual(`row policy: ${command} on ${table}`, `as ${probe.name}`, got, wanted)

  try {
    for (const { table, selects, inserts, updates, deletes } of reach) {
      if (only && !only.includes(table)) continue
      const rules = rowRules[table]
      if (!rules) {
        probe.report(
          `table ${table}`,
          'has no line in rows.ts: say who reads and writes its rows',
          '',
        )
        continue
      }
      const readable = `(${rules.select})`
      const count = async (rule: string) => (await rowsWhere(table, rule)).length
      if (selects)
        expectRows(
          table,
          'select',
          await attempt(`select 1 from "${table}"`),
          await count(readable),
        )
      if (updates[0])
        expectRows(
          table,
          'update',
          await attempt(
            `update "${table}" set ${rules.set ?? `"${updates[0]}" = "${updates[0]}"`}`,
          ),
          await count(`${readable} and (${rules.update ?? 'false'})`),
        )
      if (deletes)
        expectRows(
          table,
          'delete',
          await attempt(`delete from "${table}"`),
          await count(`${readable} and (${rules.delete ?? 'false'})`),
        )
      if (inserts.length > 0) {
        const allowed = new Set(
          (await rowsWhere(table, rules.insert ?? 'false')).map(({ at }) => at),
        )
        const columns = inserts.map((name) => `"${name}"`).join(', ')
        for (const { at, content } of someOf(await rowsWhere(table, 'true'), allowed)) {
          const got = await attempt(
            `insert into "${table}" (${columns})
             select ${columns} from jsonb_populate_record(null::"${table}", $1)`,
            [JSON.stringify(content)],
          )
          // A copy of a row that may be written fails for being there already, and for nothing else.
          expectRows(
            table,
            'insert',
            refusals.includes(got) ? 'refused' : 'let in',
            allowed.has(at) ? 'let in' : 'refused',
          )
        }
      }
    }
  } finally {
    await app.end()
  }
}

/** Without a viewer's context nothing is visible at all: a read that forgets it fails closed. */
export async function readWithoutViewer(probe: Probe, reach: Reach[]): Promise<void> {
  const app = new Client({ connectionString: probe.world.appUrl, options: sessionOptions })
  await app.connect()
  for (const { table } of reach.filter(({ selects }) => selects)) {
    const { rowCount } = await app.query(`select 1 from "${table}"`)
    probe.expectEqual(`row policy: select on ${table}`, 'without a viewer', rowCount, 0)
  }
  await app.end()
}

/** A few rows that may be written and a few that may not: all of a table would take long. */
function someOf<Row extends { at: string }>(rows: Row[], allowed: Set<string>): Row[] {
  const [yes, no] = [true, false].map((may) => rows.filter(({ at }) => allowed.has(at) === may))
  const spread = (list: Row[]) => list.filter((_, at) => at % Math.ceil(list.length / 4) === 0)
  return [...spread(yes!), ...spread(no!)]
}

/** Looking at a viewer is no use of a session. */
const sessionKeeper = { keep: async () => {} }

async function viewerOf(probe: Probe) {
  const pool = new Pool({ connectionString: probe.world.appUrl, options: sessionOptions, max: 1 })
  const { cookie, authorization } = probe.headers
  const sessionToken = cookie?.replace(/^.*session=/, '')
  try {
    return await findViewer({ pool, sessionKeeper }, { authorization, sessionToken })
  } finally {
    await pool.end()
  }
}
