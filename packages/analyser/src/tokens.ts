/** A word of a text, and where it stands. */
export interface Token {
  /** As it is written, without the mark of its gender form. */
  word: string
  /** Parts between hyphens and at capitals within; the word itself where there are none. */
  pieces: string[]
  /** Offsets in the text, in UTF-16 code units. */
  start: number
  end: number
}

// Words with hyphens, slashes and gender marks inside; „e. V.“ and „§ 8a“ are words of their own.
// Marks belong to the letter before them: other systems write „ü“ as two characters.
const tokenPattern =
  /(?<![\p{L}\p{N}])(?:(?:e\.\s?V\.?|e\.\s?G\.|z\.\s?B\.|d\.\s?h\.|u\.\s?a\.)(?![\p{L}\p{N}])|(?<=§\s?)\d+\s[a-h](?![\p{L}\p{N}]))|[\p{L}\p{N}][\p{L}\p{N}\p{M}\u00AD]*(?:['’]\p{L}+)*(?:\((?:inn)?en\)|\(in\)|[-‐‑*:_/·]{1,2}[\p{L}\p{N}][\p{L}\p{N}\p{M}\u00AD]*)*/giu

/** „Mitarbeiter:innen“, „Mitarbeiter*in“, „Mitarbeiter_innen“, „Mitarbeiter/-innen“, „Mitarbeiter(innen)“, „MitarbeiterInnen“, also within „Mitarbeiter:innenvertretung“. */
const genderMark =
  /(?<=\p{Ll}{3})(?:(?:[*:_·/]-?(?:innen|in)|Innen|\((?:innen|in|en)\))(?!\p{Ll})|[*:_·]innen(?=\p{Ll}{4})|(?<=er)Innen(?=\p{Ll}{4}))|(?<=\p{Lu}{3})[*:_·/]-?(?:INNEN|IN)(?!\p{L})/gu

/** „Leistungsberechtigte:r“, „ein*e“. */
const endingMark = /(?<=\p{L})[*:_·/]-?(?:r|e|n|en|er)(?![\p{L}])/gu

/** Takes a text apart into words. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = []
  for (const match of text.matchAll(tokenPattern)) {
    const [written] = match
    const start = match.index
    const word = written.replaceAll(genderMark, '').replaceAll(endingMark, '')
    // A slash joins two words that have nothing to do with each other otherwise.
    const sides = word.split(/[/:*_·]+/u).filter(Boolean)
    let offset = start
    for (const side of sides) {
      const at = sides.length > 1 ? text.indexOf(side, offset) : start
      const end = sides.length > 1 ? at + side.length : start + written.length
      tokens.push({ word: side, pieces: piecesOf(side), start: at, end })
      offset = end
    }
  }
  return tokens
}

/** „KI-Richtlinie“ and „KIRichtlinie“ are `KI` and `Richtlinie`; „e. V.“ is `eV`. */
function piecesOf(word: string): string[] {
  if (/[.\s]/.test(word)) return [word.replaceAll(/[.\s]/g, '')]
  const pieces = word
    .split(/[-‐‑'’]+/u)
    .flatMap((piece) =>
      piece
        .replaceAll(/(?<=\p{Lu}{2})(?=\p{Lu}\p{Ll}{2})|(?<=\p{Ll}{2})(?=\p{Lu}\p{Ll})/gu, '-')
        .split('-'),
    )
    .filter(Boolean)
  return pieces.length > 0 ? pieces : [word]
}
