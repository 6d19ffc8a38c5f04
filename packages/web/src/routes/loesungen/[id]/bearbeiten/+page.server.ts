import { error, redirect } from '@sveltejs/kit'
import { SolutionToEditDocument, UpdateSolutionDocument } from '#lib/__generated__/graphql.ts'
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
import { valuesOfSolution } from '#lib/solution/form-values.ts'
import {
  missingInSolution,
  solutionChoices,
  solutionFields,
  solutionInput,
  readSolution,
} from '#lib/solution/server/solution-form.ts'
import { circleChoices } from '#lib/entry/server/circle.ts'
import { api } from '#lib/server/api.ts'
import { setFlash } from '#lib/server/flash.ts'
import { text } from '#lib/server/form.ts'
import { previewSolution } from '#lib/solution/server/solution-preview.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const isFirstView = event.request.method === 'GET'
  if (isFirstView) await requireSession(event)
  const { solution } = await api(event).query(SolutionToEditDocument, { id: event.params.id })
  if (isFirstView && !solution?.viewerCanUpdate) error(404, notFoundWords(), { code: 'NOT_FOUND' })
  // After an expired session the solution may be out of sight; the form holds all that was typed.
  return {
    circle: { chosen: solution?.selectedOrganisations ?? [], hits: null },
    choices: solutionChoices(),
    initial: solution?.viewerCanUpdate ? valuesOfSolution(solution) : null,
  }
}

export const actions: Actions = {
  default: async (event) => {
    const { id } = event.params
    const form = await event.request.formData()
    const values = readSolution(form)
    const again = async (state: Parameters<typeof showAgain<typeof values>>[1], status?: number) =>
      showAgain(
        solutionFields,
        { ...state, circle: await circleChoices(event, state.values) },
        status,
      )
    const step = text(form, 'step')
    if (step === 'find') return again({ values, errors: {} }, 200)
    if (step === 'preview') {
      const preview = await previewSolution(event, values)
      return again({ values, errors: {}, preview }, 200)
    }
    const missing = missingInSolution(values)
    if (Object.keys(missing).length > 0) {
      return again({ values, errors: missing })
    }
    const { signIn, errors } = await signInAlong(event, form)
    if (signIn) return again({ values, errors, signIn })

    const { data, failure } = await api(event).attempt(UpdateSolutionDocument, {
      input: {
        ...solutionInput(values, form),
        id,
        version: versionFrom(values.version),
        changeNote: values.changeNote || null,
      },
    })
    if (failure) {
      return again({ values, errors: { '': failure.message } }, failure.status)
    }
    const { solution, userErrors } = data.updateSolution
    if (solution) {
      setFlash(event, m.entry_saved_flash())
      redirect(303, href(`/loesungen/${id}`))
    }
    if (refusedFor(userErrors, 'CHANGED_MEANWHILE')) {
      const now = (await api(event).attempt(SolutionToEditDocument, { id })).data?.solution
      const current = now ? currentText(now) : null
      return again({ values, ...refusals(userErrors), current })
    }
    return again({ values, ...refusals(userErrors) })
  },
}
