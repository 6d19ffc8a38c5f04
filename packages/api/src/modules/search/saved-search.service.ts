import type { SqlEntityManager } from '@mikro-orm/postgresql'
import { limits } from '@netzwerkdiakonie/schema'
import type { SaveSearchInput, SearchFilter } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { UserFailure } from '#api/errors.ts'
import { uuidOf } from '#lib/global-id.ts'
import { createOnce } from '#lib/idempotency/create-once.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import { InputCheck } from '#modules/entry/input.ts'
import { authorizePerson } from '#modules/identity/viewer.ts'
import { SavedSearch, type SavedSearchRow } from '#modules/search/saved-search.entity.ts'
import { readSavedSearches } from '#modules/search/saved-search.repository.ts'

/** All searches that the viewer keeps; visitors and tokens keep none. */
// public: row security shows to each person their own
export async function listSavedSearches(context: Context): Promise<SavedSearchRow[]> {
  return context.viewer.caller === 'PERSON' ? readSavedSearches(context) : []
}

/**
 * Keeps a search for the calling person.
 *
 * @returns its UUID
 * @throws UNAUTHENTICATED; UserFailure REQUIRED, TOO_LONG, UNKNOWN_CODE, TOO_MANY, IDEMPOTENCY_KEY_REUSED
 */
export async function saveSearch(context: Context, input: SaveSearchInput): Promise<string> {
  const viewer = authorizePerson(context.viewer)
  const check = new InputCheck()
  const query = check.text('query', input.query, { max: limits.searchQuery })
  const narrowed = checkFilter(check, input.filter ?? {})
  const name = check.text('name', input.name?.trim() || query.slice(0, limits.savedSearchName), {
    max: limits.savedSearchName,
    required: true,
  })
  const key = check.idempotencyKey(input.idempotencyKey ?? context.idempotencyKey)
  check.done()
  const call = {
    actorId: viewer.actorId,
    // Searches are the person's own, whichever organisation they act for.
    organisationId: viewer.actorId,
    operation: 'saveSearch',
    input: { ...input },
    key,
  }
  return createOnce(context.em, call, async (em, id) => {
    await checkRoom(em, viewer.actorId)
    em.create(SavedSearch, { id, accountId: viewer.actorId, name, query, ...narrowed })
    await em.flush()
  })
}

/**
 * Gives a search that the calling person keeps another name.
 *
 * @returns its UUID
 * @throws UNAUTHENTICATED; UserFailure NOT_FOUND, REQUIRED, TOO_LONG
 */
export async function renameSavedSearch(
  context: Context,
  input: { id: string; name: string },
): Promise<string> {
  authorizePerson(context.viewer)
  return unitOfWork(context.em, async (em) => {
    const saved = await findSavedSearch(em, input.id)
    const check = new InputCheck()
    saved.name = check.text('name', input.name, { max: limits.savedSearchName, required: true })
    check.done()
    return saved.id
  })
}

/**
 * Forgets a search that the calling person keeps.
 *
 * @throws UNAUTHENTICATED; UserFailure NOT_FOUND
 */
export async function deleteSavedSearch(context: Context, id: string): Promise<void> {
  authorizePerson(context.viewer)
  await unitOfWork(context.em, async (em) => {
    em.remove(await findSavedSearch(em, id))
  })
}

/** Row security knows no saved search of anybody else. */
async function findSavedSearch(em: SqlEntityManager, id: string): Promise<SavedSearch> {
  const uuid = uuidOf('SavedSearch', id)
  const saved = uuid ? await em.findOne(SavedSearch, uuid) : null
  if (!saved) throw new UserFailure({ code: 'NOT_FOUND', path: ['input', 'id'] })
  return saved
}

/** Locks the account, so that two at once do not both take the last place. */
async function checkRoom(em: SqlEntityManager, accountId: string): Promise<void> {
  await em.execute('select from account where id = ? for no key update', [accountId])
  const kept = await em.count(SavedSearch, { accountId })
  if (kept >= limits.savedSearches)
    throw new UserFailure({ code: 'TOO_MANY', words: { limit: limits.savedSearches } })
}

function checkFilter(check: InputCheck, filter: SearchFilter) {
  const codes = (name: 'fieldsOfWork' | 'competences' | 'toolCategories' | 'umbrellas') =>
    // There are no more codes than the vocabulary has.
    check.codes(`filter.${name}`, name, filter[name], { max: Infinity })
  return {
    kinds: [...new Set(filter.kinds)],
    fieldsOfWork: codes('fieldsOfWork'),
    competences: codes('competences'),
    toolCategories: codes('toolCategories'),
    umbrellas: codes('umbrellas'),
    updatedSince: filter.updatedSince ?? null,
  }
}
