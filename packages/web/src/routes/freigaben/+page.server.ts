import { fail } from '@sveltejs/kit'
import {
  ReleaseProblemDocument,
  ReleaseSolutionDocument,
  WaitingForReleaseDocument,
} from '#lib/__generated__/graphql.ts'
import { finish, requireSession } from '#lib/entry/server/act.ts'
import { m } from '#lib/i18n.ts'
import { api } from '#lib/server/api.ts'
import { text } from '#lib/server/form.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  await requireSession(event)
  const { problems, solutions } = await api(event).query(WaitingForReleaseDocument)
  return {
    problems: problems.edges.map(({ node }) => node),
    solutions: solutions.edges.map(({ node }) => node),
  }
}

export const actions: Actions = {
  problem: async (event) => {
    await requireSession(event)
    const id = text(await event.request.formData(), 'id')
    if (!id) return fail(422, { fault: m.entry_unknown_choice() })
    const outcome = await api(event).attempt(ReleaseProblemDocument, { id })
    const flash = m.entry_release_flash()
    return finish(event, outcome, ({ releaseProblem }) => releaseProblem.userErrors, { flash })
  },
  solution: async (event) => {
    await requireSession(event)
    const id = text(await event.request.formData(), 'id')
    if (!id) return fail(422, { fault: m.entry_unknown_choice() })
    const outcome = await api(event).attempt(ReleaseSolutionDocument, { id })
    const flash = m.entry_release_flash()
    return finish(event, outcome, ({ releaseSolution }) => releaseSolution.userErrors, { flash })
  },
}
