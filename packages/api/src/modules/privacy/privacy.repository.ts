import type { EntityMetadata, EntityProperty } from '@mikro-orm/core'
import sql, { empty, join, raw, type Sql } from 'sql-template-tag'
import { read, type ReadContext } from '#database/read.ts'
import type { PersonalTable } from '#modules/privacy/register/datum.ts'

/** Values by name, as text. */
export type DataRow = Record<string, string | null>

/** What a person wrote. */
export interface ContributionRow {
  kind: 'PROBLEM' | 'SOLUTION' | 'ANSWER'
  title: string
  body: string
  organisationName: string
  /** ISO day. */
  writtenOn: string
}

/** Rows of a table that are about the viewer, with the explained columns that are no secrets. */
export function readOwnRows(
  context: ReadContext,
  entity: EntityMetadata,
  table: PersonalTable,
): Promise<DataRow[]> {
  const column = (name: string) => raw(`"${propertyOf(entity, name).fieldNames[0]}"`)
  const shown = Object.keys(table.data).filter((name) => !table.data[name]?.isFingerprint)
  const columns: Sql[] = shown.map((name) => {
    // An organisation is told by its name.
    return propertyOf(entity, name).targetMeta?.className === 'Organisation'
      ? sql`(select name from organisation where organisation.id = own.${column(name)}) as ${raw(`"${name}"`)}`
      : sql`own.${column(name)}::text as ${raw(`"${name}"`)}`
  })
  return read(
    context,
    sql`select ${columns.length > 0 ? join(columns) : empty} from ${raw(entity.tableName)} own
      where own.${column(table.person)} = ${context.viewer.actorId}::uuid`,
  )
}

/** Everything that the viewer wrote, also where it can be seen no longer. */
export function readContributions(context: ReadContext): Promise<ContributionRow[]> {
  return read(
    context,
    sql`select kind, title, body, organisation_name as "organisationName",
      written_on::text as "writtenOn" from find_contributions_of_viewer()`,
  )
}

/** What the log says that the viewer did. */
export function readActs(
  context: ReadContext,
): Promise<{ action: string; organisationName: string; occurredOn: string }[]> {
  return read(
    context,
    sql`select action, organisation_name as "organisationName", occurred_on::text as "occurredOn"
      from find_acts_of_viewer()`,
  )
}

function propertyOf(entity: EntityMetadata, name: string): EntityProperty {
  const property = entity.props.find((stored) => stored.name === name)
  if (!property) throw new Error(`${entity.className} has no property ${name}`)
  return property
}
