import type { Resolvers } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { toGlobalId, uuidOf } from '#lib/global-id.ts'
import { connectionResolvers } from '#lib/page.ts'
import { payload } from '#lib/payload.ts'
import { canUpdateEntry } from '#modules/entry/entry.policy.ts'
import { entryFieldResolvers } from '#modules/entry/entry.resolvers.ts'
import {
  canAccept,
  canAnswer,
  canLiftAnonymity,
  canSaySameHere,
} from '#modules/problem/problem.policy.ts'
import { listAnswers } from '#modules/problem/answer.service.ts'
import { organisationById } from '#modules/organisation/organisation.service.ts'
import { previewAnonymity } from '#modules/problem/anonymity.service.ts'
import { termsOf } from '#modules/vocabulary/vocabulary.service.ts'
import * as service from '#modules/problem/problem.service.ts'

/** Payload with the problem that a service changed, read anew as the viewer sees it now. */
function problemPayload(context: Context, run: () => Promise<string>) {
  return payload(context, async () => ({
    problem: await context.loaders.problem.load(await run()),
  }))
}

export const problemResolvers: Resolvers = {
  Query: {
    problems: (_, { filter, orderBy, ...page }, context) =>
      service.listProblems(context, filter, orderBy ?? 'NEWEST', page),
    problem: (_, { id }, { loaders }) => {
      const uuid = uuidOf('Problem', id)
      return uuid ? loaders.problem.load(uuid) : null
    },
    anonymityPreview: (_, { input }, context) => previewAnonymity(context, input),
  },
  Mutation: {
    postProblem: (_, { input }, context) =>
      problemPayload(context, () => service.postProblem(context, input)),
    updateProblem: (_, { input }, context) =>
      problemPayload(context, () => service.updateProblem(context, input)),
    withdrawProblem: (_, { input }, context) =>
      problemPayload(context, () => service.withdrawProblem(context, input.id)),
    releaseProblem: (_, { input }, context) =>
      problemPayload(context, () => service.releaseProblem(context, input.id)),
    liftAnonymity: (_, { input }, context) =>
      problemPayload(context, () => service.liftAnonymity(context, input.id)),
    setProblemStatus: (_, { input }, context) =>
      problemPayload(context, () => service.setProblemStatus(context, input.id, input.status)),
    sameHere: (_, { input }, context) =>
      problemPayload(context, () => service.sameHere(context, input.problemId)),
    undoSameHere: (_, { input }, context) =>
      problemPayload(context, () => service.undoSameHere(context, input.problemId)),
  },
  Problem: {
    ...entryFieldResolvers,
    id: ({ id }) => toGlobalId('Problem', id),
    askedBy: async ({ anonymousToNetwork, organisationId }, _, context) => {
      const link = anonymousToNetwork ? await context.loaders.behind.load(organisationId) : null
      return link && organisationById(context, link.organisationId)
    },
    viewerCanLiftAnonymity: (problem, _, { viewer }) => canLiftAnonymity(viewer, problem),
    answers: (problem, page, context) => listAnswers(context, problem, page),
    solutions: ({ id }, _, { loaders }) => loaders.solutionsOf.load(id),
    versions: ({ id }, _, { loaders }) => loaders.problemVersions.load(id),
    viewerSaidSameHere: async ({ id }, _, { loaders }) => Boolean(await loaders.sameHere.load(id)),
    viewerCanSaySameHere: (problem, _, { viewer }) => canSaySameHere(viewer, problem),
    viewerCanAnswer: (problem, _, { viewer }) => canAnswer(viewer, problem),
    viewerCanAccept: (problem, _, { viewer }) => canAccept(viewer, problem),
    viewerCanUpdate: (problem, _, { viewer }) => canUpdateEntry(viewer, problem),
  },
  AnonymityPreview: {
    fieldsOfWork: ({ shown }) => termsOf('fieldsOfWork', shown?.fieldsOfWork ?? []),
    umbrella: ({ shown }) => shown?.umbrella ?? null,
    sizeClass: ({ shown }) => shown?.sizeClass ?? null,
    states: ({ shown }) => shown?.states ?? null,
    mediatingAssociations: ({ mediating }) => mediating,
  },
  ProblemConnection: connectionResolvers,
}
