import type { ReadContext } from '#database/read.ts'
import { loadOne } from '#lib/batch.ts'
import {
  readMissedSearchesById,
  readSearchInvitationsById,
  readSynonymGroupsById,
} from '#modules/thesaurus/thesaurus.repository.ts'

/** Rows of the thesaurus by UUID, all of a request in one statement each. */
export function createThesaurusLoaders(context: ReadContext) {
  return {
    missedSearch: loadOne(
      (ids) => readMissedSearchesById(context, ids),
      (row) => row.id,
    ),
    synonymGroup: loadOne(
      (ids) => readSynonymGroupsById(context, ids),
      (row) => row.id,
    ),
    searchInvitation: loadOne(
      (ids) => readSearchInvitationsById(context, ids),
      (row) => row.id,
    ),
  }
}
