import type { RequestEvent } from '@sveltejs/kit'
import type { EntryPreview } from '#lib/entry/circle.ts'
import { reachOf } from '#lib/entry/server/circle.ts'
import { m } from '#lib/i18n.ts'
import type { SolutionValues } from '#lib/solution/form-values.ts'

/** What others would see of a solution; nothing is saved. */
export async function previewSolution(
  event: RequestEvent,
  values: SolutionValues,
): Promise<EntryPreview> {
  const viewer = await event.locals.viewer()
  return {
    reach: await reachOf(event, values),
    title: values.title || m.entry_preview_untitled(),
    text: values.summary,
    by: m.entry_preview_by({ name: viewer.organisation?.name ?? '…' }),
    unnamed: null,
  }
}
