import type { RequestEvent } from '@sveltejs/kit'
import { AnonymityPreviewDocument } from '#lib/__generated__/graphql.ts'
import { oneOf } from '#lib/entry/choice.ts'
import type { EntryPreview } from '#lib/entry/circle.ts'
import { visibilities } from '#lib/entry/labels.ts'
import { reachOf } from '#lib/entry/server/circle.ts'
import { excerpt } from '#lib/entry/text.ts'
import { formatDay, m } from '#lib/i18n.ts'
import type { ProblemValues } from '#lib/problem/form-values.ts'
import { api } from '#lib/server/api.ts'
import { termLabel } from '#lib/vocabulary/terms.ts'

/** What others would see of a problem; nothing is saved. */
export async function previewProblem(
  event: RequestEvent,
  values: ProblemValues,
): Promise<EntryPreview> {
  const viewer = await event.locals.viewer()
  const preview: EntryPreview = {
    reach: await reachOf(event, values),
    title: values.title || m.entry_preview_untitled(),
    text: excerpt(values.body),
    by: m.entry_preview_by({ name: viewer.organisation?.name ?? '…' }),
    unnamed: null,
  }
  if (!values.anonymousToNetwork || viewer.kind === 'VISITOR') return preview
  const { data } = await api(event).attempt(AnonymityPreviewDocument, {
    input: {
      title: values.title,
      body: values.body,
      fieldsOfWork: [values.fieldsOfWork, ...values.moreFieldsOfWork].filter(Boolean),
      visibility: oneOf(visibilities, values.visibility) ?? 'ALL_MEMBERS',
    },
  })
  const shown = data?.anonymityPreview
  if (!shown) return preview
  const fields = shown.fieldsOfWork.map(({ label }) => label).join(', ')
  const mediators = shown.mediatingAssociations.map(({ name }) => name)
  return {
    ...preview,
    by: shown.name,
    unnamed: {
      isPossible: shown.isPossible,
      facts: [
        shown.name,
        fields ? m.problem_unnamed_fields({ names: fields }) : m.problem_unnamed_no_fields(),
        shown.states ?? '',
        shown.sizeClass ? termLabel('sizeClasses', shown.sizeClass) : '',
        shown.umbrella ? termLabel('umbrellas', shown.umbrella) : '',
        m.problem_unnamed_day({ day: formatDay(shown.shownOn) }),
      ].filter(Boolean),
      warnings: shown.warnings,
      mediation: mediators[0]
        ? m.problem_unnamed_mediation({ name: mediators[0] })
        : m.problem_unnamed_no_mediation(),
    },
  }
}
