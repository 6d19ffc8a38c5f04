import { error } from '@sveltejs/kit'
import { SolutionHistoryDocument } from '#lib/__generated__/graphql.ts'
import { notFoundWords } from '#lib/entry/server/act.ts'
import { api } from '#lib/server/api.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const { solution } = await api(event).query(SolutionHistoryDocument, { id: event.params.id })
  if (!solution || solution.state === 'WITHDRAWN') {
    error(404, notFoundWords(), { code: 'NOT_FOUND' })
  }
  return { solution }
}
