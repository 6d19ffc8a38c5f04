import DataLoader from 'dataloader'

/** Loads rows by a key, all keys of one tick in one call; null where there is no row. */
export function loadOne<Row>(
  readRows: (keys: string[]) => Promise<Row[]>,
  keyOf: (row: Row) => string,
): DataLoader<string, Row | null> {
  return new DataLoader(async (keys) => {
    const rows = new Map((await readRows([...keys])).map((row) => [keyOf(row), row]))
    return keys.map((key) => rows.get(key) ?? null)
  })
}

/** Loads all rows for a key, all keys of one tick in one call; rows keep the order they are read in. */
export function loadMany<Row>(
  readRows: (keys: string[]) => Promise<Row[]>,
  keyOf: (row: Row) => string,
): DataLoader<string, Row[]> {
  return new DataLoader(async (keys) => {
    const rows = Map.groupBy(await readRows([...keys]), keyOf)
    return keys.map((key) => rows.get(key) ?? [])
  })
}
