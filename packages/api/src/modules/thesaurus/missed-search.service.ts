import type { SqlEntityManager } from '@mikro-orm/postgresql'
import type { MissedSearchFilter, MissedSearchOrder } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { UserFailure } from '#api/errors.ts'
import { fromGlobalId, uuidOf } from '#lib/global-id.ts'
import { emptyPage, type PageArguments } from '#lib/page.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import { audit } from '#modules/identity/audit.ts'
import { authorizeAnyEditor } from '#modules/thesaurus/acting-association.ts'
import { isOnList, type MissedSearchPage } from '#modules/thesaurus/missed-search.entity.ts'
import { isCountable, normaliseQuery } from '#modules/thesaurus/query-text.ts'
import { isSeenByAllMembers } from '#modules/thesaurus/thesaurus.policy.ts'
import { readMissedSearches } from '#modules/thesaurus/thesaurus.repository.ts'

/**
 * Counts a search by its words and the week, if they do not look as if they told of anybody. Nothing
 * about who searched reaches the database. A search never fails because of it.
 *
 * @param hadHits whether it found something that every member may see. What only some see must not
 *   count: the numbers would tell all editors that there is something hidden from them
 */
// public: visitors search, too; a function of the database counts and gives nothing back
export async function countSearch(
  { pool }: Pick<Context, 'pool'>,
  query: string,
  hadHits: boolean,
): Promise<void> {
  if (!isCountable(query)) return
  try {
    await pool.query({
      name: 'count_search',
      text: 'select count_search($1, $2)',
      values: [normaliseQuery(query), hadHits],
    })
  } catch {
    // Its message could hold the words of the search, so it goes nowhere; a database that is not
    // reached shows in the search itself.
  }
}

/**
 * Counts that a hit was opened, if the query was counted this week and every member may see the hit.
 *
 * @returns whether it was counted
 */
// public: visitors open hits, too; what they may not see is as if it did not exist
export async function noteOpenedHit(
  context: Context,
  { query, entryId }: { query: string; entryId: string },
): Promise<boolean> {
  if (!isCountable(query) || !(await isOpenToAllMembers(context, entryId))) return false
  const { rows } = await context.pool.query<{ counted: boolean }>({
    name: 'note_opened_hit',
    text: 'select note_opened_hit($1) as counted',
    values: [normaliseQuery(query)],
  })
  return rows[0]?.counted ?? false
}

async function isOpenToAllMembers({ loaders }: Context, entryId: string): Promise<boolean> {
  const node = fromGlobalId(entryId)
  if (node?.type === 'Organisation') {
    const organisation = await loaders.organisation.load(node.uuid)
    return organisation !== null && !organisation.isPseudonym
  }
  if (node?.type !== 'Problem' && node?.type !== 'Solution') return false
  const loader = node.type === 'Problem' ? loaders.problem : loaders.solution
  const entry = await loader.load(node.uuid)
  return entry !== null && isSeenByAllMembers(entry)
}

/** A page of missed searches. */
// public: row security shows them to editors of associations alone, and only what happened often enough
export async function listMissedSearches(
  context: Context,
  filter: MissedSearchFilter | null | undefined,
  order: MissedSearchOrder,
  page: PageArguments,
): Promise<MissedSearchPage> {
  if (context.viewer.managedOrganisationIds.length === 0) return emptyPage
  return readMissedSearches(context, filter, order, page)
}

/**
 * Takes a missed search off the list, for editors of all associations.
 *
 * @throws UNAUTHENTICATED; UserFailure FORBIDDEN, NOT_FOUND
 */
export async function dismissMissedSearch(context: Context, id: string): Promise<void> {
  const { viewer, managed } = await authorizeAnyEditor(context)
  // Nothing of it belongs to an association; it stands in the log of the one acted for.
  const organisationId = managed.find((own) => own === viewer.organisationId) ?? managed[0]!
  await unitOfWork(context.em, async (em) => {
    const subject = await takeOffList(em, id, 'id')
    await audit(em, viewer, { organisationId, action: 'MISSED_SEARCH_DISMISSED', subject })
  })
}

/**
 * Marks a missed search as settled, within the unit of work of `em`. Of two editors who come at once
 * the second does not find it.
 *
 * @returns its UUID
 * @throws UserFailure NOT_FOUND for what is not on the list of the viewer
 */
// public: whoever calls this has authorized an editor, and row security lets nobody else
export async function takeOffList(
  em: SqlEntityManager,
  id: string,
  field: string,
): Promise<string> {
  const [settled] = await em.execute<{ id: string }[]>(
    `update missed_search set dismissed = true where id = ?::uuid and ${isOnList} returning id`,
    [uuidOf('MissedSearch', id)],
  )
  if (!settled) throw new UserFailure({ code: 'NOT_FOUND', path: ['input', field] })
  return settled.id
}

/**
 * The missed search that synonyms answer, within the unit of work of `em`: it is off the list as long
 * as they stand.
 *
 * @returns its UUID
 * @throws UserFailure NOT_FOUND for what is not on the list of the viewer
 */
// public: row security shows missed searches to editors of associations alone
export async function findOnList(em: SqlEntityManager, id: string, field: string): Promise<string> {
  const [found] = await em.execute<{ id: string }[]>(
    `select id from missed_search where id = ?::uuid and ${isOnList} for update`,
    [uuidOf('MissedSearch', id)],
  )
  if (!found) throw new UserFailure({ code: 'NOT_FOUND', path: ['input', field] })
  return found.id
}
