import sql, { raw } from 'sql-template-tag'
import type { Context } from '#api/context.ts'
import { mediatedAssociations } from '#database/policies.ts'
import { read, type ReadContext } from '#database/read.ts'
import { type Ordering, type Page, type PageArguments, readPage } from '#lib/page.ts'
import type {
  MediationMessageRow,
  MediationState,
} from '#modules/mediation/mediation-message.entity.ts'

const columns = raw(`mediation_message.id, mediation_message.problem_id as "problemId",
  mediation_message.asker_organisation_id as "askerOrganisationId",
  mediation_message.other_organisation_id as "otherOrganisationId",
  mediation_message.from_asker as "fromAsker", mediation_message.body, mediation_message.state,
  mediation_message.reason, mediation_message.written_on::text as "writtenOn"`)

const waitingFirst: Ordering = {
  columns: [
    { sql: `(mediation_message.state <> 'WAITING')::int`, type: 'int' },
    { sql: 'mediation_message.written_on', type: 'date' },
    { sql: 'mediation_message.id', type: 'uuid' },
  ],
  direction: 'asc',
}

/** A page of the letters that the viewer passes on. */
export function readQueue(
  context: Context,
  state: MediationState | null | undefined,
  page: PageArguments,
): Promise<Page<MediationMessageRow>> {
  const mediated = sql`mediation_message.asker_organisation_id in (select pseudonym.id from pseudonym
    where pseudonym.mediating_association_id in (${raw(mediatedAssociations)}))`
  return readPage(context, page, {
    columns,
    from: sql`mediation_message`,
    conditions: state ? [mediated, sql`mediation_message.state = ${state}`] : [mediated],
    ordering: waitingFirst,
  })
}

/**
 * Letters around these problems as the viewer may read them, by week. Those of the asker have no day of
 * their own: by days they would stand before what they answer.
 */
export function readLettersOf(
  context: ReadContext,
  problemIds: string[],
): Promise<MediationMessageRow[]> {
  return read(
    context,
    sql`select ${columns} from mediation_message where problem_id = any(${problemIds}::uuid[])
      order by date_trunc('week', written_on), from_asker, written_on, id`,
  )
}

/** Those of these pseudonyms whose letters the viewer passes on. */
export function readMediatedLinks(
  context: ReadContext,
  pseudonymIds: string[],
): Promise<{ id: string }[]> {
  return read(
    context,
    sql`select id from pseudonym where id = any(${pseudonymIds}::uuid[])
      and mediating_association_id in (${raw(mediatedAssociations)})`,
  )
}

/** Letters with these UUIDs. */
export function readLettersById(
  context: ReadContext,
  ids: string[],
): Promise<MediationMessageRow[]> {
  return read(context, sql`select ${columns} from mediation_message where id = any(${ids}::uuid[])`)
}
