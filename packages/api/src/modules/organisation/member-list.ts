import { parse } from 'csv-parse/sync'
import { vocabularies } from '@netzwerkdiakonie/schema'

/** A row of a list of members. */
export interface MemberRow {
  /** From 1; the first line names the columns. */
  line: number
  /** As it stands in the list. */
  row: string
  name: string
  seat: string
  kind: string
  person: string
}

type Column = 'name' | 'seat' | 'kind' | 'person'

/** What people call the columns. */
const headings: Record<Column, string[]> = {
  name: ['name', 'organisation', 'einrichtung', 'mitglied', 'träger'],
  seat: ['sitz', 'ort', 'seat', 'place'],
  kind: ['art', 'kind', 'typ'],
  person: ['person', 'ansprechperson', 'leitung', 'geschäftsführung', 'executive'],
}

/**
 * Reads a list as spreadsheets give it: semicolons, commas or tabs, with or without a byte order mark.
 *
 * @returns null if the text is no such list, or has no columns for name and person
 */
export function readMemberList(csv: string): MemberRow[] | null {
  const rows = parseRows(csv)
  const [first, ...others] = rows ?? []
  if (!first) return null
  const columns = first.cells.map(columnOf)
  if (!columns.includes('name') || !columns.includes('person')) return null
  return others.map(({ cells, line, row }) => {
    const cell = (column: Column) => cells[columns.indexOf(column)] ?? ''
    return {
      line,
      row,
      name: cell('name'),
      seat: cell('seat'),
      kind: cell('kind'),
      person: cell('person'),
    }
  })
}

/**
 * The code of a kind that an association may bring in, by its code or a word for it; a provider where
 * nothing is said.
 *
 * @returns null for an unknown kind, and for associations, which nobody but the operator brings in
 */
export function kindOf(text: string): string | null {
  if (!text) return 'provider'
  const wanted = text.toLowerCase()
  const kind = vocabularies.organisationKinds.find(
    ({ code, de, en }) => code === wanted || [de, en].some((word) => word.toLowerCase() === wanted),
  )
  return kind && !kind.code.endsWith('-association') && kind.code !== 'umbrella' ? kind.code : null
}

function columnOf(heading: string): Column | undefined {
  const wanted = heading.toLowerCase()
  return (Object.keys(headings) as Column[]).find((column) => headings[column].includes(wanted))
}

/** Rows with cells trimmed; rows without any text are left out. Null if quotes do not match. */
function parseRows(csv: string): { cells: string[]; line: number; row: string }[] | null {
  const [heading = ''] = csv.trimStart().split('\n')
  const delimiter = [';', '\t'].find((candidate) => heading.includes(candidate)) ?? ','
  try {
    const parsed: { record: string[]; raw: string; info: { lines: number } }[] = parse(csv, {
      bom: true,
      delimiter,
      info: true,
      raw: true,
      relaxColumnCount: true,
      skipEmptyLines: true,
      skipRecordsWithEmptyValues: true,
      trim: true,
    }) as never
    return parsed.map(({ record, raw, info }) => ({
      cells: record,
      line: info.lines,
      row: raw.trim(),
    }))
  } catch {
    return null
  }
}
