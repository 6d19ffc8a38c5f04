/** Words as people list them: one a line, or parted by commas; each once, however it is written. */
export function wordsIn(text: string): string[] {
  const words = new Map<string, string>()
  for (const piece of text.split(/[\n,;]+/)) {
    const word = piece.replace(/\s+/g, ' ').trim()
    const key = word.toLocaleLowerCase('de')
    if (word && !words.has(key)) words.set(key, word)
  }
  return [...words.values()]
}
