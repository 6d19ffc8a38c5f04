import type { Resolvers } from '#api/__generated__/resolvers.ts'
import { payload } from '#lib/payload.ts'
import {
  finishPasskeyRegistration,
  ownPasskeys,
  removePasskey,
  renamePasskey,
  startPasskeyRegistration,
} from '#modules/identity/passkey.service.ts'
import {
  finishPasskeySignIn,
  startPasskeySignIn,
} from '#modules/identity/passkey.sign-in.service.ts'

export const passkeyResolvers: Resolvers = {
  Mutation: {
    startPasskeyRegistration: (_, __, context) =>
      payload(context, () => startPasskeyRegistration(context)),
    finishPasskeyRegistration: (_, { input }, context) =>
      payload(context, async () => ({ passkey: await finishPasskeyRegistration(context, input) })),
    renamePasskey: (_, { input }, context) =>
      payload(context, async () => ({ passkey: await renamePasskey(context, input) })),
    removePasskey: (_, { input }, context) =>
      payload(context, async () => {
        await removePasskey(context, input.id)
        return { viewer: context.viewer }
      }),
    startPasskeySignIn: (_, __, context) => payload(context, () => startPasskeySignIn(context)),
    finishPasskeySignIn: (_, { input }, context) =>
      payload(context, () => finishPasskeySignIn(context, input)),
  },
  Viewer: {
    passkeys: (_, __, context) => ownPasskeys(context),
  },
}
