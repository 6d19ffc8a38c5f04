import { createHash } from 'node:crypto'
import { countLimit, pageSize } from '@netzwerkdiakonie/schema'
import type { QueryResultRow } from 'pg'
import sql, { join, raw, type Sql } from 'sql-template-tag'
import { badUserInput } from '#api/errors.ts'
import { read, type ReadContext } from '#database/read.ts'
import type { Cursors } from '#lib/cursor.ts'

/** A page of a Relay connection; `count` runs only if somebody asks for `totalCount`. */
export interface Page<Row> {
  edges: { cursor: string; node: Row }[]
  pageInfo: {
    hasNextPage: boolean
    hasPreviousPage: boolean
    startCursor: string | null
    endCursor: string | null
  }
  count(): Promise<{ value: number; isExact: boolean }>
}

/**
 * Order of a list. The columns are SQL of ours, never of a caller; together they are unique, so that
 * a row-value comparison reads on exactly where the last page ended, by one look into the index.
 */
export interface Ordering {
  columns: {
    sql: string
    type: 'date' | 'int' | 'real' | 'text' | 'timestamptz' | 'uuid'
    collate?: string
  }[]
  direction: 'asc' | 'desc'
}

/** Arguments of every connection. */
export interface PageArguments {
  first?: number | null | undefined
  after?: string | null | undefined
}

/** What to read a page from. */
export interface PageQuery {
  columns: Sql
  from: Sql
  conditions: Sql[]
  ordering: Ordering
}

/**
 * Reads one page of a list, and one row more to know whether another follows.
 *
 * @throws BAD_USER_INPUT for a page size outside its bounds or a cursor that this instance never gave out
 */
export async function readPage<Row extends QueryResultRow>(
  context: ReadContext & { cursors: Cursors },
  { first, after }: PageArguments,
  { columns, from, conditions, ordering }: PageQuery,
): Promise<Page<Row>> {
  const size = checkedSize(first)
  const wanted = after ? [...conditions, afterCursor(context.cursors, after, ordering)] : conditions
  const rows = await read<Sorted<Row>>(
    context,
    sql`select ${columns}, ${sortValues(ordering)} from ${from}
      ${where(wanted)} order by ${orderBy(ordering)} limit ${size + 1}`,
  )
  return toPage(context.cursors, rows, size, Boolean(after), () =>
    countRows(context, from, conditions),
  )
}

/** A row with the values that its cursor is made of. */
export type Sorted<Row> = Row & { sortValues: string[] }

/** The page size that was asked for, or the default. @throws BAD_USER_INPUT outside its bounds */
export function checkedSize(first: number | null | undefined): number {
  const size = first ?? pageSize.default
  if (size < 1 || size > pageSize.max)
    throw badUserInput(`first must be between 1 and ${pageSize.max}.`)
  return size
}

/** Makes a page of up to `size` of the rows; one row more says that another page follows. */
export function toPage<Row>(
  cursors: Cursors,
  rows: Sorted<Row>[],
  size: number,
  hasPreviousPage: boolean,
  count: Page<Row>['count'],
): Page<Row> {
  const edges = rows.slice(0, size).map((node) => ({
    cursor: cursors.seal(node.sortValues),
    node: node as Row,
  }))
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > size,
      hasPreviousPage,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    count,
  }
}

/** Column `sortValues` for an ordering: its name, so that no other list takes the cursor, and the values. */
export function sortValues(ordering: Ordering): Sql {
  const values = ordering.columns.map((column) => `(${column.sql})::text`)
  return raw(`array['${nameOf(ordering)}', ${values.join(', ')}] as "sortValues"`)
}

/** A short text that differs between orderings. */
function nameOf(ordering: Ordering): string {
  return createHash('sha256').update(JSON.stringify(ordering)).digest('hex').slice(0, 8)
}

/** What follows `order by` for an ordering. */
export function orderBy({ columns, direction }: Ordering): Sql {
  return raw(columns.map((column) => `${column.sql}${collation(column)} ${direction}`).join(', '))
}

/** Resolvers of every connection type. */
export const connectionResolvers = {
  totalCount: (page: Pick<Page<unknown>, 'count'>) => page.count(),
}

/** A page of nothing, for lists that the state of their parent closes. */
export const emptyPage: Page<never> = {
  edges: [],
  pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
  count: async () => ({ value: 0, isExact: true }),
}

/** Counts rows up to the limit of the contract, as the viewer may see them. */
async function countRows(
  context: ReadContext,
  from: Sql,
  conditions: Sql[],
): Promise<{ value: number; isExact: boolean }> {
  const [counted] = await read<{ value: number }>(
    context,
    sql`select count(*)::int as value
      from (select from ${from} ${where(conditions)} limit ${countLimit + 1}) rows`,
  )
  const value = counted?.value ?? 0
  return { value: Math.min(value, countLimit), isExact: value <= countLimit }
}

function where(conditions: Sql[]): Sql {
  return conditions.length > 0 ? sql`where ${join(conditions, ' and ')}` : sql``
}

function collation({ collate }: Ordering['columns'][number]): string {
  return collate ? ` collate "${collate}"` : ''
}

function afterCursor(cursors: Cursors, after: string, ordering: Ordering): Sql {
  const { columns, direction } = ordering
  const [name, ...values] = cursors.open(after) ?? []
  if (name !== nameOf(ordering))
    throw badUserInput('after is no cursor of this list. Read the list again from its start.')
  const left = columns.map((column) => raw(`${column.sql}${collation(column)}`))
  const right = columns.map((column, index) => sql`${values[index]}::${raw(column.type)}`)
  const comparison = raw(direction === 'desc' ? '<' : '>')
  return sql`(${join(left)}) ${comparison} (${join(right)})`
}
