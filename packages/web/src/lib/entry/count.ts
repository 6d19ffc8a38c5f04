import { formatNumber, m } from '#lib/i18n.ts'

/** Length of a list as the API counts it. */
export interface CountLike {
  value: number
  isExact: boolean
}

/** A length in words: „23 Lösungen“, or „Mehr als 10.000 Lösungen“ where nobody counted on. */
export function countWords(
  count: CountLike,
  words: (inputs: { count: number; shown: string }) => string,
): string {
  const shown = formatNumber(count.value)
  const text = words({ count: count.value, shown })
  return count.isExact ? text : m.entry_more_than({ count: text })
}

/** A length where there is room for a number alone: „23“, or „10.000+“ where nobody counted on. */
export function shownCount({ value, isExact }: CountLike): string {
  return formatNumber(value) + (isExact ? '' : '+')
}
