import { getLocale, type Locale } from '#lib/i18n.ts'

/** A week, by its first and last day. */
export interface Week {
  monday: string
  sunday: string
}

const day = 24 * 60 * 60 * 1000

/** The Monday of the week that holds a day. */
export function mondayOf(date: string): string {
  const moment = new Date(`${date}T00:00:00Z`)
  const daysSinceMonday = (moment.getUTCDay() + 6) % 7
  return isoDay(moment.getTime() - daysSinceMonday * day)
}

/** The week that holds `today` and those before it, the newest first. */
export function latestWeeks(today: string, count: number): Week[] {
  const first = Date.parse(`${mondayOf(today)}T00:00:00Z`)
  return Array.from({ length: count }, (_, index) => {
    const monday = first - index * 7 * day
    return { monday: isoDay(monday), sunday: isoDay(monday + 6 * day) }
  })
}

/** The days of a week in words: „23.–29. November 2026“. */
export function weekWords({ monday, sunday }: Week, locale: Locale = getLocale()): string {
  return new Intl.DateTimeFormat(locale === 'de' ? 'de-DE' : 'en-GB', {
    dateStyle: 'long',
    timeZone: 'UTC',
  }).formatRange(new Date(`${monday}T00:00:00Z`), new Date(`${sunday}T00:00:00Z`))
}

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}
