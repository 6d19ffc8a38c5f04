/** The clock by which days begin for the people who use the product. */
export const timeZone = 'Europe/Berlin'

/** Today as an ISO day: at half past midnight it is already the new one, whatever UTC says. */
export function today(): string {
  // Sweden writes dates as ISO does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date())
}

/** The Monday of the week of an ISO day. */
export function mondayOf(day: string): string {
  const date = new Date(`${day}T12:00:00Z`)
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7))
  return date.toISOString().slice(0, 10)
}
