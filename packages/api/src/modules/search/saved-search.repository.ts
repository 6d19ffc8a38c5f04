import sql, { raw } from 'sql-template-tag'
import { read, type ReadContext } from '#database/read.ts'
import type { SavedSearchRow } from '#modules/search/saved-search.entity.ts'

const columns = raw(`id, name, query, kinds, fields_of_work as "fieldsOfWork", competences,
  tool_categories as "toolCategories", umbrellas, updated_since::text as "updatedSince"`)

/** All searches that the viewer keeps, by name. */
export function readSavedSearches(context: ReadContext): Promise<SavedSearchRow[]> {
  return read(
    context,
    sql`select ${columns} from saved_search order by name collate "de-x-icu", id`,
  )
}

/** Those with these UUIDs, if the viewer keeps them. */
export function readSavedSearchesById(
  context: ReadContext,
  ids: string[],
): Promise<SavedSearchRow[]> {
  return read(context, sql`select ${columns} from saved_search where id = any(${ids}::uuid[])`)
}
