import { limits, vocabularies, type VocabularyTerm } from '@netzwerkdiakonie/schema'
import type { SearchFilter } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { badUserInput } from '#api/errors.ts'
import type { Page, PageArguments } from '#lib/page.ts'
import type { SearchHitRow } from '#modules/search/hit.ts'
import { readFacets, readHits, type SearchQuery } from '#modules/search/search.repository.ts'
import { withNarrower } from '#modules/vocabulary/vocabulary.service.ts'

/** A page of hits that can tell how many there are of each kind. */
export type SearchPage = Page<SearchHitRow> & {
  facets(): ReturnType<typeof readFacets>
}

/** Topics that a text can name, by each of their words in lower case. */
const topicWords = [
  ...vocabularies.fieldsOfWork,
  ...vocabularies.competences,
  ...vocabularies.toolCategories,
].flatMap((term: VocabularyTerm) =>
  [term.de, ...term.altLabels].map((word) => ({ code: term.code, word: word.toLowerCase() })),
)

/**
 * Finds entries and organisations in one ranked list.
 *
 * @throws BAD_USER_INPUT for a query beyond its limit
 */
// public: row security shows to everybody what they may see
export async function search(
  context: Context,
  text: string,
  filter: SearchFilter | null | undefined,
  page: PageArguments,
): Promise<SearchPage> {
  if (text.length > limits.searchQuery)
    throw badUserInput(`query must not be longer than ${limits.searchQuery} characters.`)
  const query: SearchQuery = {
    text,
    topics: topicsIn(text),
    kinds: filter?.kinds ?? [],
    fieldsOfWork: withNarrower('fieldsOfWork', filter?.fieldsOfWork ?? []),
  }
  const found = await readHits(context, query, page)
  return { ...found, facets: () => readFacets(context, query) }
}

/** Codes of the vocabulary terms whose label or synonym occurs in a text as whole words. */
function topicsIn(text: string): string[] {
  const words = ` ${text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ')} `
  const named = topicWords.filter(({ word }) =>
    words.includes(` ${word.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim()} `),
  )
  return [...new Set(named.map(({ code }) => code))]
}
