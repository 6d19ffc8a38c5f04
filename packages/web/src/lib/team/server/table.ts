import { limits } from '@netzwerkdiakonie/schema/limits'
import { CsvError, parse } from 'csv-parse/sync'
import { m } from '#lib/i18n.ts'
import { roleIn } from '#lib/team/role-choice.ts'

/** A row of a table of people, as it was written. */
export interface TableRow {
  unit: string
  displayName: string
  role: string
}

/** Rows, or why there are none. */
export type Table = { rows: TableRow[]; fault: null } | { rows: null; fault: string }

/** Largest file that is read at all: 200 rows need no fifth of it. */
const maxFileBytes = 200_000

/** Names of the columns; without a line that holds them, they come in this order. */
const columns: Record<keyof TableRow, readonly string[]> = {
  unit: ['einrichtung', 'institution', 'unit', 'kita'],
  displayName: ['name', 'person', 'anzeigename', 'display name'],
  role: ['rolle', 'role', 'funktion'],
}

/** The text of an uploaded file: UTF-8, or what spreadsheets on Windows write. */
export async function readTableFile(file: File): Promise<Table | string> {
  if (file.size > maxFileBytes) return { rows: null, fault: m.team_bulk_too_big() }
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** The rows of a table that somebody pasted or uploaded. */
export function parseTable(text: string): Table {
  if (!text.trim()) return { rows: null, fault: m.team_bulk_missing() }
  let lines: string[][]
  try {
    lines = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return { rows: null, fault: m.team_bulk_unreadable({ line: Number(error['lines'] ?? 1) }) }
  }
  const [first = []] = lines
  const order = orderOf(first)
  const data = order ? lines.slice(1) : lines
  const { unit, displayName, role } = order ?? { unit: 0, displayName: 1, role: 2 }
  if (data.length === 0) return { rows: null, fault: m.team_bulk_missing() }
  if (data.length > limits.teamRows) {
    const words = { count: data.length, limit: limits.teamRows }
    return { rows: null, fault: m.team_bulk_too_many(words) }
  }
  const rows = data.map((cells) => ({
    unit: cells[unit] ?? '',
    displayName: cells[displayName] ?? '',
    role: cells[role] ?? '',
  }))
  return { rows, fault: null }
}

/** A row as the API takes it. */
export function rowInput({ unit, displayName, role }: TableRow) {
  return { unit: unit || null, displayName, role: roleIn(role) }
}

/** Rows as a table again, so that they can be mended. */
export function writeTable(rows: readonly TableRow[]): string {
  const cell = (text: string) => (/[;"\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  const lines = rows.map(({ unit, displayName, role }) => [unit, displayName, role])
  return [['Einrichtung', 'Name', 'Rolle'], ...lines]
    .map((cells) => cells.map(cell).join('; '))
    .join('\n')
}

/** Semicolons as German spreadsheets write them, tabs as they are pasted, else commas. */
function delimiterOf(text: string): string {
  const first = text.trimStart().split('\n', 1)[0] ?? ''
  return [';', '\t'].find((delimiter) => first.includes(delimiter)) ?? ','
}

/** Where each column is, if the line names them. */
function orderOf(line: string[]): Record<keyof TableRow, number> | null {
  const names = line.map((cell) => cell.toLocaleLowerCase('de'))
  const place = (known: readonly string[]) => names.findIndex((name) => known.includes(name))
  const order = {
    unit: place(columns.unit),
    displayName: place(columns.displayName),
    role: place(columns.role),
  }
  return order.displayName >= 0 ? order : null
}
