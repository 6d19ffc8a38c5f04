import { createThesaurus } from '@netzwerkdiakonie/analyser'
import sql, { type Sql } from 'sql-template-tag'
import { draftQuery } from '#modules/search/query-draft.ts'
import { requirementsOf } from '#modules/search/query-plan.ts'

// Lists narrow what the search finds; they do not guess.
const noSynonyms = createThesaurus([])

/** Entries that a list reads on with; no list goes so far. */
const mostFound = 10_000

/**
 * Ids of entries that have all words of a text, or all parts of its compounds: for lists that are
 * narrowed by words and keep an order of their own.
 */
// public: row security shows to everybody what they may see
export function foundBy(text: string): Sql {
  const { groups } = draftQuery(text, noSynonyms)
  const query = requirementsOf(groups)
    .map((requirement) => `(${requirement.query})`)
    .join(' & ')
  return sql`select id from find_search_candidates(
    array[${query}::text::tsquery], array[false], array[${mostFound}::int], array[false], 1,
    null, null, null, null, null, null, false)`
}
