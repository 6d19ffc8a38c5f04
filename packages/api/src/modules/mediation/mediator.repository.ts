import sql from 'sql-template-tag'
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
