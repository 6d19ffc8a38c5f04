import { countLimit, vocabularies, type VocabularyTerm } from '@netzwerkdiakonie/schema'
import type { Resolvers } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import type { MessageLanguage } from '#api/errors.ts'
import { connectionResolvers } from '#lib/page.ts'
import { matchEnd, matchStart, type SearchHitRow } from '#modules/search/hit.ts'
import { search } from '#modules/search/search.service.ts'
import { labelOf } from '#modules/vocabulary/vocabulary.service.ts'

export const searchResolvers: Resolvers = {
  Query: {
    search: (_, { query, filter, ...page }, context) => search(context, query, filter, page),
    searchSuggestions: () => [],
    similar: () => [],
    crisisHelp: () => null,
  },
  Problem: { foundPassages: () => [], answerExpectedBy: () => null, crisisHelp: () => null },
  SearchConnection: {
    ...connectionResolvers,
    facets: async (page) =>
      (await page.facets()).map(({ kind, count }) => ({
        kind,
        count: { value: Math.min(count, countLimit), isExact: count <= countLimit },
      })),
    termFacets: () => [],
    interpretation: () => ({ words: [], terms: [], correction: null }),
    beyond: () => null,
    crisisHelp: () => null,
  },
  SearchHit: {
    entry: (hit, _, context) => loadEntry(hit, context),
    highlight: ({ passage }) =>
      escapeHtml(passage).replaceAll(matchStart, '<mark>').replaceAll(matchEnd, '</mark>'),
    reason: (hit, _, { language }) => reasonOf(hit, language),
  },
  SearchEntry: { __resolveType: (row: object) => (row as { __typename: never }).__typename },
}

async function loadEntry({ kind, id }: SearchHitRow, { loaders }: Context) {
  const [loader, __typename] =
    kind === 'PROBLEM'
      ? ([loaders.problem, 'Problem'] as const)
      : kind === 'ORGANISATION'
        ? ([loaders.organisation, 'Organisation'] as const)
        : ([loaders.solution, 'Solution'] as const)
  const row = await loader.load(id)
  if (!row) throw new Error(`The hit ${kind} ${id} is not visible`)
  return { ...row, __typename } as never
}

function reasonOf(hit: SearchHitRow, language: MessageLanguage): string {
  if (hit.inTitle) return language === 'de' ? 'Gefunden im Titel' : 'Found in the title'
  if (hit.inText) return language === 'de' ? 'Gefunden im Text' : 'Found in the text'
  const terms: VocabularyTerm[] = [
    ...vocabularies.competences,
    ...vocabularies.fieldsOfWork,
    ...vocabularies.toolCategories,
  ]
  const term = terms.find(({ code }) => hit.topics.includes(code))
  const label = term ? labelOf(term, language) : ''
  return language === 'de' ? `Passt zum Thema „${label}“` : `Fits the topic “${label}”`
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
