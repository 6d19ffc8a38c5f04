import { error } from '@sveltejs/kit'
import {
  ReleaseSolutionDocument,
  SolutionPageDocument,
  WithdrawSolutionDocument,
} from '#lib/__generated__/graphql.ts'
import { finish, notFoundWords, requireSession } from '#lib/entry/server/act.ts'
import { m } from '#lib/i18n.ts'
import { countOpenedHit } from '#lib/search/server/opened-hit.ts'
import { api } from '#lib/server/api.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  await countOpenedHit(event)
  const { solution, ownDecisions } = await api(event).query(SolutionPageDocument, {
    id: event.params.id,
  })
  if (!solution) error(404, notFoundWords(), { code: 'NOT_FOUND' })
  return { solution, latestDecision: ownDecisions.edges[0]?.node }
}

export const actions: Actions = {
  withdraw: async (event) => {
    await requireSession(event)
    const outcome = await api(event).attempt(WithdrawSolutionDocument, { id: event.params.id })
    const flash = m.entry_withdrawn_flash()
    return finish(event, outcome, ({ withdrawSolution }) => withdrawSolution.userErrors, { flash })
  },
  release: async (event) => {
    await requireSession(event)
    const outcome = await api(event).attempt(ReleaseSolutionDocument, { id: event.params.id })
    const flash = m.entry_release_flash()
    return finish(event, outcome, ({ releaseSolution }) => releaseSolution.userErrors, { flash })
  },
}
