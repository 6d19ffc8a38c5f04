import type { Resolvers } from '#api/__generated__/resolvers.ts'
import { toGlobalId, uuidOf } from '#lib/global-id.ts'
import { connectionResolvers } from '#lib/page.ts'
import { listAssociations, listOrganisations } from '#modules/organisation/organisation.service.ts'

export const organisationResolvers: Resolvers = {
  Query: {
    organisations: (_, { filter, ...page }, context) => listOrganisations(context, filter, page),
    organisation: (_, { id }, { loaders }) => {
      const uuid = uuidOf('Organisation', id)
      return uuid ? loaders.organisation.load(uuid) : null
    },
    associations: (_, __, context) => listAssociations(context),
  },
  Organisation: {
    id: ({ id }) => toGlobalId('Organisation', id),
    associations: ({ id }, _, { loaders }) => loaders.associationsOf.load(id),
    memberCount: async ({ id }, _, { loaders }) => (await loaders.memberCount.load(id))?.count ?? 0,
    mergedInto: ({ mergedIntoId }, _, { loaders }) =>
      mergedIntoId ? loaders.organisation.load(mergedIntoId) : null,
  },
  OrganisationConnection: connectionResolvers,
}
