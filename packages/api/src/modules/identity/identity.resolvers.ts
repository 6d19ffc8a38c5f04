import type { Resolvers } from '#api/__generated__/resolvers.ts'
import { uuidOf } from '#lib/global-id.ts'
import { payload } from '#lib/payload.ts'
import { demoPassword } from '#modules/identity/demo-accounts.ts'
import { listDemoAccounts, signIn, signOut, actFor } from '#modules/identity/identity.service.ts'
import { canContribute } from '#modules/identity/viewer.ts'
import { isEditor } from '#modules/entry/entry.policy.ts'
import { listActingMandates } from '#modules/organisation/mandate.service.ts'
import { organisationById } from '#modules/organisation/organisation.service.ts'

export const identityResolvers: Resolvers = {
  Query: {
    viewer: (_, __, { viewer }) => viewer,
    demoAccounts: (_, __, context) => listDemoAccounts(context),
  },
  Mutation: {
    signIn: (_, { input }, context) => payload(context, () => signIn(context, input)),
    signOut: async (_, __, context) => ({ viewer: await signOut(context), userErrors: [] }),
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
  },
  RoleAssignment: {
    organisation: ({ organisationId }, _, context) => organisationById(context, organisationId),
  },
  DemoAccount: {
    password: () => demoPassword,
    organisation: ({ organisationId }, _, context) => organisationById(context, organisationId),
  },
}
