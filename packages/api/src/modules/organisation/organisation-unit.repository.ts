import sql, { raw } from 'sql-template-tag'
import { read, type ReadContext } from '#database/read.ts'
import type { Cursors } from '#lib/cursor.ts'
import { uuidOf } from '#lib/global-id.ts'
import { emptyPage, type Page, type PageArguments, readPage } from '#lib/page.ts'
import type { OrganisationUnitRow } from '#modules/organisation/organisation-unit.entity.ts'

const columns = raw('id, organisation_id as "organisationId", name, kind, place')

/** A page of the units of an organisation, by name. */
export async function readUnits(
  context: ReadContext & { cursors: Cursors },
  organisationId: string,
  page: PageArguments,
): Promise<Page<OrganisationUnitRow>> {
  const uuid = uuidOf('Organisation', organisationId)
  if (!uuid) return emptyPage
  return readPage(context, page, {
    columns,
    from: sql`organisation_unit`,
    conditions: [sql`organisation_id = ${uuid}::uuid`],
    ordering: {
      columns: [
        { sql: 'name', type: 'text', collate: 'de-x-icu' },
        { sql: 'id', type: 'uuid' },
      ],
      direction: 'asc',
    },
  })
}

/** The unit with this UUID. */
export async function readUnit(
  context: ReadContext,
  id: string,
): Promise<OrganisationUnitRow | null> {
  const [unit] = await read<OrganisationUnitRow>(
    context,
    sql`select ${columns} from organisation_unit where id = ${id}::uuid`,
  )
  return unit ?? null
}
