import { fail, redirect, type RequestEvent } from '@sveltejs/kit'
import { ObjectToDecisionDocument } from '#lib/__generated__/graphql.ts'
import { m, pathOf } from '#lib/i18n.ts'
import { api } from '#lib/server/api.ts'
import { setFlash } from '#lib/server/flash.ts'
import { text } from '#lib/server/form.ts'

/** Sends an objection: of the holder of a secret link, or of the people of an organisation. */
export async function object(event: RequestEvent, secret?: string) {
  const form = await event.request.formData()
  const reference = text(form, 'reference')
  const words = text(form, 'text')
  const again = (message: string, status = 422) =>
    fail(status, { reference, text: words, fault: message })
  if (!words) return again(m.moderation_object_missing())
  const input = secret ? { secret, text: words } : { reference, text: words }
  const { data, failure } = await api(event).attempt(ObjectToDecisionDocument, { input })
  if (failure) return again(failure.message, failure.status)
  const [refused] = data.objectToDecision.userErrors
  if (refused) return again(refused.message)
  setFlash(event, m.moderation_object_flash())
  redirect(303, pathOf(event.url))
}
