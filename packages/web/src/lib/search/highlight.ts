/** A stretch of a found passage; `hit` where it was searched for. */
interface Passage {
  text: string
  hit: boolean
}

const entities: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#x27;': "'",
  '&#34;': '"',
}

/**
 * Takes apart the passage of a hit: escaped text with `<mark>` and no other element. The pieces
 * are plain text, so that the page escapes them itself and nothing from outside becomes HTML.
 */
export function splitHighlight(highlight: string): Passage[] {
  const passages: Passage[] = []
  let hit = false
  for (const piece of highlight.split(/(<\/?mark>)/)) {
    if (piece === '<mark>') hit = true
    else if (piece === '</mark>') hit = false
    else if (piece) passages.push({ text: unescapeText(piece), hit })
  }
  return passages
}

function unescapeText(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39|#x27|#34);/g, (entity) => entities[entity] ?? entity)
}
