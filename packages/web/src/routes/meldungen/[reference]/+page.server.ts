import { error, redirect } from '@sveltejs/kit'
import { DecideNoticeDocument, NoticeCaseDocument } from '#lib/__generated__/graphql.ts'
import { oneOf } from '#lib/entry/choice.ts'
import { notFoundWords, requireSession } from '#lib/entry/server/act.ts'
import { showAgain } from '#lib/entry/server/form-state.ts'
import { href, m } from '#lib/i18n.ts'
import { noticeDecisions } from '#lib/moderation/labels.ts'
import { api } from '#lib/server/api.ts'
import { setFlash } from '#lib/server/flash.ts'
import { fieldErrors, text, type FieldErrors } from '#lib/server/form.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  await requireSession(event)
  const { reference } = event.params
  const { notice } = await api(event).query(NoticeCaseDocument, { reference })
  if (!notice) error(404, notFoundWords(), { code: 'NOT_FOUND' })
  return { notice }
}

const fields = ['decision', 'reason', 'rule']

export const actions: Actions = {
  default: async (event) => {
    await requireSession(event)
    const form = await event.request.formData()
    const values = {
      decision: text(form, 'decision'),
      reason: text(form, 'reason'),
      rule: text(form, 'rule'),
    }
    const errors: FieldErrors = {}
    const decision = oneOf(noticeDecisions, values.decision)
    if (!decision) errors['decision'] = m.moderation_case_choice_missing()
    if (!values.reason) errors['reason'] = m.moderation_case_reason_missing()
    if (!values.rule) errors['rule'] = m.moderation_case_rule_missing()
    if (!decision || Object.keys(errors).length > 0) return showAgain(fields, { values, errors })
    const input = { ...values, decision, reference: event.params.reference }
    const { data, failure } = await api(event).attempt(DecideNoticeDocument, { input })
    if (failure)
      return showAgain(fields, { values, errors: { '': failure.message } }, failure.status)
    const { notice, userErrors } = data.decideNotice
    if (userErrors.length > 0) return showAgain(fields, { values, errors: fieldErrors(userErrors) })
    setFlash(event, m.moderation_case_flash())
    // Deciding may have ended one's part in the case.
    redirect(303, href(notice ? `/meldungen/${notice.reference}` : '/meldungen'))
  },
}
