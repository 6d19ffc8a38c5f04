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
  if (word.length < shortestWord || word.length > longestWord || lexicon.whole.has(stem(word)))
    return []
  const best = new Map<string, Split | null>()
  const parts = bestSplit(word, 0, mostParts, lexicon, best)?.parts ?? []
  return parts.length > 1 ? parts : []
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
      const part = lexicon.inner.get(word.slice(from, to))
      // „Sprache“ loses its e in „Sprachbarriere“, „Schule“ in „Schulhof“.
      const clipped = part ?? clippedPart(word.slice(from, to), lexicon)
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
  const found = lexicon.last.get(stem(text)) ?? lexicon.last.get(text)
  return found
    ? { score: found.logProbability - partCost, parts: [{ word: found.word, start }] }
    : null
}

const shortestLooseWord = 9
const shortestLoosePart = 5
const shortestRest = 4

/**
 * The longest word of the lexicon at the beginning and at the end of a word that does not come out even:
 * „Dienstplanheld“ begins with „dienst“, whatever „planheld“ may be. A guess, good enough to be found
 * by, not to be searched for.
 *
 * @returns up to two parts that do not overlap, folded
 */
export function looseParts(word: string, lexicon: Lexicon): string[] {
  if (word.length < shortestLooseWord || word.length > longestWord || lexicon.whole.has(stem(word)))
    return []
  const parts: string[] = []
  let left = 0
  for (let to = word.length - shortestRest; to >= shortestLoosePart && left === 0; to -= 1) {
    const head = word.slice(0, to)
    const split = splitCompound(head, lexicon).map((part) => part.word)
    const known = lexicon.inner.get(head)
    if (known) parts.push(known.word)
    else parts.push(...split)
    if (parts.length > 0) left = to
  }
  for (
    let from = Math.max(left, shortestRest);
    from <= word.length - shortestLoosePart;
    from += 1
  ) {
    const found = lexicon.last.get(stem(word.slice(from)))
    if (found) return [...parts, found.word]
  }
  return parts
}
