import type { Resolvers } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { toGlobalId, uuidOf } from '#lib/global-id.ts'
import { connectionResolvers } from '#lib/page.ts'
import { payload, userErrorsOf } from '#lib/payload.ts'
import { organisationById } from '#modules/organisation/organisation.service.ts'
import * as access from '#modules/team/access.service.ts'
import { issueAccessCards, type RowOutcome } from '#modules/team/bulk.service.ts'
import type { HandOverRow } from '#modules/team/hand-over.entity.ts'
import { canManageRole, canManageTeam } from '#modules/team/team.policy.ts'
import * as service from '#modules/team/team.service.ts'

/** Payload with the member that a service changed, read anew. */
function memberPayload(context: Context, run: () => Promise<string>) {
  return payload(context, async () => ({
    member: await context.loaders.teamMember.load(await run()),
  }))
}

/** Payload with a member and the card that was just issued. */
function cardPayload(context: Context, run: () => Promise<access.MemberWithCard>) {
  return payload(context, async () => {
    const { memberId, card } = await run()
    return { member: await context.loaders.teamMember.load(memberId), card }
  })
}

async function rowResult(context: Context, outcome: RowOutcome) {
  if ('failure' in outcome) return { userErrors: userErrorsOf(outcome.failure, context.language) }
  const member = await context.loaders.teamMember.load(outcome.memberId)
  return { member, card: outcome.card, userErrors: [] }
}

async function loadEntry({ entryType, entryId }: HandOverRow, { loaders }: Context) {
  const byType = { Problem: loaders.problem, Solution: loaders.solution, Answer: loaders.answer }
  const row = await byType[entryType].load(entryId)
  if (!row) throw new Error(`The entry ${entryId} of a visible hand-over is not visible`)
  return { ...row, __typename: entryType } as never
}

export const teamResolvers: Resolvers = {
  Query: {
    team: (_, { organisationId, filter, ...page }, context) =>
      service.listTeam(context, uuidOf('Organisation', organisationId), filter, page),
    handedOverEntries: (_, { organisationId, ...page }, context) =>
      service.listHandOvers(context, uuidOf('Organisation', organisationId), page),
  },
  Mutation: {
    addTeamMember: (_, { input }, context) =>
      cardPayload(context, () => access.addTeamMember(context, input)),
    issueAccessCards: (_, { input }, context) =>
      payload(context, async () => {
        const outcomes = await issueAccessCards(context, input)
        return { results: await Promise.all(outcomes.map((each) => rowResult(context, each))) }
      }),
    reissueAccessCard: (_, { input }, context) =>
      cardPayload(context, () => access.reissueAccessCard(context, input.memberId)),
    revokeAccess: (_, { input }, context) =>
      memberPayload(context, () => access.revokeAccess(context, input.memberId)),
    changeTeamRole: (_, { input }, context) =>
      memberPayload(context, () => service.changeTeamRole(context, input)),
    removeTeamMember: (_, { input }, context) =>
      payload(context, async () => ({
        handedOver: await service.removeTeamMember(context, input),
      })),
    leaveOrganisation: (_, { input }, context) =>
      payload(context, () => service.leaveOrganisation(context, input)),
    joinWithCard: (_, { input }, context) =>
      payload(context, async () => ({ viewer: await access.joinWithCard(context, input.code) })),
  },
  Viewer: {
    viewerCanManageTeam: (viewer) => canManageTeam(viewer, viewer.organisationId),
    accessLog: (_, page, context) => service.listAccessLog(context, page),
  },
  TeamMember: {
    id: ({ id }) => toGlobalId('TeamMember', id),
    waysIn: ({ hasPassword, hasPin, hasPasskey, hasSingleSignOn }) => ({
      password: hasPassword,
      pin: hasPin,
      passkey: hasPasskey,
      singleSignOn: hasSingleSignOn,
    }),
    viewerCanManage: ({ organisationId, role }, _, { viewer }) =>
      canManageRole(viewer, organisationId, role),
    isViewer: ({ accountId }, _, { viewer }) => accountId === viewer.actorId,
  },
  HandedOverEntry: {
    entry: (row, _, context) => loadEntry(row, context),
    successor: ({ successorMemberId }, _, { loaders }) =>
      successorMemberId ? loaders.teamMember.load(successorMemberId) : null,
  },
  AccessLogEntry: {
    organisation: ({ organisationId }, _, context) => organisationById(context, organisationId),
  },
  TeamMemberConnection: connectionResolvers,
  HandedOverEntryConnection: connectionResolvers,
  AccessLogConnection: connectionResolvers,
}
