import type { SearchKind } from '#api/__generated__/resolvers.ts'

/** A hit as it is read. */
export interface SearchHitRow {
  id: string
  kind: SearchKind
  title: string
  /** The passage, with matches between `matchStart` and `matchEnd`. */
  passage: string
  inTitle: boolean
  inText: boolean
  /** Codes of the topics through which it was found. */
  topics: string[]
}

/** Characters of the private use area: no text holds them, so they mark matches before escaping. */
export const matchStart = '\uE000'
export const matchEnd = '\uE001'
