import { countLimit } from '@netzwerkdiakonie/schema'
import type { Resolvers } from '#api/__generated__/resolvers.ts'
import { connectionResolvers } from '#lib/page.ts'
import { crisisHelpFor } from '#modules/search/crisis.ts'
import { search } from '#modules/search/search.service.ts'
import { answerExpectedBy, findPassages, findSimilar } from '#modules/search/similar.service.ts'
import { suggest } from '#modules/search/suggestion.service.ts'

const toCount = (count: number, isComplete: boolean) => ({
  value: Math.min(count, countLimit),
  isExact: isComplete && count <= countLimit,
})

export const searchResolvers: Resolvers = {
  Query: {
    search: (_, { query, filter, ...page }, context) => search(context, query, filter, page),
    searchSuggestions: (_, { query, first }, context) => suggest(context, query, first),
    similar: (_, text, context) => findSimilar(context, text),
    crisisHelp: (_, { text }, { language }) => crisisHelpFor(text, language),
  },
  Problem: {
    foundPassages: (problem, _, context) => findPassages(context, problem),
    answerExpectedBy: (problem) => answerExpectedBy(problem),
    crisisHelp: ({ title, body }, _, { language }) => crisisHelpFor(`${title}. ${body}`, language),
  },
  SearchConnection: {
    ...connectionResolvers,
    facets: async (page) =>
      (await page.facets()).map(({ kind, count }) => ({
        kind,
        count: toCount(count, page.isComplete),
      })),
    termFacets: async (page) =>
      (await page.termFacets()).map(({ count, ...facet }) => ({
        ...facet,
        count: toCount(count, page.isComplete),
      })),
    beyond: (page) => page.beyond(),
  },
  FoundPassage: {
    title: ({ title }) => title,
    passage: ({ highlight }) => highlight,
  },
  SearchEntry: { __resolveType: ({ __typename }) => __typename },
}
