/** How a list page reads one of its filters from the address. */
interface FilterRule {
  /** Whether several values may stand side by side. */
  many?: boolean
  /** Whether a value can be meant at all; others are dropped, as if nobody had given them. */
  allows?: (value: string) => boolean
  /** Longest value; what is longer gets cut. */
  maxLength?: number
}

/** The filters of a list page by their names in the address. */
export type FilterRules = Record<string, FilterRule>

/** What a list page shows: the values of its filters, and where in the list it begins. */
export interface ListAddress<Name extends string> {
  values: Record<Name, readonly string[]>
  /** Cursor of the last object on the page before. */
  after?: string
}

/** No vocabulary is so long that more values make sense; keeps made-up addresses harmless. */
const maxValues = 30
const maxCursorLength = 500

/** Reads the address of a list page. Whatever is unknown, doubled or blank is left out. */
export function readListAddress<Rules extends FilterRules>(
  rules: Rules,
  params: URLSearchParams,
): ListAddress<keyof Rules & string> {
  const values = {} as Record<keyof Rules & string, readonly string[]>
  for (const name of filterNames(rules)) {
    const rule: FilterRule = rules[name] ?? {}
    const given = params
      .getAll(name)
      .map((value) => plainLine(value, rule.maxLength))
      .filter((value) => value && (rule.allows?.(value) ?? true))
    values[name] = [...new Set(given)].slice(0, rule.many ? maxValues : 1)
  }
  const after = params.get('after')?.slice(0, maxCursorLength)
  return after ? { values, after } : { values }
}

/** The query of an address, beginning with „?“; just the path where there is nothing to say. */
export function writeListAddress<Name extends string>(
  path: string,
  { values, after }: ListAddress<Name>,
): string {
  const params = new URLSearchParams()
  for (const [name, list] of Object.entries<readonly string[]>(values)) {
    for (const value of list) params.append(name, value)
  }
  if (after) params.set('after', after)
  const query = params.toString()
  return query ? `${path}?${query}` : path
}

/** The same list without one value of one filter, from its beginning. */
export function withoutValue<Name extends string>(
  { values }: ListAddress<Name>,
  name: Name,
  value: string,
): ListAddress<Name> {
  return { values: { ...values, [name]: values[name].filter((other) => other !== value) } }
}

/** The same list from another place on; without a cursor, from its beginning. */
export function fromCursor<Name extends string>(
  { values }: ListAddress<Name>,
  after?: string | null,
): ListAddress<Name> {
  return after ? { values, after } : { values }
}

/** A value from an address in one line: control characters mean nothing and upset the API. */
export function plainLine(value: string, maxLength?: number): string {
  return value
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, maxLength)
}

/** Whether a value is a day of the calendar such as 2026-11-22. */
export function isDay(value: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(value)) return false
  const day = new Date(`${value}T00:00:00Z`)
  // Some engines read 31 February as 3 March; the API does not.
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value)
}

function filterNames<Rules extends FilterRules>(rules: Rules) {
  return Object.keys(rules) as (keyof Rules & string)[]
}
