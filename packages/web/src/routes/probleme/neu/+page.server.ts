import { randomUUID } from 'node:crypto'
import { redirect } from '@sveltejs/kit'
import { limits } from '@netzwerkdiakonie/schema/limits'
import { PostProblemDocument, type PostProblemMutation } from '#lib/__generated__/graphql.ts'
import { plainLine } from '#lib/entry/list-address.ts'
import {
  refusals,
  refusedFor,
  showAgain,
  signInAlong,
  signInAsked,
} from '#lib/entry/server/form-state.ts'
import { href, m } from '#lib/i18n.ts'
import { emptyProblem } from '#lib/problem/form-values.ts'
import {
  missingInProblem,
  problemChoices,
  problemFields,
  problemInput,
  readProblem,
} from '#lib/problem/server/problem-form.ts'
import { circleChoices } from '#lib/entry/server/circle.ts'
import { compareAgain, compareFirst, readSimilar } from '#lib/search/server/similar.ts'
import { api } from '#lib/server/api.ts'
import { setFlash } from '#lib/server/flash.ts'
import { text } from '#lib/server/form.ts'
import { previewProblem } from '#lib/problem/server/problem-preview.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ url }) => ({
  choices: problemChoices(),
  initial: emptyProblem(plainLine(url.searchParams.get('titel') ?? '', limits.title), randomUUID()),
})

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData()
    const values = readProblem(form)
    const similar = readSimilar(form)
    const again = async (state: Parameters<typeof showAgain<typeof values>>[1], status?: number) =>
      showAgain(
        problemFields,
        { similar, ...state, circle: await circleChoices(event, state.values) },
        status,
      )
    const step = text(form, 'step')
    if (step === 'find') return again({ values, errors: {} }, 200)
    if (step === 'preview') {
      const preview = await previewProblem(event, values)
      return again({ values, errors: {}, preview }, 200)
    }
    const draft = { writing: 'PROBLEM', ...values } as const
    if (form.has('different')) {
      const similarStill = await compareAgain(event, draft, similar)
      return again({ values, errors: {}, similar: similarStill }, 200)
    }
    const missing = missingInProblem(values)
    // Signing in comes last: an incomplete form comes back without having sent a password for nothing.
    if (Object.keys(missing).length > 0) {
      return again({
        values,
        errors: missing,
        signIn: await signInAsked(event, form),
      })
    }
    const { signIn, errors } = await signInAlong(event, form)
    if (signIn) return again({ values, errors, signIn })
    // After signing in, which shows more of what is there.
    const toCompare = await compareFirst(event, draft, similar)
    if (toCompare) return again({ values, errors: {}, similar: toCompare }, 200)

    const { data, failure } = await api(event).attempt(PostProblemDocument, {
      input: {
        ...problemInput(values, form),
        anonymousToNetwork: values.anonymousToNetwork,
        idempotencyKey: values.idempotencyKey || null,
      },
    })
    if (failure) {
      return again({ values, errors: { '': failure.message } }, failure.status)
    }
    const { problem, userErrors } = data.postProblem
    if (!problem) {
      if (refusedFor(userErrors, 'IDEMPOTENCY_KEY_REUSED')) {
        const fresh = { ...values, idempotencyKey: randomUUID() }
        return again({ values: fresh, errors: { '': m.entry_posted_again() } })
      }
      return again({ values, ...refusals(userErrors) })
    }
    const count = problem.foundPassages.length
    const jump = { to: '#gefunden', label: m.problem_posted_found_jump({ count }) }
    setFlash(event, postedWords(problem), 'success', count > 0 ? jump : undefined)
    redirect(303, href(`/probleme/${problem.id}`))
  },
}

/** What happens next, after posting. */
function postedWords(problem: NonNullable<PostProblemMutation['postProblem']['problem']>): string {
  if (problem.state === 'IN_REVIEW') return m.problem_posted_review_flash()
  if (problem.anonymousToNetwork) return m.problem_unnamed_posted_flash()
  if (problem.visibility === 'OWN_ORGANISATION') return m.problem_posted_own_flash()
  const count = problem.foundPassages.length
  return count > 0 ? m.problem_posted_found_flash({ count }) : m.problem_posted_flash()
}
