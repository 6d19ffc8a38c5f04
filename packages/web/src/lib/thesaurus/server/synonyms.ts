import { fail, redirect, type RequestEvent } from '@sveltejs/kit'
import { AddSynonymsDocument } from '#lib/__generated__/graphql.ts'
import type { Fault } from '#lib/entry/server/act.ts'
import { m, pathOf } from '#lib/i18n.ts'
import { api } from '#lib/server/api.ts'
import { setFlash } from '#lib/server/flash.ts'
import { fieldErrors, text } from '#lib/server/form.ts'
import { wordsIn } from '#lib/thesaurus/words.ts'

/** What was typed into one of the small forms of an editor, and why it could not be done. */
export interface Tried {
  /** Which form; '' is the one without a missed search. */
  id: string
  what: 'synonyms' | 'invitation'
  values: { terms: string; topic: string; note: string }
  errors: Record<string, string>
}

/** The answer to whoever acts for no association, or does not manage it. */
export function noAssociation() {
  return fail(403, { fault: m.thesaurus_only_text() } satisfies Fault)
}

/** Makes words mean the same, in the name of an association. */
export async function addSynonyms(event: RequestEvent, associationId: string) {
  const form = await event.request.formData()
  const [id, terms] = [text(form, 'id'), text(form, 'terms')]
  const again = (errors: Tried['errors'], status = 422) => {
    const values = { terms, topic: '', note: '' }
    return fail(status, { tried: { id, what: 'synonyms', values, errors } satisfies Tried })
  }
  const words = wordsIn(terms)
  if (words.length < 2) return again({ terms: m.thesaurus_synonym_missing() })
  const { data, failure } = await api(event).attempt(AddSynonymsDocument, {
    input: {
      terms: words,
      associationId,
      missedSearchId: id || null,
      idempotencyKey: text(form, 'idempotencyKey') || null,
    },
  })
  if (failure) return again({ '': failure.message }, failure.status)
  const { synonymGroup, userErrors } = data.addSynonyms
  if (!synonymGroup) return again(fieldErrors(userErrors))
  setFlash(event, m.thesaurus_synonym_flash({ words: synonymGroup.terms.join(', ') }))
  redirect(303, pathOf(event.url))
}
