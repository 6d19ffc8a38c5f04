import type { Resolvers } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { connectionResolvers } from '#lib/page.ts'
import { payload } from '#lib/payload.ts'
import * as units from '#modules/organisation/organisation-unit.service.ts'

function unitPayload(context: Context, run: () => Promise<string>) {
  return payload(context, async () => ({ unit: await units.unitById(context, await run()) }))
}

export const organisationUnitResolvers: Resolvers = {
  Query: {
    organisationUnits: (_, { organisationId, ...page }, context) =>
      units.listUnits(context, organisationId, page),
  },
  Mutation: {
    createOrganisationUnit: (_, { input }, context) =>
      unitPayload(context, () => units.createUnit(context, input)),
    updateOrganisationUnit: (_, { input }, context) =>
      unitPayload(context, () => units.updateUnit(context, input)),
    removeOrganisationUnit: (_, { input }, context) =>
      payload(context, async () => ({
        organisation: await context.loaders.organisation.load(
          await units.removeUnit(context, input.id),
        ),
      })),
  },
  OrganisationUnitConnection: connectionResolvers,
}
