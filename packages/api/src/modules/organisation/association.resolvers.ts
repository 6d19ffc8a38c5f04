import type { Resolvers } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { connectionResolvers } from '#lib/page.ts'
import { payload } from '#lib/payload.ts'
import { inviteMembers } from '#modules/organisation/invitation.service.ts'
import * as mandates from '#modules/organisation/mandate.service.ts'
import * as memberships from '#modules/organisation/membership.service.ts'
import { canManage } from '#modules/organisation/organisation.policy.ts'
import { organisationById } from '#modules/organisation/organisation.service.ts'

/** Fields of everything that lies between a member and an association. */
const sides = {
  organisation: ({ organisationId }: { organisationId: string }, _: unknown, context: Context) =>
    organisationById(context, organisationId),
  association: ({ associationId }: { associationId: string }, _: unknown, context: Context) =>
    organisationById(context, associationId),
}

function requestPayload(context: Context, run: () => Promise<string>) {
  return payload(context, async () => ({
    request: await memberships.requestById(context, await run()),
  }))
}

function mandatePayload(context: Context, run: () => Promise<string>) {
  return payload(context, async () => ({
    mandate: await mandates.mandateById(context, await run()),
  }))
}

export const associationResolvers: Resolvers = {
  Query: {
    memberships: (_, { filter, ...page }, context) =>
      memberships.listMemberships(context, filter, page),
    membershipRequests: (_, { filter, ...page }, context) =>
      memberships.listMembershipRequests(context, filter, page),
    mandates: (_, { filter, ...page }, context) => mandates.listMandates(context, filter, page),
  },
  Mutation: {
    requestMembership: (_, { input }, context) =>
      requestPayload(context, () => memberships.requestMembership(context, input)),
    confirmMembership: (_, { input }, context) =>
      requestPayload(context, () => memberships.confirmMembership(context, input.id)),
    refuseMembership: (_, { input }, context) =>
      requestPayload(context, () => memberships.refuseMembership(context, input)),
    endMembership: (_, { input }, context) =>
      payload(context, async () => ({
        organisation: await context.loaders.organisation.load(
          await memberships.endMembership(context, input),
        ),
      })),
    grantMandate: (_, { input }, context) =>
      mandatePayload(context, () => mandates.grantMandate(context, input)),
    revokeMandate: (_, { input }, context) =>
      mandatePayload(context, () => mandates.revokeMandate(context, input.id)),
    inviteMembers: (_, { input }, context) =>
      payload(context, async () => ({ rows: await inviteMembers(context, input) })),
  },
  Membership: sides,
  MembershipConnection: connectionResolvers,
  MembershipRequest: sides,
  MembershipRequestConnection: connectionResolvers,
  Mandate: {
    ...sides,
    viewerCanRevoke: ({ organisationId, revokedOn }, _, { viewer }) =>
      !revokedOn && canManage(viewer, organisationId),
  },
  MandateConnection: connectionResolvers,
  InvitedMember: {
    organisation: ({ organisationId }, _, { loaders }) =>
      organisationId ? loaders.organisation.load(organisationId) : null,
  },
}
