import { fail, redirect, type RequestEvent } from '@sveltejs/kit'
import { WriteToMediatorDocument } from '#lib/__generated__/graphql.ts'
import { requireSession } from '#lib/entry/server/act.ts'
import { m, pathOf } from '#lib/i18n.ts'
import { api } from '#lib/server/api.ts'
import { setFlash } from '#lib/server/flash.ts'
import { text } from '#lib/server/form.ts'

/** Sends a letter to the mediator; what was typed comes back where that fails. */
export async function writeLetter(event: RequestEvent, problemId: string) {
  await requireSession(event)
  const form = await event.request.formData()
  const letter = text(form, 'letter')
  const inReplyTo = text(form, 'inReplyTo')
  const again = (letterError: string, status = 422) =>
    fail(status, { letter, inReplyTo, letterError })
  const { data, failure } = await api(event).attempt(WriteToMediatorDocument, {
    input: {
      problemId,
      body: letter,
      inReplyTo: inReplyTo || null,
      idempotencyKey: text(form, 'idempotencyKey') || null,
    },
  })
  if (failure) return again(failure.message, failure.status)
  const [first] = data.writeToMediator.userErrors
  if (first) return again(first.message)
  setFlash(event, m.mediation_sent_flash())
  redirect(303, pathOf(event.url))
}
