import type { World } from './world.ts'

/** Tables that count tries and not what was tried: refusing somebody may change them. */
const counters = ['attempt_budget']

/** Number of rows and checksum of every table of a world: equal before and after means that nothing changed. */
export async function checksums(world: World): Promise<Record<string, string>> {
  const { rows: tables } = await world.sql.query<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  )
  const parts = tables
    .filter(({ name }) => !counters.includes(name))
    .map(
      ({ name }) => `select '${name}' as name, concat_ws(' ', count(*),
        md5(string_agg(row::text, '' order by row::text))) as content from "${name}" row`,
    )
  const { rows } = await world.sql.query<{ name: string; content: string }>(
    parts.join(' union all '),
  )
  return Object.fromEntries(rows.map(({ name, content }) => [name, content]))
}
