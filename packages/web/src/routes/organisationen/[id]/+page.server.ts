import { error } from '@sveltejs/kit'
import {
  NameMediatorDocument,
  OrganisationEntriesDocument,
  OrganisationPageDocument,
} from '#lib/__generated__/graphql.ts'
import { finish, notFoundWords, requireSession } from '#lib/entry/server/act.ts'
import { m } from '#lib/i18n.ts'
import { countOpenedHit } from '#lib/search/server/opened-hit.ts'
import { api } from '#lib/server/api.ts'
import { text } from '#lib/server/form.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  await countOpenedHit(event)
  const { id } = event.params
  const { organisation } = await api(event).query(OrganisationPageDocument, { id })
  if (!organisation) error(404, notFoundWords(), { code: 'NOT_FOUND' })
  const { problems, solutions, organisationUnits } = await api(event).query(
    OrganisationEntriesDocument,
    {
      organisation: id,
      organisationId: id,
    },
  )
  const units = {
    shown: organisationUnits.edges.map(({ node }) => node),
    count: organisationUnits.totalCount.value,
  }
  return { organisation, problems, solutions, units }
}

export const actions: Actions = {
  mediator: async (event) => {
    await requireSession(event)
    const candidateId = text(await event.request.formData(), 'candidateId') || null
    const variables = { associationId: event.params.id, candidateId }
    const outcome = await api(event).attempt(NameMediatorDocument, variables)
    const flash = m.mediation_office_flash()
    return finish(event, outcome, ({ nameMediator }) => nameMediator.userErrors, { flash })
  },
}
