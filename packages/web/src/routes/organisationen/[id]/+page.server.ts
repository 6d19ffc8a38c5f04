import { error } from '@sveltejs/kit'
import {
  OrganisationEntriesDocument,
  OrganisationPageDocument,
} from '#lib/__generated__/graphql.ts'
import { notFoundWords } from '#lib/entry/server/act.ts'
import { api } from '#lib/server/api.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
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
