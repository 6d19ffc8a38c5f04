import { diffWordsWithSpace } from 'diff'

/** A piece of text and what became of it. */
export interface Piece {
  kind: 'same' | 'added' | 'removed'
  text: string
}

/** What changed between two versions of a text, word by word. */
export function difference(before: string, after: string): Piece[] {
  return diffWordsWithSpace(before, after).map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }))
}
