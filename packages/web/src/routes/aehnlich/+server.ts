import { json } from '@sveltejs/kit'
import { render } from 'svelte/server'
import { m } from '#lib/i18n.ts'
import { findSimilar, readSimilar } from '#lib/search/server/similar.ts'
import SimilarEntries from '#lib/search/SimilarEntries.svelte'
import { text } from '#lib/server/form.ts'
import type { RequestHandler } from './$types'

/**
 * What is there already of what somebody is writing, drawn for the box in the form: the script on
 * the page only has to put it there, and knows neither words nor rules.
 */
export const POST: RequestHandler = async (event) => {
  const form = await event.request.formData()
  const found = await findSimilar(
    event,
    {
      writing: text(form, 'writing') === 'SOLUTION' ? 'SOLUTION' : 'PROBLEM',
      title: text(form, 'title'),
      summary: text(form, 'summary'),
      body: text(form, 'body'),
    },
    readSimilar(form).dismissed,
  )
  const headers = { 'cache-control': 'no-store' }
  if (!found) return json({}, { status: 503, headers })
  const { entries, help } = found
  const isEmpty = entries.length === 0 && !help
  return json(
    {
      html: isEmpty ? '' : render(SimilarEntries, { props: { entries, help } }).body,
      status: [
        help ? m.similar_status_help() : '',
        entries.length > 0 ? m.similar_status({ count: entries.length }) : '',
      ]
        .filter(Boolean)
        .join(' '),
    },
    { headers },
  )
}
