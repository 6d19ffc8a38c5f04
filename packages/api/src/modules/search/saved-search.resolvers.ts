import type { Resolvers } from '#api/__generated__/resolvers.ts'
import { toGlobalId } from '#lib/global-id.ts'
import { payload } from '#lib/payload.ts'
import {
  deleteSavedSearch,
  listSavedSearches,
  renameSavedSearch,
  saveSearch,
} from '#modules/search/saved-search.service.ts'
import { termsOf } from '#modules/vocabulary/vocabulary.service.ts'

export const savedSearchResolvers: Resolvers = {
  Mutation: {
    saveSearch: (_, { input }, context) =>
      payload(context, async () => {
        const id = await saveSearch(context, input)
        return { savedSearch: await context.loaders.savedSearch.load(id) }
      }),
    renameSavedSearch: (_, { input }, context) =>
      payload(context, async () => {
        const id = await renameSavedSearch(context, input)
        return { savedSearch: await context.loaders.savedSearch.load(id) }
      }),
    deleteSavedSearch: (_, { input: { id } }, context) =>
      payload(context, async () => {
        await deleteSavedSearch(context, id)
        return { deletedId: id }
      }),
  },
  Viewer: {
    savedSearches: (_, __, context) => listSavedSearches(context),
  },
  SavedSearch: {
    id: ({ id }) => toGlobalId('SavedSearch', id),
    fieldsOfWork: ({ fieldsOfWork }) => termsOf('fieldsOfWork', fieldsOfWork),
    competences: ({ competences }) => termsOf('competences', competences),
    toolCategories: ({ toolCategories }) => termsOf('toolCategories', toolCategories),
    umbrellas: ({ umbrellas }) => termsOf('umbrellas', umbrellas),
  },
}
