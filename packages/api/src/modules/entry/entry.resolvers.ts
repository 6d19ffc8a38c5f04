import type { Resolvers } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { listReach } from '#modules/entry/reach.service.ts'
import { shownState } from '#modules/entry/lifecycle.ts'
import type { EntryRow } from '#modules/entry/entry.entity.ts'
import { canReleaseEntry, canWithdrawEntry } from '#modules/entry/entry.policy.ts'
import { belongsTo } from '#modules/identity/viewer.ts'
import {
  organisationById,
  visibleOrganisations,
} from '#modules/organisation/organisation.service.ts'
import { termsOf } from '#modules/vocabulary/vocabulary.service.ts'

/** Resolvers of the fields that all entries share. */
export const entryFieldResolvers = {
  organisation: (entry: EntryRow, _: unknown, context: Context) =>
    organisationById(context, entry.organisationId),
  // Who else may see an entry is its owner's own business, and so is how many they are.
  selectedOrganisations: (entry: EntryRow, _: unknown, context: Context) =>
    belongsTo(context.viewer, entry.organisationId) && entry.visibility === 'SELECTED_ORGANISATIONS'
      ? visibleOrganisations(context, entry.selectedOrganisationIds)
      : null,
  submittedBy: (entry: EntryRow, _: unknown, { loaders }: Context) =>
    entry.submittedById ? loaders.organisation.load(entry.submittedById) : null,
  state: (entry: EntryRow) => shownState(entry),
  fieldsOfWork: (entry: EntryRow) => termsOf('fieldsOfWork', entry.fieldsOfWork),
  competences: (entry: EntryRow) => termsOf('competences', entry.competences),
  publishedOn: (entry: EntryRow) => (entry.state === 'IN_REVIEW' ? null : entry.publishedOn),
  viewerCanWithdraw: (entry: EntryRow, _: unknown, { viewer }: Context) =>
    canWithdrawEntry(viewer, entry),
  viewerCanRelease: (entry: EntryRow, _: unknown, { viewer }: Context) =>
    canReleaseEntry(viewer, entry),
}

/** Rows that stand for several types carry their `__typename`; see `node` and `search`. */
const byTypename = { __resolveType: (row: object) => (row as { __typename: never }).__typename }

export const entryResolvers: Resolvers = {
  Query: {
    visibilityReach: (_, { selectedOrganisations }, context) =>
      listReach(context, selectedOrganisations ?? []),
  },
  Node: byTypename,
  Entry: byTypename,
}
