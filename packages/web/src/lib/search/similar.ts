import type {
  CrisisHelpPartsFragment,
  SearchKind,
  SimilarStrength,
} from '#lib/__generated__/graphql.ts'

/** What somebody is writing while similar entries are looked for. */
export type Writing = 'PROBLEM' | 'SOLUTION'

/** An entry that is similar to what is being written. */
export interface SimilarItem {
  id: string
  /** Its German path. */
  path: string
  kind: SearchKind
  title: string
  owner: string
  strength: SimilarStrength
  /** Escaped and marked, as the API gives it. */
  highlight: string
  reason: string
  /** Whether „Wir auch“ is an answer to it: also for visitors, who then sign in. */
  canSaySameHere: boolean
}

/** What a form remembers about similar entries, and what it shows of them after it was sent. */
export interface SimilarState {
  /** Ids of entries of which somebody said that their own matter is another one. */
  dismissed: readonly string[]
  /** Ids of entries that were on the screen. */
  shown: readonly string[]
  /** Whether the form has stopped to show them: it does so once. */
  isCompared: boolean
  /** What to compare with before posting; null where the form is not there yet. */
  compare: { entries: readonly SimilarItem[]; help: CrisisHelpPartsFragment | null } | null
}

const maxIds = 60

/** Ids as a hidden field holds them: parted by spaces. Whatever is no id is left out. */
export function idsIn(value: string): string[] {
  const ids = value.split(/\s+/).filter((id) => /^[\w-]{1,100}$/.test(id))
  return [...new Set(ids)].slice(-maxIds)
}

/** Whether two texts say the same to the letter, however their lines are broken. */
export function isSameText(one: string, other: string): boolean {
  const plain = (text: string) => text.replace(/\s+/g, ' ').trim()
  return plain(one) === plain(other)
}
