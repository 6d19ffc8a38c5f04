import { error } from '@sveltejs/kit'
import { ProblemHistoryDocument } from '#lib/__generated__/graphql.ts'
import { notFoundWords } from '#lib/entry/server/act.ts'
import { api } from '#lib/server/api.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const { problem } = await api(event).query(ProblemHistoryDocument, { id: event.params.id })
  if (!problem || problem.state === 'WITHDRAWN') {
    error(404, notFoundWords(), { code: 'NOT_FOUND' })
  }
  return { problem }
}
