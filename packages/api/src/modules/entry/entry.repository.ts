import { monthsUntilNeedsUpdate } from '@netzwerkdiakonie/schema'
import sql, { raw, type Sql } from 'sql-template-tag'
import { read, type ReadContext } from '#database/read.ts'
import type { EntryVersionRow } from '#modules/entry/entry.entity.ts'
import { namesOf, type Viewer } from '#modules/identity/viewer.ts'
import { matchesOrganisation } from '#modules/organisation/organisation.service.ts'
import { foundBy } from '#modules/search/list-filter.service.ts'
import { withNarrower } from '#modules/vocabulary/vocabulary.service.ts'

/** The day of publication as others see it: what is asked without a name tells only the week. */
const publishedOn = {
  problem: `case when problem.anonymous_to_network
    then date_trunc('week', problem.published_at) else problem.published_at end::date`,
  solution: 'solution.published_at::date',
}

/** Columns of an `EntryRow`, of a table of entries. Days leave as text: time zones must not shift them. */
export function entryColumns(table: 'problem' | 'solution'): string {
  return `${table}.id, ${table}.code, ${table}.title, ${table}.body,
    ${table}.organisation_id as "organisationId", ${table}.author_id as "authorId",
    ${table}.submitted_by_id as "submittedById",
    ${table}.visibility, ${table}.selected_organisation_ids as "selectedOrganisationIds",
    ${table}.state, ${table}.fields_of_work as "fieldsOfWork",
    ${table}.competences, ${table}.ai_share as "aiShare", ${table}.licence,
    ${table}.as_of::text as "asOf",
    (${publishedOn[table]})::text as "publishedOn",
    ${table}.as_of < current_date - interval '${monthsUntilNeedsUpdate} months' as "needsUpdate",
    ${table}.version`
}

/** Conditions that lists of all kinds of entries share. */
export interface EntryFilter {
  query?: string | null | undefined
  fieldsOfWork?: readonly string[] | null | undefined
  competences?: readonly string[] | null | undefined
  sizeClasses?: readonly string[] | null | undefined
  umbrella?: string | null | undefined
  organisation?: string | null | undefined
  updatedSince?: string | null | undefined
  inReview?: boolean | null | undefined
}

/** The SQL of such a filter. Row security decides what may be seen; this only narrows it. */
export function entryConditions(
  table: 'problem' | 'solution',
  filter: EntryFilter | null | undefined,
  viewer: Viewer,
): Sql[] {
  const column = (name: string) => raw(`${table}.${name}`)
  const conditions = filter?.inReview
    ? [
        sql`${column('state')} = 'IN_REVIEW'`,
        sql`${column('organisation_id')} = any(${namesOf(viewer, viewer.organisationId)}::uuid[])`,
      ]
    : [sql`${column('state')} = 'PUBLISHED'`]
  const owner = (condition: Sql) =>
    sql`exists (select from organisation owner
      where owner.id = ${column('organisation_id')} and ${condition})`

  if (filter?.query?.trim())
    conditions.push(
      filter.inReview
        ? // What waits is in no search yet; it is little, and its own people know what it says.
          sql`position(lower(${filter.query.trim()}) in
            lower(concat_ws(' ', ${columnsOfText(table)}))) > 0`
        : sql`${column('id')} in (${foundBy(filter.query)})`,
    )
  if (filter?.fieldsOfWork?.length)
    conditions.push(
      sql`${column('fields_of_work')} && ${withNarrower('fieldsOfWork', filter.fieldsOfWork)}::text[]`,
    )
  if (filter?.competences?.length)
    conditions.push(sql`${column('competences')} && ${filter.competences}::text[]`)
  if (filter?.sizeClasses?.length)
    conditions.push(owner(sql`owner.size_class = any(${filter.sizeClasses}::text[])`))
  if (filter?.umbrella) conditions.push(owner(sql`owner.umbrella = ${filter.umbrella}`))
  if (filter?.organisation) {
    // Own people find what their organisation asks without a name under its name; others do not.
    const asked = sql`exists (select from organisation asking
      join unnest(${viewer.pseudonyms.map(({ organisationId }) => organisationId)}::uuid[],
        ${viewer.pseudonyms.map(({ id }) => id)}::uuid[]) own (organisation_id, id)
        on own.organisation_id = asking.id
      where own.id = ${column('organisation_id')}
        and ${matchesOrganisation('asking', filter.organisation)})`
    conditions.push(sql`(${owner(matchesOrganisation('owner', filter.organisation))} or ${asked})`)
  }
  if (filter?.updatedSince) conditions.push(sql`${column('as_of')} >= ${filter.updatedSince}::date`)
  return conditions
}

function columnsOfText(table: 'problem' | 'solution'): Sql {
  const names = table === 'solution' ? ['title', 'summary', 'body'] : ['title', 'body']
  return raw(names.map((name) => `${table}.${name}`).join(', '))
}

/** Versions of these entries, the newest first, as far as the viewer may see them. */
export function readVersions(
  context: ReadContext,
  table: 'problem_version' | 'solution_version',
  entryIds: string[],
): Promise<EntryVersionRow[]> {
  return read(
    context,
    sql`select entry_id as "entryId", number, title, summary, body, change_note as "changeNote",
        as_of::text as "asOf"
      from ${raw(table)} where entry_id = any(${entryIds}::uuid[])
      order by number desc`,
  )
}
