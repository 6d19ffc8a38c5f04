import type { Resolvers } from '#api/__generated__/resolvers.ts'
import { uuidOf } from '#lib/global-id.ts'
import { payload } from '#lib/payload.ts'
import { demoPassword } from '#modules/identity/demo-accounts.ts'
import { listDemoAccounts, signIn, signOut, actFor } from '#modules/identity/identity.service.ts'
import {
  endOtherSessions,
  endSession,
  listSessions,
} from '#modules/identity/own-sessions.service.ts'
import { changePassword, hasPassword } from '#modules/identity/password.service.ts'
import {
  forgetDevice,
  listDeviceAccounts,
  listDevicesWithPin,
  signInWithPin,
} from '#modules/identity/pin.service.ts'
import { checkAccessCard, redeemAccessCard } from '#modules/identity/redemption.service.ts'
import { canContribute } from '#modules/identity/viewer.ts'
import { isEditor } from '#modules/entry/entry.policy.ts'
import { listActingMandates } from '#modules/organisation/mandate.service.ts'
import { organisationById } from '#modules/organisation/organisation.service.ts'

export const identityResolvers: Resolvers = {
  Query: {
    viewer: (_, __, { viewer }) => viewer,
    deviceAccounts: (_, { deviceSecret }, context) => listDeviceAccounts(context, deviceSecret),
    demoAccounts: (_, __, context) => listDemoAccounts(context),
  },
  Mutation: {
    signIn: (_, { input }, context) => payload(context, () => signIn(context, input)),
    signOut: async (_, __, context) => ({ viewer: await signOut(context), userErrors: [] }),
    checkAccessCard: (_, { input }, context) =>
      payload(context, async () => ({ card: await checkAccessCard(context, input) })),
    redeemAccessCard: (_, { input }, context) =>
      payload(context, () => redeemAccessCard(context, input)),
    signInWithPin: (_, { input }, context) => payload(context, () => signInWithPin(context, input)),
    forgetDevice: (_, { input }, context) =>
      payload(context, async () => ({ viewer: await forgetDevice(context, input.bindingId) })),
    endSession: (_, { input }, context) =>
      payload(context, async () => {
        await endSession(context, input.sessionId)
        return { viewer: context.viewer }
      }),
    endOtherSessions: (_, __, context) =>
      payload(context, async () => {
        await endOtherSessions(context)
        return { viewer: context.viewer }
      }),
    changePassword: (_, { input }, context) =>
      payload(context, async () => ({
        ...(await changePassword(context, input)),
        viewer: context.viewer,
      })),
    actFor: (_, { input }, context) =>
      payload(context, async () => ({
        viewer: await actFor(context, uuidOf('Organisation', input.organisationId)),
      })),
  },
  Viewer: {
    kind: ({ caller }) => caller,
    organisation: ({ organisationId }, _, context) =>
      organisationId ? organisationById(context, organisationId) : null,
    mandates: (_, __, context) => listActingMandates(context),
    mandatedAssociation: ({ mandatedAssociationId }, _, { loaders }) =>
      mandatedAssociationId ? loaders.organisation.load(mandatedAssociationId) : null,
    roles: ({ roleAssignments }) => roleAssignments,
    viewerCanContribute: (viewer) => canContribute(viewer),
    viewerCanRelease: (viewer) =>
      viewer.organisationId !== null && isEditor(viewer, viewer.organisationId),
    devicesWithPin: (_, __, context) => listDevicesWithPin(context),
    viewerCanChangePassword: (viewer, _, context) => hasPassword(context, viewer),
    sessions: (viewer, _, context) => listSessions(context, viewer),
  },
  AuthSession: {
    organisation: ({ organisationId }, _, context) => organisationById(context, organisationId),
  },
  RoleAssignment: {
    organisation: ({ organisationId }, _, context) => organisationById(context, organisationId),
  },
  DemoAccount: {
    password: () => demoPassword,
    organisation: ({ organisationId }, _, context) => organisationById(context, organisationId),
  },
}
