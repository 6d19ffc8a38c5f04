import sql, { raw } from 'sql-template-tag'
import { mediatedAssociations } from '#database/policies.ts'
import { read, type ReadContext } from '#database/read.ts'

/** UUIDs of the associations of an organisation that have a mediator today, by their names. */
export async function readMediatingAssociations(
  context: ReadContext,
  organisationId: string,
): Promise<string[]> {
  const rows = await read<{ id: string }>(
    context,
    sql`select organisation.id from mediator
      join organisation on organisation.id = mediator.association_id
      where mediator.association_id = ${organisationId}::uuid
        or mediator.association_id in (select current_membership.association_id
          from current_membership where current_membership.organisation_id = ${organisationId}::uuid)
      order by organisation.name collate "de-x-icu"`,
  )
  return rows.map(({ id }) => id)
}

/** UUIDs of the associations whose letters the viewer passes on. */
export async function readMediated(context: ReadContext): Promise<string[]> {
  const rows = await read<{ association_id: string }>(
    context,
    sql`select association_id from mediator where association_id in (${raw(mediatedAssociations)})`,
  )
  return rows.map((row) => row.association_id)
}

/** What the people of these associations call their mediators; none for other viewers. */
export function readMediatorNames(
  context: ReadContext,
  associationIds: string[],
): Promise<{ associationId: string; name: string }[]> {
  return read(
    context,
    sql`select association_id as "associationId", name
      from find_mediator_names(${associationIds}::uuid[])`,
  )
}

/** Who could be mediator of these associations; nobody unless the viewer manages them. */
export function readCandidates(
  context: ReadContext,
  associationIds: string[],
): Promise<MediatorCandidateRow[]> {
  return read(
    context,
    sql`select association_id as "associationId", account_id as id, name
      from find_mediator_candidates(${associationIds}::uuid[])`,
  )
}

/** Somebody who could be mediator. */
export interface MediatorCandidateRow {
  associationId: string
  id: string
  name: string
}
