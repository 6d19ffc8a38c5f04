import { randomUUID } from 'node:crypto'
import { redirect } from '@sveltejs/kit'
import { limits } from '@netzwerkdiakonie/schema/limits'
import { PublishSolutionDocument, SolutionDraftDocument } from '#lib/__generated__/graphql.ts'
import { plainLine } from '#lib/entry/list-address.ts'
import { refusals, refusedFor, showAgain, signInAlong } from '#lib/entry/server/form-state.ts'
import { href, m } from '#lib/i18n.ts'
import { circleChoices } from '#lib/entry/server/circle.ts'
import { compareAgain, compareFirst, readSimilar } from '#lib/search/server/similar.ts'
import { api } from '#lib/server/api.ts'
import { setFlash } from '#lib/server/flash.ts'
import { text } from '#lib/server/form.ts'
import { previewSolution } from '#lib/solution/server/solution-preview.ts'
import { emptySolution, valuesOfDraft } from '#lib/solution/form-values.ts'
import {
  missingInSolution,
  readSolution,
  solutionChoices,
  solutionFields,
  solutionInput,
} from '#lib/solution/server/solution-form.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const answerId = event.url.searchParams.get('antwort')
  const draft = answerId
    ? (await api(event).attempt(SolutionDraftDocument, { answerId })).data?.solutionDraft
    : undefined
  const title = plainLine(event.url.searchParams.get('titel') ?? '', limits.title)
  return {
    choices: solutionChoices(),
    initial: draft ? valuesOfDraft(draft, randomUUID()) : emptySolution(randomUUID(), title),
    credited: draft?.creditedOrganisations.map(({ name }) => name) ?? [],
    draftMissing: Boolean(answerId) && !draft,
  }
}

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData()
    const values = readSolution(form)
    const similar = readSimilar(form)
    const again = async (state: Parameters<typeof showAgain<typeof values>>[1], status?: number) =>
      showAgain(
        solutionFields,
        { similar, ...state, circle: await circleChoices(event, state.values) },
        status,
      )
    const step = text(form, 'step')
    if (step === 'find') return again({ values, errors: {} }, 200)
    if (step === 'preview') {
      const preview = await previewSolution(event, values)
      return again({ values, errors: {}, preview }, 200)
    }
    const draft = { writing: 'SOLUTION', ...values } as const
    if (form.has('different')) {
      const similarStill = await compareAgain(event, draft, similar)
      return again({ values, errors: {}, similar: similarStill }, 200)
    }
    const missing = missingInSolution(values)
    if (Object.keys(missing).length > 0) {
      return again({ values, errors: missing })
    }
    const { signIn, errors } = await signInAlong(event, form)
    if (signIn) return again({ values, errors, signIn })
    // After signing in, which shows more of what is there.
    const toCompare = await compareFirst(event, draft, similar)
    if (toCompare) return again({ values, errors: {}, similar: toCompare }, 200)

    const { data, failure } = await api(event).attempt(PublishSolutionDocument, {
      input: {
        ...solutionInput(values, form),
        answerId: values.answerId || null,
        idempotencyKey: values.idempotencyKey || null,
      },
    })
    if (failure) {
      return again({ values, errors: { '': failure.message } }, failure.status)
    }
    const { solution, userErrors } = data.publishSolution
    if (!solution) {
      if (refusedFor(userErrors, 'IDEMPOTENCY_KEY_REUSED')) {
        const fresh = { ...values, idempotencyKey: randomUUID() }
        return again({ values: fresh, errors: { '': m.entry_posted_again() } })
      }
      return again({ values, ...refusals(userErrors) })
    }
    const inReview = solution.state === 'IN_REVIEW'
    setFlash(event, inReview ? m.solution_review_flash() : m.solution_published_flash())
    redirect(303, href(`/loesungen/${solution.id}`))
  },
}
