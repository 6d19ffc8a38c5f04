import { readFileSync } from 'node:fs'
import { fold, foldedSpellings, joinUmlauts } from './fold.ts'
import { stem } from './stem.ts'

/** A word of which compounds are made. */
export interface LexiconWord {
  /** As it is analysed: folded, without umlauts written as pairs. */
  word: string
  /** Natural logarithm of how probable it is as a part. */
  logProbability: number
}

/** Words of which German compounds are made, by where they can stand. All keys are folded. */
export interface Lexicon {
  /** What can stand at the beginning or in the middle. */
  inner: ReadonlyMap<string, LexiconWord>
  /** What can stand at the end, by stem: that is where words are inflected. */
  last: ReadonlyMap<string, LexiconWord>
  /** Words that are never taken apart, by stem. */
  whole: ReadonlySet<string>
}

/** A word nobody ranked is as probable as one at this rank. */
const unrankedPosition = 6_000

/**
 * Reads the word lists of `data/`. They were written for this product; no other dictionary is in them.
 *
 * @throws if a list is missing
 */
export function loadLexicon(): Lexicon {
  const ranks = new Map(readList('word-ranks').map((word, index) => [fold(word), index + 1]))
  const inner = new Map<string, LexiconWord>()
  const last = new Map<string, LexiconWord>()
  const add = (target: Map<string, LexiconWord>, key: string, word: string, penalty: number) => {
    const rank = ranks.get(word) ?? unrankedPosition
    // Zipf: the probability of a word falls with its rank; two letters more make an accident rarer.
    const logProbability = -Math.log(rank + 40) - penalty
    const present = target.get(key)
    if (!present || present.logProbability < logProbability)
      target.set(key, { word, logProbability })
  }
  const nouns = [...readList('sector-nouns'), ...readList('general-nouns')]
  for (const noun of nouns)
    for (const spelling of foldedSpellings(noun)) {
      add(inner, spelling, fold(noun), 0)
      add(last, stem(spelling), fold(noun), 0)
    }
  for (const verb of readList('verb-stems'))
    for (const spelling of foldedSpellings(verb)) add(inner, spelling, fold(verb), 1)
  for (const adjective of readList('adjectives'))
    for (const spelling of foldedSpellings(adjective)) {
      add(inner, spelling, fold(adjective), 0.5)
      if (adjective.length > 3) add(last, stem(spelling), fold(adjective), 2)
    }
  const whole = new Set(
    [...nouns, ...readList('unsplit')].flatMap((word) => foldedSpellings(word).map(stem)),
  )
  return { inner, last, whole }
}

/** Whether a word is in the lexicon as a whole, in any form. @param word folded */
export function isListed(word: string, { inner, whole }: Lexicon): boolean {
  return [word, joinUmlauts(word)].some((each) => inner.has(each) || whole.has(stem(each)))
}

function readList(name: string): string[] {
  const text = readFileSync(new URL(`../data/${name}.txt`, import.meta.url), 'utf8')
  return text.split('\n').filter(Boolean)
}
