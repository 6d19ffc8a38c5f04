import sql, { join, raw, type Sql } from 'sql-template-tag'
import type { SearchKind } from '#api/__generated__/resolvers.ts'
import { read, type ReadContext } from '#database/read.ts'
import type { Cursors } from '#lib/cursor.ts'
import { type Ordering, type Page, type PageArguments, readPage } from '#lib/page.ts'
import { matchEnd, matchStart, type SearchHitRow } from '#modules/search/hit.ts'

/** What to search for, analysed. */
export interface SearchQuery {
  text: string
  /** Codes of vocabulary terms that the text names. */
  topics: string[]
  kinds: readonly SearchKind[]
  /** Codes of fields of work, narrower ones included. */
  fieldsOfWork: readonly string[]
}

const best: Ordering = {
  columns: [
    { sql: 'hit.rank', type: 'real' },
    { sql: 'hit.id', type: 'uuid' },
  ],
  direction: 'desc',
}

/** A page of hits, the best first. */
export function readHits(
  context: ReadContext & { cursors: Cursors },
  query: SearchQuery,
  page: PageArguments,
): Promise<Page<SearchHitRow>> {
  // ShortWord: short words at the ends of a passage belong to it like any other.
  const options = `StartSel=${matchStart}, StopSel=${matchEnd}, MaxFragments=1, MaxWords=30, MinWords=12, ShortWord=0`
  return readPage(context, page, {
    columns: sql`hit.id, hit.kind, hit.title, hit.topics,
      to_tsvector('german', hit.title) @@ hit.any_word as "inTitle",
      to_tsvector('german', hit.text) @@ hit.any_word as "inText",
      ts_headline('german', translate(hit.text, ${matchStart + matchEnd}, ''), hit.any_word, ${options})
        as passage`,
    from: hits(query),
    conditions: query.kinds.length > 0 ? [sql`hit.kind = any(${query.kinds}::text[])`] : [],
    ordering: best,
  })
}

/** How many hits there are of each kind. */
export function readFacets(
  context: ReadContext,
  query: SearchQuery,
): Promise<{ kind: SearchKind; count: number }[]> {
  return read(
    context,
    sql`select hit.kind, count(*)::int as count from ${hits(query)} group by hit.kind
      order by count(*) desc, hit.kind`,
  )
}

/**
 * All hits with their rank. Any word may match, the longer ones also as the beginning of a compound;
 * a text in which all words occur ranks above all others, one that only shares a topic below.
 */
function hits({ text, topics, fieldsOfWork }: SearchQuery): Sql {
  const inFields = (table: string) =>
    fieldsOfWork.length > 0
      ? sql`and ${raw(table)}.fields_of_work && ${fieldsOfWork}::text[]`
      : sql``
  const shared = (columns: Sql) => sql`array(
    select unnest(${columns}) intersect select unnest(${topics}::text[]))`
  const rank = (table: string, topicColumns: Sql) => sql`(
    ts_rank('{0.05, 0.2, 0.5, 1}', ${raw(table)}.search_document, words.any_word)
    + case when ${raw(table)}.search_document @@ words.all_words then 1 else 0 end
    + 0.1 * cardinality(${shared(topicColumns)}))::real`
  const entry = (table: string, kind: Sql, content: Sql, topicColumns: Sql) => sql`
    select ${raw(table)}.id, ${kind} as kind, ${raw(table)}.title, ${content} as text,
      ${shared(topicColumns)} as topics, words.any_word, ${rank(table, topicColumns)} as rank
    from ${raw(table)}, words
    where ${raw(table)}.state = 'PUBLISHED' ${inFields(table)}
      and (${raw(table)}.search_document @@ words.any_word
        or ${topicColumns} && ${topics}::text[])`
  const kinds = [
    entry(
      'problem',
      sql`'PROBLEM'`,
      sql`problem.body`,
      sql`(problem.fields_of_work || problem.competences)`,
    ),
    entry(
      'solution',
      sql`case solution.kind when 'TOOL' then 'TOOL' else 'SOLUTION' end`,
      sql`solution.summary || ' ' || solution.body`,
      sql`(solution.fields_of_work || solution.competences || solution.tool_categories)`,
    ),
  ]
  if (fieldsOfWork.length === 0)
    kinds.push(sql`
      select organisation.id, 'ORGANISATION', organisation.name, coalesce(organisation.seat, ''),
        '{}'::text[], words.any_word,
        (ts_rank(organisation.search_document, words.any_word)
          + case when organisation.search_document @@ words.all_words then 1 else 0 end)::real
      from organisation, words
      where not organisation.is_pseudonym
        and (organisation.merged_on is null or organisation.merged_on > current_date)
        and organisation.search_document @@ words.any_word`)
  return sql`(
    with words as materialized (
      select plainto_tsquery('german', ${text}) as all_words, (
        select coalesce(string_agg(
          quote_literal(lexeme) || case when length(lexeme) > 3 then ':*' else '' end, ' | '), '')
        from unnest(to_tsvector('german', ${text}))
      )::tsquery as any_word
    )
    ${join(kinds, ' union all ')}
  ) hit`
}
