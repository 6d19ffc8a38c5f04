import type { ReadContext } from '#database/read.ts'
import { loadOne } from '#lib/batch.ts'
import { readSavedSearchesById } from '#modules/search/saved-search.repository.ts'

/** Saved searches by UUID, all of a request in one statement. */
export function createSavedSearchLoaders(context: ReadContext) {
  return {
    savedSearch: loadOne(
      (ids) => readSavedSearchesById(context, ids),
      (row) => row.id,
    ),
  }
}
