import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { Page } from '#lib/page.ts'
import { ownerPolicy, visibleOrganisation } from '#database/policies.ts'

const ownPseudonym = `is_pseudonym and id = any((select viewer_organisation_ids())::uuid[])`

const managedOwn = `id = any((select viewer_managed_organisation_ids())::uuid[])`

/**
 * A legal entity. Associations are organisations, too, so that they can own entries like any other.
 * The directory is open to visitors: a public entry names its owner. A pseudonym stands for another
 * organisation in one thread; it is in no list.
 */
export const Organisation = defineEntity({
  name: 'Organisation',
  tableName: 'organisation',
  rowLevelSecurity: 'force',
  policies: [
    ownerPolicy,
    { name: 'read_directory', command: 'select', using: visibleOrganisation },
    { name: 'update_managed', command: 'update', using: managedOwn, check: managedOwn },
    { name: 'insert_pseudonym', command: 'insert', check: ownPseudonym },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    code: p.string().columnType('text').nullable().unique(),
    name: p.string().columnType('text'),
    kind: p.string().columnType('text'),
    umbrella: p.string().columnType('text').nullable(),
    sizeClass: p.string().columnType('text').nullable(),
    seat: p.string().columnType('text').nullable(),
    states: p.string().columnType('text').nullable(),
    /** What it says of itself; plain text, empty until somebody writes it. */
    description: p.string().columnType('text').default(''),
    /** An https address. */
    website: p.string().columnType('text').nullable(),
    /** Codes of the vocabulary. */
    fieldsOfWork: p.array().columnType('text[]').defaultRaw("'{}'"),
    /** Counts the changes of the self-description, so that nobody overwrites another's. */
    version: p.integer().default(1),
    claimed: p.boolean().default(false),
    isDemo: p.boolean().default(false),
    /** Stands for another; `pseudonym` knows which. Its name is empty, so that no search finds it. */
    isPseudonym: p.boolean().default(false),
    mergedIntoId: () => p.manyToOne(Organisation).mapToPk().fieldName('merged_into_id').nullable(),
    /** First day on which it is part of the other. */
    mergedOn: p.date().nullable(),
  },
  indexes: [{ properties: 'fieldsOfWork', type: 'gin' }],
  checks: [
    {
      name: 'organisation_pseudonym_check',
      expression:
        "not is_pseudonym or (code is null and name = '' and seat is null and kind = 'undisclosed')",
    },
  ],
})

export type Organisation = InferEntity<typeof Organisation>

/** An organisation as lists and loaders read it. */
export interface OrganisationRow {
  id: string
  code: string | null
  name: string
  kind: string
  umbrella: string | null
  sizeClass: string | null
  seat: string | null
  states: string | null
  description: string
  website: string | null
  fieldsOfWork: string[]
  version: number
  claimed: boolean
  isPseudonym: boolean
  mergedIntoId: string | null
}

/** A page of a list of them. */
export type OrganisationPage = Page<OrganisationRow>
