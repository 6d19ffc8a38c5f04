import { createHash } from 'node:crypto'
import { channel } from 'node:diagnostics_channel'
import type { Pool, QueryResult, QueryResultRow } from 'pg'
import type { Sql } from 'sql-template-tag'
import { type ViewerContext, viewerSettings } from '#database/viewer-context.ts'

/** Every statement of every read, for tests that count them. Messages: `{ text }`. */
export const statements = channel('netzwerkdiakonie:statement')

/** What a read runs with: MikroORM's own pool and the viewer. */
export interface ReadContext {
  pool: Pool
  viewer: ViewerContext
}

const setViewer =
  'select ' + [1, 2, 3, 4, 5].map((n) => `set_config($${n * 2 - 1}, $${n * 2}, true)`).join(', ')

const names = new Map<string, string>()

/**
 * Reads plain rows as the viewer may see them. Transaction, viewer and query go out in one flush;
 * the query is prepared once on each connection, because planning under row policies costs more
 * than running.
 *
 * @throws the driver's error; the connection is then clean for the next reader
 */
export async function read<Row extends QueryResultRow>(
  { pool, viewer }: ReadContext,
  query: Sql,
): Promise<Row[]> {
  const settings = Object.entries(viewerSettings(viewer)).flat()
  const client = await pool.connect()
  try {
    if (statements.hasSubscribers) statements.publish({ text: query.text })
    const flushed = await Promise.allSettled([
      client.query('begin read only'),
      client.query({ name: 'set_viewer', text: setViewer, values: settings }),
      client.query<Row>({ name: nameOf(query.text), text: query.text, values: query.values }),
      client.query('commit'),
    ])
    const failed = flushed.find((result) => result.status === 'rejected')
    if (failed) throw failed.reason
    return (flushed[2] as PromiseFulfilledResult<QueryResult<Row>>).value.rows
  } finally {
    client.release()
  }
}

function nameOf(text: string): string {
  let name = names.get(text)
  if (!name) {
    name = createHash('sha256').update(text).digest('base64url').slice(0, 20)
    names.set(text, name)
  }
  return name
}
