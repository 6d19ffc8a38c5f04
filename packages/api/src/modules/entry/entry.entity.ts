import { p } from '@mikro-orm/core'
import { Account } from '#modules/identity/account.entity.ts'
import { Organisation } from '#modules/organisation/organisation.entity.ts'

/** Who may see an entry, from few to all. */
export const visibilities = [
  'OWN_ORGANISATION',
  'OWN_ASSOCIATION',
  'SELECTED_ORGANISATIONS',
  'ALL_MEMBERS',
  'PUBLIC',
] as const

export type Visibility = (typeof visibilities)[number]

/** Life cycle as it is stored; `NEEDS_UPDATE` follows from `as_of` and is not. */
export const entryStates = ['IN_REVIEW', 'PUBLISHED', 'WITHDRAWN', 'LOCKED'] as const

export type EntryState = (typeof entryStates)[number]

/** What part AI had in a text. */
export const aiShares = [
  'NONE',
  'AI_ASSISTED',
  'AI_GENERATED',
  'MACHINE_TRANSLATED',
  'MACHINE_SIMPLIFIED',
] as const

export type AiShare = (typeof aiShares)[number]

/** Columns that every table of entries has. */
export const entryProperties = {
  id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
  code: p.string().columnType('text').nullable().unique(),
  title: p.string().columnType('text'),
  body: p.string().columnType('text').default(''),
  organisationId: () => p.manyToOne(Organisation).mapToPk().fieldName('organisation_id'),
  /** Who wrote it: needed so that a second person reviews it; never shown. */
  authorId: () => p.manyToOne(Account).mapToPk().fieldName('author_id').nullable(),
  /** The association that posted it by mandate, where the organisation did not do so itself. */
  submittedById: () => p.manyToOne(Organisation).mapToPk().fieldName('submitted_by_id').nullable(),
  visibility: p.enum(visibilities).columnType('text'),
  /** Who may see it, where the visibility is `SELECTED_ORGANISATIONS`. */
  selectedOrganisationIds: p.array().columnType('uuid[]').defaultRaw("'{}'"),
  state: p.enum(entryStates).columnType('text'),
  fieldsOfWork: p.array().columnType('text[]'),
  competences: p.array().columnType('text[]').defaultRaw("'{}'"),
  aiShare: p.enum(aiShares).columnType('text').default('NONE'),
  licence: p.string().columnType('text').nullable(),
  asOf: p.date().defaultRaw('current_date'),
  /** Orders lists; nobody outside learns more of it than the day. */
  publishedAt: p.datetime().columnType('timestamptz').defaultRaw('clock_timestamp()'),
  version: p.integer().default(1),
}

type Indexed = 'publishedAt' | 'id' | 'organisationId' | 'fieldsOfWork' | 'competences'

/** Indices that every table of entries has; the first is the order of lists. */
export const entryIndexes: { properties: Indexed[]; type?: string }[] = [
  { properties: ['publishedAt', 'id'] },
  { properties: ['organisationId'] },
  { properties: ['fieldsOfWork'], type: 'gin' },
  { properties: ['competences'], type: 'gin' },
]

/** An entry as lists and loaders read it. */
export interface EntryRow {
  id: string
  code: string | null
  title: string
  body: string
  organisationId: string
  authorId: string | null
  submittedById: string | null
  visibility: Visibility
  selectedOrganisationIds: string[]
  state: EntryState
  fieldsOfWork: string[]
  competences: string[]
  aiShare: AiShare
  licence: string | null
  /** ISO day. */
  asOf: string
  /** ISO day. */
  publishedOn: string
  needsUpdate: boolean
  version: number
}

/** Columns that every table of versions has, besides the entry it belongs to. */
export const entryVersionProperties = {
  id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
  organisationId: () => p.manyToOne(Organisation).mapToPk().fieldName('organisation_id'),
  /** Who could see this wording. The current version follows its entry. */
  visibility: p.enum(visibilities).columnType('text'),
  selectedOrganisationIds: p.array().columnType('uuid[]').defaultRaw("'{}'"),
  number: p.integer(),
  title: p.string().columnType('text'),
  summary: p.string().columnType('text').nullable(),
  body: p.string().columnType('text'),
  changeNote: p.string().columnType('text').nullable(),
  asOf: p.date().defaultRaw('current_date'),
}

/** A version as loaders read it. */
export interface EntryVersionRow {
  entryId: string
  number: number
  title: string
  summary: string | null
  body: string
  changeNote: string | null
  /** ISO day. */
  asOf: string
}
