import { vocabularies } from '@netzwerkdiakonie/schema'
import type { Resolvers } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { toGlobalId, uuidOf } from '#lib/global-id.ts'
import { connectionResolvers } from '#lib/page.ts'
import { payload } from '#lib/payload.ts'
import { entryFieldResolvers } from '#modules/entry/entry.resolvers.ts'
import {
  organisationById,
  visibleOrganisations,
} from '#modules/organisation/organisation.service.ts'
import { draftSolution, originFor } from '#modules/solution/solution-draft.service.ts'
import { canUpdateSolution } from '#modules/solution/solution.policy.ts'
import * as service from '#modules/solution/solution.service.ts'
import { termsOf } from '#modules/vocabulary/vocabulary.service.ts'

/** Payload with the solution that a service changed, read anew as the viewer sees it now. */
function solutionPayload(context: Context, run: () => Promise<string>) {
  return payload(context, async () => ({
    solution: await context.loaders.solution.load(await run()),
  }))
}

function loadSolution(context: Context, id: string) {
  const uuid = uuidOf('Solution', id)
  return uuid ? context.loaders.solution.load(uuid) : null
}

export const solutionResolvers: Resolvers = {
  Query: {
    solutions: (_, { filter, orderBy, ...page }, context) =>
      service.listSolutions(context, filter, orderBy ?? 'NEWEST', page),
    tools: (_, { filter, orderBy, ...page }, context) =>
      service.listSolutions(context, { ...filter, kinds: ['TOOL'] }, orderBy ?? 'NEWEST', page),
    solution: (_, { id }, context) => loadSolution(context, id),
    tool: async (_, { id }, context) => {
      const solution = await loadSolution(context, id)
      return solution?.kind === 'TOOL' ? solution : null
    },
    solutionDraft: (_, { answerId }, context) => draftSolution(context, answerId),
  },
  Mutation: {
    publishSolution: (_, { input }, context) =>
      solutionPayload(context, () => service.publishSolution(context, input)),
    updateSolution: (_, { input }, context) =>
      solutionPayload(context, () => service.updateSolution(context, input)),
    withdrawSolution: (_, { input }, context) =>
      solutionPayload(context, () => service.withdrawSolution(context, input.id)),
    releaseSolution: (_, { input }, context) =>
      solutionPayload(context, () => service.releaseSolution(context, input.id)),
  },
  Solution: {
    ...entryFieldResolvers,
    id: ({ id }) => toGlobalId('Solution', id),
    creditedOrganisations: ({ creditedOrganisationIds }, _, context) =>
      visibleOrganisations(context, creditedOrganisationIds),
    problem: ({ problemId }, _, { loaders }) =>
      problemId ? loaders.problem.load(problemId) : null,
    toolCategories: ({ toolCategories }) => termsOf('toolCategories', toolCategories),
    minSizeClass: ({ minSize }) => vocabularies.sizeClasses[minSize ?? -1]?.code ?? null,
    versions: ({ id }, _, { loaders }) => loaders.solutionVersions.load(id),
    viewerCanUpdate: async (solution, _, context) =>
      canUpdateSolution(
        context.viewer,
        solution,
        await organisationById(context, solution.organisationId),
      ),
  },
  SolutionConnection: connectionResolvers,
  SolutionDraft: {
    answerId: ({ answer }) => toGlobalId('Answer', answer.id),
    fieldsOfWork: ({ problem }) => termsOf('fieldsOfWork', problem.fieldsOfWork),
    competences: ({ problem }) => termsOf('competences', problem.competences),
    creditedOrganisations: ({ answer }, _, context) =>
      visibleOrganisations(context, originFor(context.viewer, answer).creditedOrganisationIds),
  },
}
