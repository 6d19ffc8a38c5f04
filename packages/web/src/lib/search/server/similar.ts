import type { RequestEvent } from '@sveltejs/kit'
import {
  type CrisisHelpPartsFragment,
  SimilarDocument,
  type SimilarQuery,
} from '#lib/__generated__/graphql.ts'
import {
  idsIn,
  isSameText,
  type SimilarItem,
  type SimilarState,
  type Writing,
} from '#lib/search/similar.ts'
import { api } from '#lib/server/api.ts'
import { text } from '#lib/server/form.ts'

/** More than three nobody compares. */
const maxItems = 3

/** What is being written. */
interface Draft {
  writing: Writing
  title: string
  /** A problem has none. */
  summary?: string
  body: string
}

type Found = SimilarQuery['similar'][number]
type Entry = Exclude<Found['entry'], { __typename: 'Organisation' }>
/** Organisations are similar to no text. */
type Comparable = Found & { entry: Entry }

/** What a form remembers about similar entries. */
export function readSimilar(form: FormData): SimilarState {
  return {
    dismissed: idsIn(`${text(form, 'similarDismissed')} ${text(form, 'different')}`),
    shown: idsIn(text(form, 'similarShown')),
    isCompared: text(form, 'similarCompared') !== '',
    compare: null,
  }
}

/** Entries similar to what is being written, the best first, and where help is in a crisis. */
export async function findSimilar(
  event: RequestEvent,
  draft: Draft,
  dismissed: readonly string[],
): Promise<{ entries: SimilarItem[]; help: CrisisHelpPartsFragment | null } | null> {
  const data = await ask(event, draft, false)
  if (!data) return null
  const entries = await itemsOf(event, bestOf(draft, data.similar, dismissed))
  return { entries, help: data.crisisHelp }
}

/**
 * What somebody should have seen before this is posted: entries that are probably the same and were
 * neither on the screen nor said to be different. Null where there is nothing to stop for, also
 * where the API does not answer: comparing must never keep anybody from posting.
 */
export async function compareFirst(
  event: RequestEvent,
  draft: Draft,
  state: SimilarState,
): Promise<SimilarState | null> {
  // Whoever goes on has decided; what others post meanwhile is no reason to ask again.
  if (state.isCompared) return null
  const data = await ask(event, draft, true)
  if (!data) return null
  // Of these alone: whoever has seen them and goes on must not be stopped for what did not fit in.
  const best = bestOf(draft, data.similar, state.dismissed)
  const stops = best.some(
    ({ strength, title, entry }) =>
      strength === 'DUPLICATE' &&
      !state.shown.includes(entry.id) &&
      !isVeryText(draft, title, entry),
  )
  if (!stops) return null
  return stateWith(await itemsOf(event, best), data.crisisHelp, state)
}

/** The same comparison once more, after somebody said of one of the entries that it is different. */
export async function compareAgain(
  event: RequestEvent,
  draft: Draft,
  state: SimilarState,
): Promise<SimilarState> {
  const found = await findSimilar(event, draft, state.dismissed)
  return stateWith(found?.entries ?? [], found?.help ?? null, state)
}

function stateWith(
  entries: SimilarItem[],
  help: CrisisHelpPartsFragment | null,
  { dismissed, shown }: Pick<SimilarState, 'dismissed' | 'shown'>,
): SimilarState {
  const seen = [...new Set([...shown, ...entries.map(({ id }) => id)])]
  return { dismissed, shown: seen, isCompared: true, compare: { entries, help } }
}

async function ask(event: RequestEvent, draft: Draft, isPosting: boolean) {
  const body = [draft.summary, draft.body].filter(Boolean).join('\n\n')
  const { data } = await api(event).attempt(SimilarDocument, {
    // Whoever begins with the text has no title yet.
    title: draft.title || body.slice(0, 200),
    body,
    text: `${draft.title}\n${body}`,
    isPosting,
  })
  return data
}

/** The most similar entries that somebody may have meant and did not say to be different. */
function bestOf(
  { writing }: Draft,
  similar: readonly Found[],
  dismissed: readonly string[],
): Comparable[] {
  return similar
    .filter((found): found is Comparable => {
      const { __typename: type } = found.entry
      // A solution is not there already because somebody has the problem that it solves.
      return type === 'Solution' || (type === 'Problem' && writing === 'PROBLEM')
    })
    .filter(({ entry }) => !dismissed.includes(entry.id))
    .slice(0, maxItems)
}

/**
 * Whether an entry is the very text that is being posted, by the same people: a form that arrives
 * twice (a lost answer, a way back in the browser) meets what it posted the first time. Its key
 * leads to that entry; asking whether it is a duplicate of itself would only confuse.
 */
function isVeryText(draft: Draft, title: string, entry: Entry): boolean {
  return (
    entry.viewerCanUpdate &&
    isSameText(draft.title, title) &&
    isSameText(draft.body, entry.body ?? '') &&
    (entry.__typename === 'Problem' || isSameText(draft.summary ?? '', entry.summary ?? ''))
  )
}

async function itemsOf(event: RequestEvent, best: readonly Comparable[]): Promise<SimilarItem[]> {
  const isVisitor = (await event.locals.viewer()).kind === 'VISITOR'
  return best.map(({ entry, kind, title, strength, highlight, reason }) => ({
    id: entry.id,
    path: `${entry.__typename === 'Problem' ? '/probleme' : '/loesungen'}/${entry.id}`,
    kind,
    title,
    owner: entry.organisation.name,
    strength,
    highlight,
    reason,
    canSaySameHere: entry.__typename === 'Problem' && (isVisitor || entry.viewerCanSaySameHere),
  }))
}
