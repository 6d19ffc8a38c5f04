/** A piece of a plain text with the few marks that people type anyway. */
type Block =
  | { kind: 'heading'; text: string }
  | { kind: 'list'; items: string[] }
  | { kind: 'paragraph'; text: string }

const headingMark = /^#{1,4} +/
const itemMark = /^[-*•] +/

/**
 * The pieces of a plain text: blank lines part paragraphs, „## “ begins a heading, „- “ an item.
 * Everything else stays as it was typed; no piece ever holds HTML.
 */
export function blocks(text: string): Block[] {
  const found: Block[] = []
  let open: Block | null = null
  for (const line of text.split('\n')) {
    const trimmed = line.trim()
    if (!trimmed) {
      open = null
    } else if (headingMark.test(trimmed)) {
      found.push({ kind: 'heading', text: trimmed.replace(headingMark, '') })
      open = null
    } else if (itemMark.test(trimmed)) {
      const item = trimmed.replace(itemMark, '')
      if (open?.kind === 'list') open.items.push(item)
      else found.push((open = { kind: 'list', items: [item] }))
    } else if (open?.kind === 'paragraph') {
      open.text += `\n${trimmed}`
    } else {
      found.push((open = { kind: 'paragraph', text: trimmed }))
    }
  }
  return found
}

/** The beginning of a text in one line, cut at a word. */
export function excerpt(text: string, length = 180): string {
  const line = text
    .replace(/^(#{1,4}|[-*•]) +/gm, '')
    .replace(/\s+/g, ' ')
    .trim()
  if (line.length <= length) return line
  const cut = line.slice(0, length + 1)
  const end = cut.lastIndexOf(' ')
  return `${cut.slice(0, end > length / 2 ? end : length).replace(/[\s,;:.–-]+$/, '')} …`
}
