import type { Resolvers } from '#api/__generated__/resolvers.ts'
import { toGlobalId, uuidOf } from '#lib/global-id.ts'
import { connectionResolvers } from '#lib/page.ts'
import { payload } from '#lib/payload.ts'
import { canManage } from '#modules/organisation/organisation.policy.ts'
import { updateOrganisation } from '#modules/organisation/self-description.service.ts'
import { termsOf } from '#modules/vocabulary/vocabulary.service.ts'
import {
  listAssociations,
  listOrganisations,
  pseudonymName,
} from '#modules/organisation/organisation.service.ts'

export const organisationResolvers: Resolvers = {
  Query: {
    organisations: (_, { filter, ...page }, context) => listOrganisations(context, filter, page),
    organisation: (_, { id }, { loaders }) => {
      const uuid = uuidOf('Organisation', id)
      return uuid ? loaders.organisation.load(uuid) : null
    },
    associations: (_, __, context) => listAssociations(context),
  },
  Mutation: {
    updateOrganisation: (_, { input }, context) =>
      payload(context, async () => ({
        organisation: await context.loaders.organisation.load(
          await updateOrganisation(context, input),
        ),
      })),
  },
  Organisation: {
    id: ({ id }) => toGlobalId('Organisation', id),
    name: ({ name, isPseudonym }, _, { language }) =>
      isPseudonym ? pseudonymName[language] : name,
    fieldsOfWork: ({ fieldsOfWork }) => termsOf('fieldsOfWork', fieldsOfWork),
    viewerCanManage: ({ id }, _, { viewer }) => canManage(viewer, id),
    associations: ({ id }, _, { loaders }) => loaders.associationsOf.load(id),
    memberCount: async ({ id }, _, { loaders }) => (await loaders.memberCount.load(id))?.count ?? 0,
    mergedInto: ({ mergedIntoId }, _, { loaders }) =>
      mergedIntoId ? loaders.organisation.load(mergedIntoId) : null,
  },
  OrganisationConnection: connectionResolvers,
}
