import { type AnalysedToken, analyseText, type WordAnalysis } from './analyse.ts'

/**
 * How much it matters where a term stands: in a title as a word, as a part of one, in a text as a part,
 * as a word. The letters are those of `tsvector`.
 */
export type Weight = 'A' | 'B' | 'C' | 'D'

/** Before the root of a word, where that is another than its stem. */
export const rootPrefix = 'r:'

/** What a text is found by, as PostgreSQL's `tsvector` in its text form. */
export interface Lexemes {
  /** Of the title alone. */
  title: string
  /** Of title and text. */
  all: string
}

/** Bounds of `tsvector`. */
const lastPosition = 16_383
const mostPositions = 255
const longestLexeme = 500

/**
 * Analyses a text for the index.
 *
 * @param labels terms of its own that the text is filed under, taken as they are
 */
export function lexemesOf(title: string, text: string, labels: readonly string[] = []): Lexemes {
  const ofTitle = new LexemeList()
  ofTitle.addText(analyseText(title), 'A', 'B')
  const all = new LexemeList()
  all.addText(analyseText(title), 'A', 'B')
  all.addText(analyseText(text), 'D', 'C')
  for (const label of labels) all.add(label, 'D')
  return { title: ofTitle.toString(), all: all.toString() }
}

class LexemeList {
  readonly #positions = new Map<string, string[]>()
  #position = 0

  addText(tokens: AnalysedToken[], whole: Weight, part: Weight): void {
    for (const { isStopWord, whole: word, pieceAnalyses } of tokens) {
      this.#position += 1
      if (isStopWord) continue
      this.#addWord(word, whole, part)
      for (const piece of pieceAnalyses) this.#addWord(piece, whole, part)
    }
  }

  #addWord(word: WordAnalysis, whole: Weight, part: Weight): void {
    this.add(word.stem, whole)
    if (word.root !== word.stem) this.add(rootPrefix + word.root, part)
    for (const span of word.spans) this.add(span, part)
    for (const { stem, root } of [...word.parts, ...word.loose]) {
      this.add(stem, part)
      if (root !== stem) this.add(rootPrefix + root, part)
    }
  }

  add(lexeme: string, weight: Weight): void {
    if (lexeme.length === 0 || lexeme.length > longestLexeme) return
    const positions = this.#positions.get(lexeme) ?? []
    if (positions.length < mostPositions)
      positions.push(`${Math.min(Math.max(this.#position, 1), lastPosition)}${weight}`)
    this.#positions.set(lexeme, positions)
  }

  toString(): string {
    return [...this.#positions]
      .map(([lexeme, positions]) => `${quoteLexeme(lexeme)}:${positions.join(',')}`)
      .join(' ')
  }
}

/** A lexeme as `tsvector` and `tsquery` read it in their text form. */
export function quoteLexeme(lexeme: string): string {
  return `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}
