import type { Resolvers } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { connectionResolvers } from '#lib/page.ts'
import { payload } from '#lib/payload.ts'
import { canWriteToMediator } from '#modules/mediation/mediation.policy.ts'
import * as mediation from '#modules/mediation/mediation.service.ts'
import { mediatedBy, nameMediator } from '#modules/mediation/mediator.service.ts'
import { organisationById } from '#modules/organisation/organisation.service.ts'

/** Payload with the letter that a service wrote or decided, read anew. */
function letterPayload(context: Context, run: () => Promise<string>) {
  return payload(context, async () => ({ message: await context.loaders.letter.load(await run()) }))
}

export const mediationResolvers: Resolvers = {
  Query: {
    mediationQueue: (_, { state, ...page }, context) => mediation.listQueue(context, state, page),
  },
  Mutation: {
    writeToMediator: (_, { input }, context) =>
      letterPayload(context, () => mediation.writeToMediator(context, input)),
    relayMessage: (_, { input }, context) =>
      letterPayload(context, () => mediation.decideLetter(context, input.id, { state: 'RELAYED' })),
    declineMessage: (_, { input }, context) =>
      letterPayload(context, () =>
        mediation.decideLetter(context, input.id, { state: 'DECLINED', reason: input.reason }),
      ),
    nameMediator: (_, { input }, context) =>
      payload(context, async () => ({
        association: await organisationById(context, await nameMediator(context, input)),
      })),
  },
  Viewer: {
    mediates: (_, __, context) => mediatedBy(context),
  },
  Organisation: {
    mediator: async ({ id }, _, { loaders }) => (await loaders.mediatorName.load(id))?.name ?? null,
    mediatorCandidates: ({ id, kind }, _, { loaders }) =>
      kind.endsWith('-association') ? loaders.mediatorCandidates.load(id) : null,
  },
  Problem: {
    mediationMessages: ({ id }, _, { loaders }) => loaders.lettersOf.load(id),
    viewerCanWriteToMediator: (problem, _, { viewer }) => canWriteToMediator(viewer, problem),
  },
  MediationMessage: {
    problem: ({ problemId }, _, { loaders }) => loaders.problem.load(problemId),
    sender: ({ fromAsker, askerOrganisationId, otherOrganisationId }, _, context) =>
      organisationById(context, fromAsker ? askerOrganisationId : otherOrganisationId),
    asker: async ({ askerOrganisationId }, _, context) => {
      const link = await context.loaders.behind.load(askerOrganisationId)
      return link && organisationById(context, link.organisationId)
    },
    viewerCanDecide: async (letter, _, context) =>
      letter.state === 'WAITING' && mediation.canDecide(context, letter),
  },
  MediationMessageConnection: connectionResolvers,
}
