import { vocabularies } from '@netzwerkdiakonie/schema'
import sql, { raw } from 'sql-template-tag'
import type { SolutionFilter, SolutionOrder } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { read, type ReadContext } from '#database/read.ts'
import { type Ordering, type Page, type PageArguments, readPage } from '#lib/page.ts'
import { entryColumns, entryConditions } from '#modules/entry/entry.repository.ts'
import type { SolutionRow } from '#modules/solution/solution.entity.ts'

const columns = raw(`${entryColumns('solution')}, solution.summary, solution.kind,
  solution.tool_categories as "toolCategories", solution.min_size as "minSize",
  solution.works_without_it_department as "worksWithoutItDepartment", solution.effort,
  solution.cost_band as "costBand", solution.problem_id as "problemId",
  solution.credited_organisation_ids as "creditedOrganisationIds"`)

const newest: Ordering['columns'] = [
  { sql: 'solution.published_at', type: 'timestamptz' },
  { sql: 'solution.id', type: 'uuid' },
]

const orderings: Record<SolutionOrder, Ordering> = {
  NEWEST: { columns: newest, direction: 'desc' },
  RECENTLY_UPDATED: {
    columns: [{ sql: 'solution.as_of', type: 'date' }, ...newest],
    direction: 'desc',
  },
  SMALLEST_FIRST: {
    columns: [{ sql: 'coalesce(solution.min_size, 99)', type: 'int' }, ...newest],
    direction: 'asc',
  },
  TITLE: {
    columns: [
      { sql: 'solution.title', type: 'text', collate: 'de-x-icu' },
      { sql: 'solution.id', type: 'uuid' },
    ],
    direction: 'asc',
  },
}

/** Position of a size class in its vocabulary, from 0 for the smallest; -1 for an unknown code. */
export function sizeOf(code: string): number {
  return vocabularies.sizeClasses.findIndex((term) => term.code === code)
}

/** A page of solutions. */
export function readSolutions(
  context: Context,
  filter: SolutionFilter | null | undefined,
  order: SolutionOrder,
  page: PageArguments,
): Promise<Page<SolutionRow>> {
  const conditions = entryConditions('solution', filter, context.viewer)
  if (filter?.kinds?.length) conditions.push(sql`solution.kind = any(${filter.kinds}::text[])`)
  if (filter?.toolCategories?.length)
    conditions.push(sql`solution.tool_categories && ${filter.toolCategories}::text[]`)
  if (filter?.sizeClass)
    conditions.push(sql`coalesce(solution.min_size, 0) <= ${sizeOf(filter.sizeClass)}::int`)
  if (filter?.withoutSoftware)
    conditions.push(sql`solution.kind <> 'TOOL' and solution.tool_categories = '{}'`)
  if (filter?.withoutItDepartment) conditions.push(sql`solution.works_without_it_department`)
  return readPage(context, page, {
    columns,
    from: sql`solution`,
    conditions,
    ordering: orderings[order],
  })
}

/** Solutions with these UUIDs. */
export function readSolutionsById(context: ReadContext, ids: string[]): Promise<SolutionRow[]> {
  return read(context, sql`select ${columns} from solution where id = any(${ids}::uuid[])`)
}

/** Solutions that came out of these problems, the newest first; those in review only for their owner. */
export function readSolutionsOf(
  context: ReadContext,
  problemIds: string[],
): Promise<SolutionRow[]> {
  return read(
    context,
    sql`select ${columns} from solution
      where problem_id = any(${problemIds}::uuid[]) and state <> 'WITHDRAWN'
      order by published_at desc, id`,
  )
}
