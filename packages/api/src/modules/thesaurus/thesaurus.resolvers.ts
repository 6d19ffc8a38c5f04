import type { Resolvers } from '#api/__generated__/resolvers.ts'
import { toGlobalId } from '#lib/global-id.ts'
import { connectionResolvers } from '#lib/page.ts'
import { payload } from '#lib/payload.ts'
import { organisationById } from '#modules/organisation/organisation.service.ts'
import {
  dismissMissedSearch,
  listMissedSearches,
  noteOpenedHit,
} from '#modules/thesaurus/missed-search.service.ts'
import {
  closeSearchInvitation,
  inviteToPublish,
  listSearchInvitations,
} from '#modules/thesaurus/search-invitation.service.ts'
import {
  addSynonyms,
  listSynonymGroups,
  removeSynonyms,
} from '#modules/thesaurus/synonym.service.ts'
import { canEnd } from '#modules/thesaurus/thesaurus.policy.ts'

export const thesaurusResolvers: Resolvers = {
  Query: {
    missedSearches: (_, { filter, orderBy, ...page }, context) =>
      listMissedSearches(context, filter, orderBy ?? 'MOST_MISSED', page),
    synonymGroups: (_, { query, ...page }, context) => listSynonymGroups(context, query, page),
    searchInvitations: (_, page, context) => listSearchInvitations(context, page),
  },
  Mutation: {
    noteOpenedHit: async (_, { input }, context) => ({
      counted: await noteOpenedHit(context, input),
      userErrors: [],
    }),
    addSynonyms: (_, { input }, context) =>
      payload(context, async () => {
        const id = await addSynonyms(context, input)
        return { synonymGroup: await context.loaders.synonymGroup.load(id) }
      }),
    removeSynonyms: (_, { input: { id } }, context) =>
      payload(context, async () => {
        await removeSynonyms(context, id)
        return { removedId: id }
      }),
    inviteToPublish: (_, { input }, context) =>
      payload(context, async () => {
        const id = await inviteToPublish(context, input)
        return { searchInvitation: await context.loaders.searchInvitation.load(id) }
      }),
    closeSearchInvitation: (_, { input: { id } }, context) =>
      payload(context, async () => {
        await closeSearchInvitation(context, id)
        return { closedId: id }
      }),
    dismissMissedSearch: (_, { input: { id } }, context) =>
      payload(context, async () => {
        await dismissMissedSearch(context, id)
        return { dismissedId: id }
      }),
  },
  MissedSearch: { id: ({ id }) => toGlobalId('MissedSearch', id) },
  SynonymGroup: {
    id: ({ id }) => toGlobalId('SynonymGroup', id),
    association: ({ associationId }, _, context) => organisationById(context, associationId),
    viewerCanRemove: (group, _, { viewer }) => canEnd(viewer, group),
  },
  SearchInvitation: {
    id: ({ id }) => toGlobalId('SearchInvitation', id),
    association: ({ associationId }, _, context) => organisationById(context, associationId),
    viewerCanClose: (invitation, _, { viewer }) => canEnd(viewer, invitation),
  },
  MissedSearchConnection: connectionResolvers,
  SynonymGroupConnection: connectionResolvers,
  SearchInvitationConnection: connectionResolvers,
}
