import type { Resolvers } from '#api/__generated__/resolvers.ts'
import { type NodeType, toGlobalId, uuidOf } from '#lib/global-id.ts'
import { connectionResolvers } from '#lib/page.ts'
import { payload } from '#lib/payload.ts'
import { checkAuditLog, listAuditEntries } from '#modules/moderation/audit-log.service.ts'
import type { ReportedKind } from '#modules/moderation/notice.entity.ts'
import { canObjectForOwner, decisionsFor } from '#modules/moderation/notice.policy.ts'
import * as service from '#modules/moderation/notice.service.ts'
import { reportEntry } from '#modules/moderation/report.service.ts'
import { organisationById } from '#modules/organisation/organisation.service.ts'

const nodeTypes: Record<ReportedKind, NodeType> = {
  PROBLEM: 'Problem',
  SOLUTION: 'Solution',
  ANSWER: 'Answer',
}

const entryId = ({ kind, entryId: uuid }: { kind: ReportedKind; entryId: string }) =>
  toGlobalId(nodeTypes[kind], uuid)

export const moderationResolvers: Resolvers = {
  Query: {
    reportedNotice: (_, { secret }, context) => service.reportedNotice(context, secret),
    notices: (_, { filter, ...page }, context) => service.listNotices(context, filter, page),
    notice: (_, { reference }, context) => service.noticeByReference(context, reference),
    ownDecisions: (_, { entryId: id, ...page }, context) =>
      service.listOwnDecisions(context, id, page),
    auditEntries: (_, { organisationId, filter, ...page }, context) =>
      listAuditEntries(context, uuidOf('Organisation', organisationId), filter, page),
    auditLogCheck: (_, { organisationId }, context) =>
      checkAuditLog(context, uuidOf('Organisation', organisationId)),
  },
  Mutation: {
    reportEntry: (_, { input }, context) => payload(context, () => reportEntry(context, input)),
    decideNotice: (_, { input }, context) =>
      payload(context, async () => {
        const reference = await service.decideNotice(context, input)
        return { notice: await service.noticeByReference(context, reference) }
      }),
    objectToDecision: (_, { input }, context) =>
      payload(context, async () => ({ reference: await service.objectToDecision(context, input) })),
  },
  ReportedNotice: { entryId },
  Notice: {
    entry: async (notice, _, { loaders }) => {
      const entry = await loaders.reportedEntry.load(notice.id)
      return entry && { ...entry, notice }
    },
    decisions: ({ id }, _, { loaders }) => loaders.decisionsOf.load(id),
    objections: ({ id }, _, { loaders }) => loaders.objectionsOf.load(id),
    viewerCanDecide: async (notice, _, { loaders, viewer }) =>
      decisionsFor(viewer, notice, (await loaders.decisionsOf.load(notice.id)).at(-1)),
  },
  ReportedEntry: {
    id: ({ notice }) => entryId(notice),
    organisation: ({ organisationId }, _, { loaders }) => loaders.organisation.load(organisationId),
    isChanged: ({ version, notice }) => version !== notice.entryVersion,
  },
  Decision: {
    association: ({ associationId }, _, context) =>
      associationId ? organisationById(context, associationId) : null,
  },
  OwnDecision: {
    entryId,
    entry: async ({ kind, entryId: uuid }, _, { loaders }) => {
      if (kind === 'SOLUTION') {
        const solution = await loaders.solution.load(uuid)
        return solution && { ...solution, __typename: 'Solution' }
      }
      const answer = kind === 'ANSWER' ? await loaders.answer.load(uuid) : null
      const problem = await loaders.problem.load(answer?.problemId ?? uuid)
      return problem && { ...problem, __typename: 'Problem' }
    },
    reason: ({ noticeReason }) => noticeReason,
    decision: (row) => row,
    viewerCanObject: ({ canObject }, _, { viewer }) => canObject && canObjectForOwner(viewer),
  },
  AuditEntry: {
    actor: ({ actorId, actorName: name }) => {
      if (!actorId) return { kind: 'SYSTEM' }
      return name === null ? { kind: 'OUTSIDE' } : { kind: 'MEMBER', name }
    },
    details: ({ details }) =>
      Object.entries(details ?? {}).map(([name, value]) => ({ name, value: String(value ?? '') })),
  },
  NoticeConnection: connectionResolvers,
  OwnDecisionConnection: connectionResolvers,
  AuditEntryConnection: connectionResolvers,
}
