import { randomUUID } from 'node:crypto'
import { error, redirect } from '@sveltejs/kit'
import {
  EntryToReportDocument,
  ReportEntryDocument,
  type ReportEntryInput,
} from '#lib/__generated__/graphql.ts'
import { oneOf } from '#lib/entry/choice.ts'
import { notFoundWords, requireSession } from '#lib/entry/server/act.ts'
import { refusedFor, showAgain } from '#lib/entry/server/form-state.ts'
import { href, m } from '#lib/i18n.ts'
import { noticeReasons } from '#lib/moderation/labels.ts'
import { api } from '#lib/server/api.ts'
import { setFlash } from '#lib/server/flash.ts'
import { fieldErrors, flag, text, type FieldErrors } from '#lib/server/form.ts'
import type { Actions, PageServerLoad, RequestEvent } from './$types'

export const load: PageServerLoad = async (event) => {
  const entryId = event.url.searchParams.get('beitrag') ?? ''
  return { initial: emptyReport(entryId), entry: entryId ? await findEntry(event, entryId) : null }
}

/** What is about to be reported, in a line. */
async function findEntry(event: RequestEvent, id: string) {
  const { node } = await api(event).query(EntryToReportDocument, { id })
  if (node?.__typename === 'Answer')
    return {
      kind: 'ANSWER' as const,
      title: node.problem.title,
      path: `/probleme/${node.problem.id}#antwort-${node.id}`,
    }
  if (node?.__typename === 'Problem')
    return { kind: 'PROBLEM' as const, title: node.title, path: `/probleme/${node.id}` }
  if (node?.__typename === 'Solution')
    return { kind: 'SOLUTION' as const, title: node.title, path: `/loesungen/${node.id}` }
  error(404, notFoundWords(), { code: 'NOT_FOUND' })
}

/** What the form asks for. */
interface ReportValues {
  entryId: string
  reason: string
  explanation: string
  contact: string
  hideAtOnce: boolean
  inGoodFaith: boolean
  idempotencyKey: string
}

function emptyReport(entryId: string): ReportValues {
  return {
    entryId,
    reason: '',
    explanation: '',
    contact: '',
    hideAtOnce: false,
    inGoodFaith: false,
    idempotencyKey: randomUUID(),
  }
}

const fields = ['reason', 'explanation', 'contact', 'hideAtOnce', 'inGoodFaith']

function missingIn(values: ReportValues): FieldErrors {
  const errors: FieldErrors = {}
  if (!oneOf(noticeReasons, values.reason)) errors['reason'] = m.moderation_report_reason_missing()
  if (!values.explanation) errors['explanation'] = m.moderation_report_explanation_missing()
  if (!values.inGoodFaith) errors['inGoodFaith'] = m.moderation_report_good_faith_missing()
  return errors
}

/** Sends a report and leads to what becomes of it, or shows the form again. */
async function send(event: RequestEvent, values: ReportValues) {
  const errors = missingIn(values)
  const reason = oneOf(noticeReasons, values.reason)
  if (!reason || Object.keys(errors).length > 0) return showAgain(fields, { values, errors })
  const input: ReportEntryInput = { ...values, reason }
  const { data, failure } = await api(event).attempt(ReportEntryDocument, { input })
  if (failure) return showAgain(fields, { values, errors: { '': failure.message } }, failure.status)
  const { secret, isHidden, userErrors } = data.reportEntry
  if (!secret) {
    if (refusedFor(userErrors, 'IDEMPOTENCY_KEY_REUSED')) {
      const again = { ...values, idempotencyKey: randomUUID() }
      return showAgain(fields, { values: again, errors: { '': m.moderation_report_again() } })
    }
    return showAgain(fields, { values, errors: fieldErrors(userErrors) })
  }
  setFlash(event, isHidden ? m.moderation_report_flash_hidden() : m.moderation_report_flash())
  redirect(303, href(`/meldung/${secret}`))
}

export const actions: Actions = {
  send: async (event) => {
    const form = await event.request.formData()
    return send(event, {
      entryId: text(form, 'entryId'),
      reason: text(form, 'reason'),
      explanation: text(form, 'explanation'),
      contact: text(form, 'contact'),
      hideAtOnce: flag(form, 'hideAtOnce'),
      inGoodFaith: flag(form, 'inGoodFaith'),
      idempotencyKey: text(form, 'idempotencyKey'),
    })
  },
  hide: async (event) => {
    const entryId = text(await event.request.formData(), 'entryId')
    await requireSession(event, `${href('/melden')}?beitrag=${encodeURIComponent(entryId)}`)
    return send(event, {
      ...emptyReport(entryId),
      reason: 'PERSONAL_DATA',
      explanation: m.moderation_quick_explanation(),
      hideAtOnce: true,
      inGoodFaith: true,
    })
  },
}
