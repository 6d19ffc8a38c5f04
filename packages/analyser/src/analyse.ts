import { fold, joinUmlauts } from './fold.ts'
import { isListed, loadLexicon } from './lexicon.ts'
import { looseParts, splitCompound } from './split.ts'
import { root, stem } from './stem.ts'
import { stopWords } from './stop-words.ts'
import { type Token, tokenise } from './tokens.ts'

/**
 * Grows with every change that makes other terms of a text: texts analysed by another version are
 * analysed anew.
 */
export const analyserVersion = 1

/** What search knows a word by. */
export interface Term {
  stem: string
  root: string
}

/** A word, analysed. */
export interface WordAnalysis extends Term {
  /** Whether it is a word of the lexicon: no typing error, however rare it is here. */
  isListed: boolean
  /** Parts of a compound; empty where it is none. */
  parts: Term[]
  /** Words that it begins or ends with, where it is no compound of known parts. */
  loose: Term[]
  /** What is left of the word beside those, as a stem; empty where nothing is. */
  rest: string
  /** Neighbouring parts of a compound of three or more, as one word: „Dienstleitung“. */
  spans: string[]
}

/** A word of a text, analysed. */
export interface AnalysedToken extends Token {
  /** Whether it is one of the words that say nothing by themselves. */
  isStopWord: boolean
  /** The word as one, hyphens left out. */
  whole: WordAnalysis
  /** Its pieces between hyphens and capitals, where there are several. */
  pieceAnalyses: WordAnalysis[]
}

const lexicon = loadLexicon()

/** Words come back all the time; what is analysed once is kept, up to so many. */
const cacheSize = 200_000
/** What goes on for longer is cut, in texts and queries alike: PostgreSQL refuses terms beyond 2,046 bytes. */
const longestWord = 200
const cache = new Map<string, WordAnalysis>()

/** Analyses one word, without hyphens. */
export function analyseWord(word: string): WordAnalysis {
  const folded = fold(word).slice(0, longestWord)
  const cached = cache.get(folded)
  if (cached) return cached
  const joined = joinUmlauts(folded)
  const split = splitCompound(folded, lexicon)
  const parts = (
    split.length > 0 || joined === folded ? split : splitCompound(joined, lexicon)
  ).map((part) => joinUmlauts(part.word))
  const { known, rest } = parts.length > 0 ? { known: [], rest: '' } : looseParts(joined, lexicon)
  const analysis: WordAnalysis = {
    ...toTerm(joined),
    isListed: isListed(folded, lexicon),
    parts: parts.map(toTerm),
    loose: known.map((part) => toTerm(joinUmlauts(part))),
    rest: stem(rest),
    spans: spansOf(parts),
  }
  if (cache.size >= cacheSize) cache.clear()
  cache.set(folded, analysis)
  return analysis
}

function toTerm(word: string): Term {
  const stemmed = stem(word)
  return { stem: stemmed, root: root(stemmed) }
}

/** Runs of two and more neighbouring parts, but not all of them. */
function spansOf(parts: string[]): string[] {
  const spans: string[] = []
  for (let from = 0; from < parts.length - 1; from += 1)
    for (let to = from + 2; to <= parts.length; to += 1)
      if (to - from < parts.length) spans.push(stem(parts.slice(from, to).join('')))
  return spans
}

/** Takes a text apart and analyses each of its words. */
export function analyseText(text: string): AnalysedToken[] {
  return tokenise(text).map((token) => {
    const isSplit = token.pieces.length > 1
    const whole = analyseWord(token.pieces.join(''))
    return {
      ...token,
      isStopWord: !isSplit && isStopWord(token.word),
      whole,
      pieceAnalyses: isSplit
        ? token.pieces.filter((piece) => !isStopWord(piece)).map(analyseWord)
        : [],
    }
  })
}

/** Acronyms are spelt like little words: „IT“ and „DA“ are none. */
function isStopWord(word: string): boolean {
  return stopWords.has(joinUmlauts(fold(word))) && !/^\p{Lu}{2,}$/u.test(word)
}

/** Where the parts of a compound begin, but for the first: offsets in the folded word. */
export function splitPoints(word: string): number[] {
  return splitCompound(fold(word), lexicon)
    .slice(1)
    .map(({ start }) => start)
}
