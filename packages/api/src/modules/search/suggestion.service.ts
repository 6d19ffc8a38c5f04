import { analyseText, quoteLexeme } from '@netzwerkdiakonie/analyser'
import { limits, vocabularies, type VocabularyTerm } from '@netzwerkdiakonie/schema'
import type { SearchKind, SearchSuggestionKind } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { badUserInput } from '#api/errors.ts'
import { type FoundEntry, loadEntry } from '#modules/search/hit.ts'
import { readTitles } from '#modules/search/search.repository.ts'
import { labelOf } from '#modules/vocabulary/vocabulary.service.ts'

/** A completion of what is being typed. */
export interface SuggestionRow {
  kind: SearchSuggestionKind
  text: string
  term: VocabularyTerm | null
  entry: FoundEntry | null
}

const mostSuggestions = 20
const shortestTyped = 2
/** More of one kind nobody reads. */
const mostOfAKind = 8
/** Titles that are looked at to find the best. */
const titleCandidates = 60

const terms: VocabularyTerm[] = [
  ...vocabularies.competences,
  ...vocabularies.fieldsOfWork,
  ...vocabularies.toolCategories,
]

/**
 * Completes what is being typed: words, terms, titles and organisations.
 *
 * @throws BAD_USER_INPUT for a text beyond its limit
 */
// public: row security shows to everybody what they may see
export async function suggest(
  context: Context,
  typed: string,
  first: number | null | undefined,
): Promise<SuggestionRow[]> {
  const size = first ?? 8
  if (size < 1 || size > mostSuggestions)
    throw badUserInput(`first must be between 1 and ${mostSuggestions}.`)
  if (typed.length > limits.searchQuery)
    throw badUserInput(`query must not be longer than ${limits.searchQuery} characters.`)
  const text = typed.trim().replaceAll(/\s+/g, ' ')
  if (text.length < shortestTyped) return []
  const found = (await readTitles(context, text, wordsQuery(text), titleCandidates))
    .map((row) => ({ ...row, place: placeOf(row.title, text) }))
    .sort((a, b) => a.place - b.place || a.title.length - b.title.length || (a.id < b.id ? -1 : 1))
  const isOrganisation = ({ kind }: { kind: SearchKind }) => kind === 'ORGANISATION'
  const titles = found.filter((row) => !isOrganisation(row))
  const bare = { term: null, entry: null }
  const chosen = inTurn<Suggestion>(
    [
      wordsIn(titles, text).map((word) => ({ kind: 'WORD', text: word, ...bare })),
      termsFor(text).map((term) => ({
        kind: 'TERM',
        text: labelOf(term, context.language),
        term,
        entry: null,
      })),
      titles.map((row) => ({ kind: 'TITLE', text: row.title, term: null, entry: row })),
      found
        .filter(isOrganisation)
        .map((row) => ({ kind: 'ORGANISATION', text: row.title, term: null, entry: row })),
    ],
    size,
  )
  const loaded = await Promise.all(
    chosen.map(async ({ entry, ...suggestion }) => ({
      ...suggestion,
      entry: entry && (await loadEntry(context, { kind: entry.kind, entryId: entry.id })),
      // What the viewer no longer sees by now drops out.
      isGone: entry !== null,
    })),
  )
  return loaded.flatMap(({ isGone, ...suggestion }) =>
    isGone && suggestion.entry === null ? [] : [suggestion],
  )
}

/** A suggestion whose entry is not loaded yet. */
interface Suggestion extends Omit<SuggestionRow, 'entry'> {
  entry: { id: string; kind: SearchKind } | null
}

/** Takes from each list in turn until there are enough; the lists stay together. */
function inTurn<Item>(lists: readonly Item[][], size: number): Item[] {
  const turns = lists.flatMap((list, number) => list.map((_, turn) => ({ number, turn })))
  const taken = turns.sort((a, b) => a.turn - b.turn || a.number - b.number).slice(0, size)
  return lists.flatMap((list, number) =>
    list.slice(0, taken.filter((each) => each.number === number).length),
  )
}

/** All words but the last as they are, the last one as a beginning. */
function wordsQuery(text: string): string {
  const tokens = analyseText(text).filter(
    ({ isStopWord }, index, all) => !isStopWord || index === all.length - 1,
  )
  return tokens
    .map(({ whole }, index) => quoteLexeme(whole.stem) + (index === tokens.length - 1 ? ':*' : ''))
    .join(' & ')
}

/** 0 where a title begins so, 1 where one of its words does, 2 elsewhere. */
function placeOf(title: string, text: string): number {
  const at = title.toLowerCase().indexOf(text.toLowerCase())
  if (at === 0) return 0
  return at > 0 && /[^\p{L}\p{N}]/u.test(title.charAt(at - 1)) ? 1 : 2
}

/** Words of titles that begin as the last word that is being typed; what stands before it stays. */
function wordsIn(titles: readonly { title: string }[], text: string): string[] {
  const last = /[\p{L}\p{N}-]+$/u.exec(text)?.[0] ?? ''
  if (last.length < shortestTyped) return []
  const before = text.slice(0, text.length - last.length)
  const words = titles
    .flatMap(({ title }) => title.match(/[\p{L}\p{N}-]+/gu) ?? [])
    .filter(
      (word) => word.length > last.length && word.toLowerCase().startsWith(last.toLowerCase()),
    )
  return [...new Set(words)].slice(0, mostOfAKind).map((word) => before + word)
}

/** Terms with a label or synonym that begins as typed, in one of its words. */
function termsFor(text: string): VocabularyTerm[] {
  const typed = text.toLowerCase()
  return terms
    .flatMap((term) => {
      const places = [term.de, ...term.altLabels].map((label) => placeOf(label, typed))
      const place = Math.min(...places)
      return place < 2 ? [{ term, place }] : []
    })
    .sort((a, b) => a.place - b.place)
    .map(({ term }) => term)
    .slice(0, mostOfAKind)
}
