import type { Resolvers } from '#api/__generated__/resolvers.ts'
import { payload } from '#lib/payload.ts'
import { finishSingleSignOn, startSingleSignOn } from '#modules/identity/single-sign-on.service.ts'

export const singleSignOnResolvers: Resolvers = {
  Mutation: {
    startSingleSignOn: (_, { input }, context) =>
      payload(context, () => startSingleSignOn(context, input)),
    finishSingleSignOn: (_, { input }, context) =>
      payload(context, () => finishSingleSignOn(context, input)),
  },
}
