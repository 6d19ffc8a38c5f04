import type { Resolvers } from '#api/__generated__/resolvers.ts'
import { connectionResolvers } from '#lib/page.ts'
import { payload } from '#lib/payload.ts'
import * as claims from '#modules/organisation/organisation-claim.service.ts'
import { organisationById } from '#modules/organisation/organisation.service.ts'

export const organisationClaimResolvers: Resolvers = {
  Query: {
    organisationClaims: (_, page, context) => claims.listOpenClaims(context, page),
    claimStatus: (_, { secret }, context) => claims.findClaimStatus(context, secret),
  },
  Mutation: {
    submitOrganisationClaim: (_, { input }, context) =>
      payload(context, () => claims.submitClaim(context, input)),
    confirmOrganisationClaim: (_, { input }, context) =>
      payload(context, async () => {
        const { organisationId, executive, card } = await claims.confirmClaim(context, input.id)
        return { organisation: await organisationById(context, organisationId), executive, card }
      }),
    refuseOrganisationClaim: (_, { input }, context) =>
      payload(context, async () => ({
        organisation: await organisationById(context, await claims.refuseClaim(context, input)),
      })),
  },
  OrganisationClaim: {
    organisation: ({ organisationId }, _, context) => organisationById(context, organisationId),
    openClaimCount: async ({ organisationId }, _, { loaders }) =>
      (await loaders.openClaimCount.load(organisationId))?.count ?? 0,
  },
  ClaimStatus: {
    organisation: ({ organisationId }, _, context) => organisationById(context, organisationId),
  },
  OrganisationClaimConnection: connectionResolvers,
}
