import type { SearchKind } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import type { MessageLanguage } from '#api/errors.ts'
import { labelOf } from '#modules/vocabulary/vocabulary.service.ts'
import { findPassage, type Occurrence, type Passage, toHtml } from '#modules/search/passage.ts'
import type { Group } from '#modules/search/query.ts'
import { topicLexeme, topicOf } from '#modules/search/topics.ts'
import type { OrganisationRow } from '#modules/organisation/organisation.entity.ts'
import type { ProblemRow } from '#modules/problem/problem.entity.ts'
import type { SolutionRow } from '#modules/solution/solution.entity.ts'

/** An entry or organisation as the union of the contract has it. */
export type FoundEntry =
  | ({ __typename: 'Problem' } & ProblemRow)
  | ({ __typename: 'Solution' } & SolutionRow)
  | ({ __typename: 'Organisation' } & OrganisationRow)

/** Something that was found, ranked. */
export interface RankedEntry {
  entryId: string
  kind: SearchKind
  score: number
  /** Share of the query that it has, 0 to 1. */
  coverage: number
  /** The answer that fits better than the problem itself, if one does. */
  answerId: string | null
  organisationId: string
  fieldsOfWork: string[]
  competences: string[]
  toolCategories: string[]
  umbrella: string | null
  /** ISO day; null for organisations. */
  asOf: string | null
  /** Whether every member sees it. */
  isForAllMembers: boolean
}

/** A hit with everything that is shown of it. */
export interface SearchHitRow {
  entry: FoundEntry
  kind: SearchKind
  title: string
  /** HTML with `<mark>` and nothing else. */
  highlight: string
  reason: string
  /** Words of the query and how they are written here. */
  occurrences: Occurrence[]
}

/**
 * Loads what was found and says why it was. What the viewer no longer sees by now drops out.
 *
 * @param groups of the query, the most important first
 */
export async function presentHits(
  context: Context,
  ranked: readonly RankedEntry[],
  groups: readonly Group[],
): Promise<SearchHitRow[]> {
  const hits = await Promise.all(
    ranked.map(async (found) => {
      const [entry, answer] = await Promise.all([
        loadEntry(context, found),
        found.answerId ? context.loaders.answer.load(found.answerId) : null,
      ])
      return entry && presentHit(entry, found, answer?.body ?? null, groups, context.language)
    }),
  )
  return hits.filter((hit) => hit !== null)
}

/** The entry or organisation, as far as the viewer sees it. */
export async function loadEntry(
  { loaders }: Context,
  { kind, entryId }: Pick<RankedEntry, 'kind' | 'entryId'>,
): Promise<FoundEntry | null> {
  if (kind === 'PROBLEM') return withTypename('Problem', await loaders.problem.load(entryId))
  if (kind === 'ORGANISATION')
    return withTypename('Organisation', await loaders.organisation.load(entryId))
  return withTypename('Solution', await loaders.solution.load(entryId))
}

function withTypename<Name extends string, Row extends object>(
  __typename: Name,
  row: Row | null,
): (Row & { __typename: Name }) | null {
  return row && { ...row, __typename }
}

function presentHit(
  entry: FoundEntry,
  found: RankedEntry,
  answer: string | null,
  groups: readonly Group[],
  language: MessageLanguage,
): SearchHitRow {
  const title = entry.__typename === 'Organisation' ? entry.name : entry.title
  const inTitle = findPassage(title, groups).occurrences
  const own = findPassage(textOf(entry), groups)
  const inAnswer = answer ? findPassage(answer, groups) : null
  const passage = inAnswer && inAnswer.occurrences.length > own.occurrences.length ? inAnswer : own
  const reason = reasonOf(
    { inTitle, inText: own.occurrences, inAnswer: inAnswer?.occurrences ?? [] },
    found,
    groups,
    language,
  )
  return {
    entry,
    kind: found.kind,
    title,
    highlight: toHtml(passage),
    reason,
    occurrences: [...inTitle, ...own.occurrences, ...(inAnswer?.occurrences ?? [])],
  }
}

function textOf(entry: FoundEntry): string {
  if (entry.__typename === 'Problem') return entry.body
  if (entry.__typename === 'Solution') return `${entry.summary}\n${entry.body}`
  return [entry.seat, entry.description].filter(Boolean).join('. ')
}

type Places = Record<'inTitle' | 'inText' | 'inAnswer', Passage['occurrences']>

const phrases: Record<MessageLanguage, Record<keyof Places, string>> = {
  de: {
    inTitle: 'Gefunden im Titel',
    inText: 'Gefunden im Text',
    inAnswer: 'Gefunden in einer Antwort',
  },
  en: {
    inTitle: 'Found in the title',
    inText: 'Found in the text',
    inAnswer: 'Found in an answer',
  },
}

/** The most important word of the query that occurs, where, and how it is written there. */
function reasonOf(
  places: Places,
  { fieldsOfWork, competences, toolCategories }: RankedEntry,
  groups: readonly Group[],
  language: MessageLanguage,
): string {
  const place = (['inTitle', 'inText', 'inAnswer'] as const).find((each) => places[each].length > 0)
  const direct = (['inTitle', 'inText', 'inAnswer'] as const).find((each) =>
    places[each].some(({ alternative }) => alternative.kind === 'WORD'),
  )
  const where = direct ?? place
  if (where) {
    const occurrences = places[where]
    const shown =
      occurrences.find(({ alternative }) => alternative.kind === 'WORD') ?? occurrences[0]
    return shown
      ? `${phrases[language][where]}: ${wordsOf(shown, language)}`
      : phrases[language][where]
  }
  const filed = new Set([...fieldsOfWork, ...competences, ...toolCategories].map(topicLexeme))
  const topics = groups.flatMap(({ alternatives }) =>
    alternatives.filter(({ kind }) => kind === 'TOPIC').flatMap(({ terms }) => terms),
  )
  const term = topicOf(topics.find((topic) => filed.has(topic)) ?? topics[0] ?? '')
  const label = term ? labelOf(term, language) : ''
  return language === 'de' ? `Passt zum Thema „${label}“` : `Fits the topic “${label}”`
}

/** „Schichtplan“ (gesucht: „Dienstplan“). */
function wordsOf({ group, alternative, written }: Occurrence, language: MessageLanguage): string {
  const [open, close] = language === 'de' ? ['„', '“'] : ['“', '”']
  const quoted = (text: string) => `${open}${text}${close}`
  const isSame = alternative.kind === 'WORD' || written.toLowerCase() === group.word.toLowerCase()
  if (isSame) return quoted(written)
  const looked = language === 'de' ? 'gesucht' : 'you wrote'
  return `${quoted(written)} (${looked}: ${quoted(group.word)})`
}
