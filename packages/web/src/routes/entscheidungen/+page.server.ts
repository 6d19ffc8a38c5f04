import { OwnDecisionsDocument } from '#lib/__generated__/graphql.ts'
import { requireSession } from '#lib/entry/server/act.ts'
import { queryPage } from '#lib/entry/server/list.ts'
import { object } from '#lib/moderation/server/object.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  await requireSession(event)
  const after = event.url.searchParams.get('after')
  const variables = { after }
  const { ownDecisions } = await queryPage(
    event,
    OwnDecisionsDocument,
    variables,
    event.url.pathname,
  )
  return {
    decisions: ownDecisions.edges.map(({ node }) => node),
    pageInfo: ownDecisions.pageInfo,
    isFirst: !after,
  }
}

export const actions: Actions = {
  default: async (event) => {
    await requireSession(event)
    return object(event)
  },
}
