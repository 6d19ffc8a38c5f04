import { error, redirect } from '@sveltejs/kit'
import { ProblemToEditDocument, UpdateProblemDocument } from '#lib/__generated__/graphql.ts'
import { notFoundWords, requireSession } from '#lib/entry/server/act.ts'
import {
  currentText,
  refusals,
  refusedFor,
  showAgain,
  signInAlong,
} from '#lib/entry/server/form-state.ts'
import { versionFrom } from '#lib/entry/version.ts'
import { href, m } from '#lib/i18n.ts'
import { valuesOfProblem } from '#lib/problem/form-values.ts'
import {
  missingInProblem,
  problemChoices,
  problemFields,
  problemInput,
  readProblem,
} from '#lib/problem/server/problem-form.ts'
import { circleChoices } from '#lib/entry/server/circle.ts'
import { api } from '#lib/server/api.ts'
import { setFlash } from '#lib/server/flash.ts'
import { text } from '#lib/server/form.ts'
import { previewProblem } from '#lib/problem/server/problem-preview.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const isFirstView = event.request.method === 'GET'
  if (isFirstView) await requireSession(event)
  const { problem } = await api(event).query(ProblemToEditDocument, { id: event.params.id })
  if (isFirstView && !problem?.viewerCanUpdate) error(404, notFoundWords(), { code: 'NOT_FOUND' })
  // After an expired session the problem may be out of sight; the form holds all that was typed.
  return {
    circle: { chosen: problem?.selectedOrganisations ?? [], hits: null },
    choices: problemChoices(),
    initial: problem?.viewerCanUpdate ? valuesOfProblem(problem) : null,
  }
}

export const actions: Actions = {
  default: async (event) => {
    const { id } = event.params
    const form = await event.request.formData()
    const values = readProblem(form)
    const again = async (state: Parameters<typeof showAgain<typeof values>>[1], status?: number) =>
      showAgain(
        problemFields,
        { ...state, circle: await circleChoices(event, state.values) },
        status,
      )
    const step = text(form, 'step')
    if (step === 'find') return again({ values, errors: {} }, 200)
    if (step === 'preview') {
      const preview = await previewProblem(event, values)
      return again({ values, errors: {}, preview }, 200)
    }
    const missing = missingInProblem(values)
    if (Object.keys(missing).length > 0) {
      return again({ values, errors: missing })
    }
    const { signIn, errors } = await signInAlong(event, form)
    if (signIn) return again({ values, errors, signIn })

    const { data, failure } = await api(event).attempt(UpdateProblemDocument, {
      input: {
        ...problemInput(values, form),
        id,
        version: versionFrom(values.version),
        changeNote: values.changeNote || null,
      },
    })
    if (failure) {
      return again({ values, errors: { '': failure.message } }, failure.status)
    }
    const { problem, userErrors } = data.updateProblem
    if (problem) {
      setFlash(event, m.entry_saved_flash())
      redirect(303, href(`/probleme/${id}`))
    }
    if (refusedFor(userErrors, 'CHANGED_MEANWHILE')) {
      const now = (await api(event).attempt(ProblemToEditDocument, { id })).data?.problem
      const current = now ? currentText(now) : null
      return again({ values, ...refusals(userErrors), current })
    }
    return again({ values, ...refusals(userErrors) })
  },
}
