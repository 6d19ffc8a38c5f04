import { randomUUID } from 'node:crypto'
import { redirect, type RequestEvent } from '@sveltejs/kit'
import {
  AnswerProblemDocument,
  FindSolutionsDocument,
  type AnswerProblemInput,
} from '#lib/__generated__/graphql.ts'
import { oneOf } from '#lib/entry/choice.ts'
import { aiShares } from '#lib/entry/labels.ts'
import {
  refusals,
  refusedFor,
  showAgain,
  signInAlong,
  signInFields,
} from '#lib/entry/server/form-state.ts'
import { m, pathOf } from '#lib/i18n.ts'
import type { AnswerValues, SolutionHit } from '#lib/problem/answer-values.ts'
import { answerTypes } from '#lib/problem/labels.ts'
import { api } from '#lib/server/api.ts'
import { setFlash } from '#lib/server/flash.ts'
import { flag, text, type FieldErrors } from '#lib/server/form.ts'
import { solutionIdFrom } from '#lib/solution/solution-address.ts'

const answerFields = [
  'type',
  'body',
  'solutionChoice',
  'solutionId',
  'aiShare',
  'confirmedNoClientData',
  ...signInFields,
]

function readAnswer(form: FormData): AnswerValues {
  return {
    type: text(form, 'type'),
    body: text(form, 'body'),
    solutionQuery: text(form, 'solutionQuery').slice(0, 200),
    solutionChoice: text(form, 'solutionChoice'),
    solutionId: text(form, 'solutionId'),
    aiShare: text(form, 'aiShare') || 'NONE',
    idempotencyKey: text(form, 'idempotencyKey'),
  }
}

/** Solutions that fit the words in the form; null where nobody searched. */
async function solutionHits(event: RequestEvent, query: string): Promise<SolutionHit[] | null> {
  if (!query) return null
  const { data } = await api(event).attempt(FindSolutionsDocument, { query })
  return data?.solutions.edges.map(({ node }) => node) ?? []
}

/** Searches solutions for the answer that is being written, and keeps all that was typed. */
export async function findSolutions(event: RequestEvent) {
  const values = { ...readAnswer(await event.request.formData()), type: 'LINK' }
  return { answer: values, hits: await solutionHits(event, values.solutionQuery) }
}

/** Publishes an answer to the problem of this page. */
export async function answerProblem(event: RequestEvent, problemId: string) {
  const form = await event.request.formData()
  const values = readAnswer(form)
  const hits = () => solutionHits(event, values.solutionQuery)
  const again = async (
    state: { errors: FieldErrors } & Partial<Parameters<typeof showAgain<AnswerValues>>[1]>,
    status?: number,
  ) => {
    const { status: code, data } = showAgain(answerFields, { values, ...state }, status)
    return { code, data: { ...data, answer: data.values, hits: await hits() } }
  }

  const type = oneOf(answerTypes, values.type)
  const pasted = type === 'LINK' && values.solutionId ? solutionIdFrom(values.solutionId) : null
  const solutionId = type === 'LINK' ? pasted || values.solutionChoice || null : null
  const errors: FieldErrors = {}
  if (!type) errors['type'] = m.problem_answer_type_missing()
  if (!values.body) errors['body'] = m.problem_answer_body_missing()
  if (type === 'LINK' && values.solutionId && !pasted) {
    errors['solutionId'] = m.problem_answer_solution_unreadable()
  } else if (type === 'LINK' && !solutionId) {
    errors['solutionId'] = m.problem_answer_solution_missing()
  }
  if (!type || Object.keys(errors).length > 0) return again({ errors })

  const signedIn = await signInAlong(event, form)
  if (signedIn.signIn) return again(signedIn)

  const input: AnswerProblemInput = {
    problemId,
    type,
    body: values.body,
    solutionId,
    aiShare: oneOf(aiShares, values.aiShare) ?? 'NONE',
    confirmedNoClientData: flag(form, 'confirmedNoClientData'),
    idempotencyKey: values.idempotencyKey || null,
  }
  const { data, failure } = await api(event).attempt(AnswerProblemDocument, { input })
  if (failure) return again({ errors: { '': failure.message } }, failure.status)
  const { answer, userErrors } = data.answerProblem
  if (answer) {
    setFlash(event, m.problem_answer_flash())
    redirect(303, pathOf(event.url))
  }
  if (refusedFor(userErrors, 'IDEMPOTENCY_KEY_REUSED')) {
    const fresh = { ...values, idempotencyKey: randomUUID() }
    return again({ values: fresh, errors: { '': m.entry_posted_again() } })
  }
  return again(refusals(userErrors))
}
