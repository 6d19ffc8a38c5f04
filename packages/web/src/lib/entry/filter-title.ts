import { m } from '#lib/i18n.ts'

/**
 * Heading of the filters with how many are in force. The count stands in the heading, so that the
 * filters stay closed on phones and the list comes first.
 */
export function filterTitle(activeCount: number): string {
  return activeCount > 0
    ? m.entry_filter_title_active({ count: activeCount })
    : m.entry_filter_title()
}
