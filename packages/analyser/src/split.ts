import { joinUmlauts } from './fold.ts'
import type { Lexicon } from './lexicon.ts'
import { stem } from './stem.ts'

/** What joins the parts of a compound; „n“ and „e“ also stand for plural forms, „er“ for umlauts, too. */
const links = ['', 's', 'es', 'n', 'en', 'er', 'e', 'ns', 'ens', 'nen']

/** What linking costs, as a logarithm: the rarer, the more. */
const linkCost: Record<string, number> = {
  '': 0,
  s: 0.3,
  n: 0.4,
  en: 0.5,
  er: 1,
  e: 1,
  es: 1.5,
  ns: 1,
  ens: 1.5,
  nen: 1.5,
}

const shortestPart = 3
const shortestWord = 7
/** No German compound of use is longer; what is, is no word, and would take time without end. */
const longestWord = 64
const longestPart = 24
const mostParts = 4

/** Each part makes a split less probable: parts are words, and words are rare. */
const partCost = 1.5

/** A part of a compound. */
export interface Part {
  /** As the lexicon has it, folded. */
  word: string
  /** Where it begins in the compound. */
  start: number
}

interface Split {
  score: number
  parts: Part[]
}

/**
 * Takes a compound apart into words of the lexicon: „Sprachdokumentation“ into `sprach` and
 * `dokumentation`. Of all ways to do so the most probable one, by the probabilities of its parts
 * (unigram Viterbi). Splits nothing that is in the lexicon itself, and nothing that does not come out
 * even.
 *
 * @param word folded, umlauts possibly as pairs
 * @returns two to four parts as the lexicon has them, folded; empty for a word that is none
 */
export function splitCompound(word: string, lexicon: Lexicon): Part[] {
  if (word.length < shortestWord || word.length > longestWord || isWhole(word, lexicon)) return []
  const best = new Map<string, Split | null>()
  const parts = bestSplit(word, 0, mostParts, lexicon, best)?.parts ?? []
  return parts.length > 1 ? parts : []
}

function isWhole(word: string, { whole }: Lexicon): boolean {
  return whole.has(stem(word)) || whole.has(stem(joinUmlauts(word)))
}

/** The most probable way to read the rest of a word as parts. */
function bestSplit(
  word: string,
  from: number,
  left: number,
  lexicon: Lexicon,
  known: Map<string, Split | null>,
): Split | null {
  const key = `${from}:${left}`
  const remembered = known.get(key)
  if (remembered !== undefined) return remembered
  let best: Split | null = null
  const rest = word.slice(from)
  if (from > 0) best = lastPart(rest, from, lexicon)
  if (left > 1)
    for (
      let to = from + shortestPart;
      to <= Math.min(from + longestPart, word.length - shortestPart);
      to += 1
    ) {
      const text = word.slice(from, to)
      // „Fachkraeftemangel“: the plural has an umlaut that the word in the list has not.
      const part = lexicon.inner.get(text) ?? lexicon.inner.get(joinUmlauts(text))
      // „Sprache“ loses its e in „Sprachbarriere“, „Schule“ in „Schulhof“.
      const clipped = part ?? clippedPart(text, lexicon)
      if (!clipped) continue
      for (const link of links) {
        if (link && !word.startsWith(link, to)) continue
        const next = bestSplit(word, to + link.length, left - 1, lexicon, known)
        if (!next) continue
        const score =
          clipped.logProbability - (linkCost[link] ?? 0) - partCost + next.score - (part ? 0 : 1)
        if (!best || score > best.score)
          best = { score, parts: [{ word: clipped.word, start: from }, ...next.parts] }
      }
    }
  known.set(key, best)
  return best
}

function clippedPart(text: string, lexicon: Lexicon) {
  return text.length >= 4 ? lexicon.inner.get(`${text}e`) : undefined
}

function lastPart(text: string, start: number, lexicon: Lexicon): Split | null {
  if (text.length < shortestPart) return null
  // An umlaut of inflection stands in no list: „Läufer“ and „Laeufer“ are both found by `lauf`.
  const found =
    lexicon.last.get(stem(text)) ??
    lexicon.last.get(text) ??
    lexicon.last.get(stem(joinUmlauts(text)))
  return found
    ? { score: found.logProbability - partCost, parts: [{ word: found.word, start }] }
    : null
}

const shortestLooseWord = 9
const shortestLoosePart = 5
const shortestRest = 4

/** What is known of a word that does not come out even. */
export interface LooseParts {
  /** Words of the lexicon that it begins or ends with, folded. */
  known: string[]
  /** What is left between or beside them; empty where nothing is known. */
  rest: string
}

/**
 * The longest words of the lexicon at the beginning and at the end of a word that does not come out
 * even: „Arbeitszeiterfasung“ begins with „arbeit“ and „zeit“, whatever „erfasung“ may be. A guess,
 * good enough to be found by.
 */
export function looseParts(word: string, lexicon: Lexicon): LooseParts {
  // „Nummer1150“ is a name, not something about numbers.
  const isName = /\d/.test(word) || isWhole(word, lexicon)
  if (word.length < shortestLooseWord || word.length > longestWord || isName)
    return { known: [], rest: '' }
  const head = looseHead(word, lexicon)
  const rest = word.slice(head.end)
  const tail = looseTail(rest, head.end > 0 ? 0 : shortestRest, lexicon)
  if (head.end === 0 && !tail) return { known: [], rest: '' }
  return {
    known: [...head.parts, ...(tail ? [tail.word] : [])],
    rest: tail ? rest.slice(0, tail.start) : withoutLink(rest, lexicon),
  }
}

function looseHead(word: string, lexicon: Lexicon): { parts: string[]; end: number } {
  for (let end = word.length - shortestRest; end >= shortestLoosePart; end -= 1) {
    const head = word.slice(0, end)
    const known = lexicon.inner.get(head)
    if (known) return { parts: [known.word], end }
    const split = splitCompound(head, lexicon)
    if (split.length > 0) return { parts: split.map((part) => part.word), end }
  }
  return { parts: [], end: 0 }
}

function looseTail(
  rest: string,
  from: number,
  lexicon: Lexicon,
): { word: string; start: number } | null {
  for (let start = from; start <= rest.length - shortestLoosePart; start += 1) {
    const found = lexicon.last.get(stem(rest.slice(start)))
    if (found) return { word: found.word, start }
  }
  return null
}

/** A linking s belongs to the part before it, unless a word of the lexicon begins with it. */
function withoutLink(rest: string, lexicon: Lexicon): string {
  const isLinked = /^s[^ptckhaeiou]/.test(rest) && !lexicon.inner.has(rest)
  return isLinked ? rest.slice(1) : rest
}
