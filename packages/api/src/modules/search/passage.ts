import { type AnalysedToken, analyseText, rootPrefix } from '@netzwerkdiakonie/analyser'
import type { Alternative, Group } from '#modules/search/query.ts'

/** How a group of a query occurs in a text. */
export interface Occurrence {
  group: Group
  alternative: Alternative
  /** As it is written in the text. */
  written: string
}

/** The stretch of a text that fits a query best. */
export interface Passage {
  /** Pieces of the text in order; `isMatch` where something was searched for. */
  pieces: { text: string; isMatch: boolean }[]
  /** What occurs in the whole text, the most important first. */
  occurrences: Occurrence[]
}

/** Words of a passage. */
const passageWords = 32
/** Words before the first match that let it be understood. */
const leadingWords = 6
/** Longer texts are looked at up to here; what is searched for further down is marked nowhere. */
const mostCharacters = 20_000

/**
 * Finds the stretch of a text in which most of what was searched for stands close together.
 *
 * @param text plain text
 * @param groups of the query, the most important first
 */
export function findPassage(text: string, groups: readonly Group[]): Passage {
  const seen = text.slice(0, mostCharacters)
  const tokens = analyseText(seen)
  const matches = tokens.map((token) => matchOf(token, groups))
  const start = bestStart(matches, groups)
  const from = Math.max(0, start - leadingWords)
  const to = Math.min(tokens.length, from + passageWords)
  return {
    pieces: piecesOf(seen, tokens, matches, from, to),
    occurrences: occurrencesOf(tokens, matches, groups),
  }
}

interface Match {
  group: number
  alternative: Alternative
}

/** The most important group that a word satisfies, by its best alternative. */
function matchOf(token: AnalysedToken, groups: readonly Group[]): Match | null {
  if (token.isStopWord) return null
  const terms = termsOf(token)
  for (const [number, { alternatives }] of groups.entries()) {
    const alternative = alternatives
      .filter((each) => each.terms.some((term) => hasTerm(terms, term, each.isPrefix)))
      .sort((a, b) => b.weight - a.weight)[0]
    if (alternative) return { group: number, alternative }
  }
  return null
}

function hasTerm(terms: ReadonlySet<string>, wanted: string, isPrefix: boolean): boolean {
  return terms.has(wanted) || (isPrefix && [...terms].some((term) => term.startsWith(wanted)))
}

/** All terms under which a word stands in the index. */
function termsOf({ whole, pieceAnalyses }: AnalysedToken): Set<string> {
  return new Set(
    [whole, ...pieceAnalyses].flatMap(({ stem, root, parts, spans, loose }) => [
      stem,
      rootPrefix + root,
      ...spans,
      ...[...parts, ...loose].flatMap((part) => [part.stem, rootPrefix + part.root]),
    ]),
  )
}

/** Where the window begins that holds the most weight; each group counts once in it. */
function bestStart(matches: readonly (Match | null)[], groups: readonly Group[]): number {
  let best = { start: 0, weight: 0 }
  matches.forEach((match, start) => {
    if (!match) return
    const inside = matches.slice(start, start + passageWords - leadingWords)
    const found = new Set(inside.flatMap((each) => (each ? [each.group] : [])))
    const weight = [...found].reduce((sum, number) => sum + (groups[number]?.weight ?? 0), 0)
    if (weight > best.weight) best = { start, weight }
  })
  return best.start
}

function piecesOf(
  text: string,
  tokens: readonly AnalysedToken[],
  matches: readonly (Match | null)[],
  from: number,
  to: number,
): Passage['pieces'] {
  const pieces: Passage['pieces'] = []
  const first = tokens[from]
  const last = tokens[to - 1]
  if (!first || !last)
    return text.trim() ? [{ text: text.trim().slice(0, 300), isMatch: false }] : []
  let at = from === 0 ? 0 : first.start
  if (from > 0) pieces.push({ text: '… ', isMatch: false })
  for (let index = from; index < to; index += 1) {
    const token = tokens[index]
    if (!token || !matches[index]) continue
    pieces.push({ text: text.slice(at, token.start), isMatch: false })
    pieces.push({ text: text.slice(token.start, token.end), isMatch: true })
    at = token.end
  }
  const end = to === tokens.length ? text.length : (tokens[to]?.start ?? text.length)
  pieces.push({ text: text.slice(at, end).trimEnd(), isMatch: false })
  if (to < tokens.length) pieces.push({ text: ' …', isMatch: false })
  return pieces.filter((piece) => piece.text.length > 0)
}

function occurrencesOf(
  tokens: readonly AnalysedToken[],
  matches: readonly (Match | null)[],
  groups: readonly Group[],
): Occurrence[] {
  const best = new Map<number, Occurrence>()
  matches.forEach((match, index) => {
    const group = match && groups[match.group]
    const token = tokens[index]
    if (!match || !group || !token) return
    const known = best.get(match.group)
    if (!known || known.alternative.weight < match.alternative.weight)
      best.set(match.group, { group, alternative: match.alternative, written: token.word })
  })
  return [...best].sort(([a], [b]) => a - b).map(([, occurrence]) => occurrence)
}

/** A passage as HTML in which `<mark>` is the only element. */
export function toHtml({ pieces }: Pick<Passage, 'pieces'>): string {
  return pieces
    .map(({ text, isMatch }) => (isMatch ? `<mark>${escapeHtml(text)}</mark>` : escapeHtml(text)))
    .join('')
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
