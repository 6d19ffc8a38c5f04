import sql, { raw } from 'sql-template-tag'
import type { ProblemFilter, ProblemOrder } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { read, type ReadContext } from '#database/read.ts'
import {
  orderBy,
  type Ordering,
  type Page,
  type PageArguments,
  readPage,
  type Sorted,
  sortValues,
} from '#lib/page.ts'
import { entryColumns, entryConditions } from '#modules/entry/entry.repository.ts'
import type { AnswerRow } from '#modules/problem/answer.entity.ts'
import type { ProblemRow } from '#modules/problem/problem.entity.ts'

const columns = raw(`${entryColumns('problem')}, problem.status,
  problem.answer_count as "answerCount", problem.same_here_count as "sameHereCount",
  problem.anonymous_to_network as "anonymousToNetwork"`)

const answerColumns = raw(`answer.id, answer.problem_id as "problemId",
  answer.answering_organisation_id as "answeringOrganisationId",
  answer.organisation_id as "organisationId", answer.author_id as "authorId",
  answer.submitted_by_id as "submittedById", answer.type,
  answer.body, answer.solution_id as "solutionId", answer.accepted, answer.withdrawn, answer.locked,
  answer.ai_share as "aiShare",
  (case when answer.anonymous_to_network
    then date_trunc('week', answer.created_at) else answer.created_at end)::date::text as "asOf"`)

const newest: Ordering['columns'] = [
  { sql: 'problem.published_at', type: 'timestamptz' },
  { sql: 'problem.id', type: 'uuid' },
]

const orderings: Record<ProblemOrder, Ordering> = {
  NEWEST: { columns: newest, direction: 'desc' },
  RECENTLY_UPDATED: {
    columns: [{ sql: 'problem.as_of', type: 'date' }, ...newest],
    direction: 'desc',
  },
  MOST_SAME_HERE: {
    columns: [{ sql: 'problem.same_here_count', type: 'int' }, ...newest],
    direction: 'desc',
  },
  FEWEST_ANSWERS: {
    columns: [{ sql: 'problem.answer_count', type: 'int' }, ...newest],
    direction: 'asc',
  },
  TITLE: {
    columns: [
      { sql: 'problem.title', type: 'text', collate: 'de-x-icu' },
      { sql: 'problem.id', type: 'uuid' },
    ],
    direction: 'asc',
  },
}

// Those that helped come first, then the oldest: a thread is read from its beginning.
const answersInOrder: Ordering = {
  columns: [
    { sql: '(not answer.accepted)::int', type: 'int' },
    { sql: 'answer.created_at', type: 'timestamptz' },
    { sql: 'answer.id', type: 'uuid' },
  ],
  direction: 'asc',
}

/** A page of problems. */
export function readProblems(
  context: Context,
  filter: ProblemFilter | null | undefined,
  order: ProblemOrder,
  page: PageArguments,
): Promise<Page<ProblemRow>> {
  const conditions = entryConditions('problem', filter, context.viewer)
  if (filter?.statuses?.length)
    conditions.push(sql`problem.status = any(${filter.statuses}::text[])`)
  return readPage(context, page, {
    columns,
    from: sql`problem`,
    conditions,
    ordering: orderings[order],
  })
}

/** Problems with these UUIDs. */
export function readProblemsById(context: ReadContext, ids: string[]): Promise<ProblemRow[]> {
  return read(context, sql`select ${columns} from problem where id = any(${ids}::uuid[])`)
}

/** A page of the answers to a problem. */
export function readAnswers(
  context: Context,
  problemId: string,
  page: PageArguments,
): Promise<Page<AnswerRow>> {
  return readPage(context, page, {
    columns: answerColumns,
    from: sql`answer`,
    conditions: [sql`answer.problem_id = ${problemId}::uuid`, sql`not answer.withdrawn`],
    ordering: answersInOrder,
  })
}

/** The first answers to each of these problems, up to a number for each, in one statement. */
export function readFirstAnswers(
  context: ReadContext,
  problemIds: string[],
  limit: number,
): Promise<Sorted<AnswerRow>[]> {
  return read(
    context,
    sql`select listed.* from unnest(${problemIds}::uuid[]) asked (id)
      cross join lateral (
        select ${answerColumns}, ${sortValues(answersInOrder)} from answer
        where answer.problem_id = asked.id and not answer.withdrawn
        order by ${orderBy(answersInOrder)} limit ${limit}
      ) listed`,
  )
}

/** Who stands behind these pseudonyms, as far as the viewer may know. */
export function readBehind(
  context: ReadContext,
  pseudonymIds: string[],
): Promise<{ id: string; organisationId: string }[]> {
  return read(
    context,
    sql`select id, organisation_id as "organisationId" from pseudonym
      where id = any(${pseudonymIds}::uuid[])`,
  )
}

/** Answers with these UUIDs. */
export function readAnswersById(context: ReadContext, ids: string[]): Promise<AnswerRow[]> {
  return read(context, sql`select ${answerColumns} from answer where id = any(${ids}::uuid[])`)
}

/** To which of these problems the organisation said “Wir auch”. */
export function readSameHere(
  context: ReadContext,
  organisationId: string,
  problemIds: string[],
): Promise<{ problemId: string }[]> {
  return read(
    context,
    sql`select problem_id as "problemId" from same_here
      where organisation_id = ${organisationId}::uuid and problem_id = any(${problemIds}::uuid[])`,
  )
}
