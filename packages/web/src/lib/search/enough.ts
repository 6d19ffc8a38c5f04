/** From so many letters, or so many words, on a text says enough to look for others like it. */
const [letters, words] = [10, 3]

/** Whether a text says enough to look for others like it. */
export function isEnough(text: string): boolean {
  const found = text.match(/[\p{L}\p{N}]+/gu) ?? []
  return found.length >= words || found.join('').length >= letters
}
