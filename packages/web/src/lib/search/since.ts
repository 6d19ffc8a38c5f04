/** The day so many months before another; the last of its month where that has no such day. */
export function monthsBefore(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const lastOfMonth = new Date(Date.UTC(year, month - months, 0)).getUTCDate()
  const found = new Date(Date.UTC(year, month - 1 - months, Math.min(date, lastOfMonth)))
  return found.toISOString().slice(0, 10)
}
