import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { Page } from '#lib/page.ts'
import { anyViewer, managedRow, ownerPolicy } from '#database/policies.ts'
import { Organisation } from '#modules/organisation/organisation.entity.ts'

/** What a part of an organisation can be, domain §2.1. */
export const unitKinds = ['INSTITUTION', 'SERVICE', 'TEAM'] as const

export type UnitKind = (typeof unitKinds)[number]

/** A part of an organisation that people know by its name; part of the public directory. */
export const OrganisationUnit = defineEntity({
  name: 'OrganisationUnit',
  tableName: 'organisation_unit',
  rowLevelSecurity: 'force',
  policies: [
    ownerPolicy,
    { name: 'read_directory', command: 'select', using: anyViewer },
    { name: 'insert_managed', command: 'insert', check: managedRow },
    { name: 'update_managed', command: 'update', using: managedRow, check: managedRow },
    { name: 'delete_managed', command: 'delete', using: managedRow },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    organisationId: () =>
      p.manyToOne(Organisation).mapToPk().fieldName('organisation_id').deleteRule('cascade'),
    name: p.string().columnType('text'),
    kind: p.enum(unitKinds).columnType('text'),
    /** Town or district. */
    place: p.string().columnType('text').nullable(),
  },
  uniques: [{ properties: ['organisationId', 'name'] }],
})

export type OrganisationUnit = InferEntity<typeof OrganisationUnit>

/** A unit as lists read it. */
export interface OrganisationUnitRow {
  id: string
  organisationId: string
  name: string
  kind: UnitKind
  place: string | null
}

/** A page of a list of them. */
export type OrganisationUnitPage = Page<OrganisationUnitRow>
