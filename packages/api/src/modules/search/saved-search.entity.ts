import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { SearchKind } from '#api/__generated__/resolvers.ts'
import { ownerPolicy } from '#database/policies.ts'
import { Account } from '#modules/identity/account.entity.ts'

const own = 'account_id = (select viewer_actor_id())'

/** A search that a person keeps, to run it again. It tells what somebody is looking for: nobody else reads it. */
export const SavedSearch = defineEntity({
  name: 'SavedSearch',
  tableName: 'saved_search',
  rowLevelSecurity: 'force',
  policies: [ownerPolicy, { name: 'own', using: own, check: own }],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    accountId: () =>
      p.manyToOne(Account).mapToPk().fieldName('account_id').deleteRule('cascade').index(),
    name: p.string().columnType('text'),
    /** May be empty where the codes say it all. */
    query: p.string().columnType('text'),
    kinds: p.array().columnType('text[]').defaultRaw("'{}'"),
    /** Codes of the vocabularies, here and below. */
    fieldsOfWork: p.array().columnType('text[]').defaultRaw("'{}'"),
    competences: p.array().columnType('text[]').defaultRaw("'{}'"),
    toolCategories: p.array().columnType('text[]').defaultRaw("'{}'"),
    umbrellas: p.array().columnType('text[]').defaultRaw("'{}'"),
    updatedSince: p.date().nullable(),
  },
})

export type SavedSearch = InferEntity<typeof SavedSearch>

/** A saved search as its person reads it. */
export interface SavedSearchRow {
  id: string
  name: string
  query: string
  kinds: SearchKind[]
  fieldsOfWork: string[]
  competences: string[]
  toolCategories: string[]
  umbrellas: string[]
  /** ISO day. */
  updatedSince: string | null
}
