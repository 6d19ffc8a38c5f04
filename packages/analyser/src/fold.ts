/**
 * Makes one spelling of many: small letters, no umlauts, no ß, no accents, no soft hyphens. „Übergröße“, „UBERGRÖSSE“
 * and „Ubergroße“ become `ubergrosse`.
 */
export function fold(word: string): string {
  return word
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replaceAll(/\p{M}|\u00AD/gu, '')
}

/**
 * Joins what people write who have no umlauts at hand: `ae`, `oe` and `ue` become the letter that `ä`,
 * `ö` and `ü` fold to. After `a`, `e`, `o` and `q` an `ue` is none („neue“, „Quelle“). A few other
 * words lose a letter („aktuell“), in texts and queries alike.
 *
 * @param folded a folded word
 */
export function joinUmlauts(folded: string): string {
  return folded.replaceAll(/ae|oe|(?<![aeoq])ue/g, (pair) => pair.charAt(0))
}

/**
 * The spellings under which a word of a lexicon may occur in folded text: with the plain letter, and
 * with the pair that stands in for the umlaut.
 */
export function foldedSpellings(word: string): string[] {
  const pairs = word
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[äöü]/g, (letter) => ({ ä: 'ae', ö: 'oe', ü: 'ue' })[letter] ?? letter)
  return [...new Set([fold(word), fold(pairs)])]
}
