import type { Resolvers } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { toGlobalId } from '#lib/global-id.ts'
import { connectionResolvers } from '#lib/page.ts'
import { payload } from '#lib/payload.ts'
import { actsForOwner } from '#modules/entry/entry.policy.ts'
import { organisationById } from '#modules/organisation/organisation.service.ts'
import { canWithdrawAnswer } from '#modules/problem/problem.policy.ts'
import * as service from '#modules/problem/answer.service.ts'
import { draftSolution } from '#modules/solution/solution-draft.service.ts'

/** Payload with the answer that a service changed, read anew as the viewer sees it now. */
function answerPayload(context: Context, run: () => Promise<string>) {
  return payload(context, async () => ({ answer: await context.loaders.answer.load(await run()) }))
}

export const answerResolvers: Resolvers = {
  Mutation: {
    answerProblem: (_, { input }, context) =>
      answerPayload(context, () => service.answerProblem(context, input)),
    withdrawAnswer: (_, { input }, context) =>
      answerPayload(context, () => service.withdrawAnswer(context, input.answerId)),
    acceptAnswer: (_, { input }, context) =>
      payload(context, async () => {
        const id = await service.markHelpful(context, input.answerId, true)
        return {
          answer: await context.loaders.answer.load(id),
          solutionDraft: await draftSolution(context, input.answerId),
        }
      }),
    undoAcceptAnswer: (_, { input }, context) =>
      answerPayload(context, () => service.markHelpful(context, input.answerId, false)),
  },
  Answer: {
    id: ({ id }) => toGlobalId('Answer', id),
    problem: async ({ problemId }, _, { loaders }) => {
      const problem = await loaders.problem.load(problemId)
      if (!problem) throw new Error('An answer is visible while its problem is not')
      return problem
    },
    organisation: ({ answeringOrganisationId }, _, context) =>
      organisationById(context, answeringOrganisationId),
    submittedBy: ({ submittedById }, _, { loaders }) =>
      submittedById ? loaders.organisation.load(submittedById) : null,
    solution: ({ solutionId }, _, { loaders }) =>
      solutionId ? loaders.solution.load(solutionId) : null,
    // Answers carry the licence of the platform's texts; there is nothing to choose.
    licence: () => 'CC-BY-4.0',
    viewerCanAccept: (answer, _, { viewer }) =>
      !answer.withdrawn && !answer.locked && actsForOwner(viewer, answer),
    viewerCanWithdraw: (answer, _, { viewer }) => canWithdrawAnswer(viewer, answer),
  },
  AnswerConnection: connectionResolvers,
}
