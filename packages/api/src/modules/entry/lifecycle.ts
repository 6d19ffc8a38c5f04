import type { AiShare, EntryState, Visibility } from '#modules/entry/entry.entity.ts'
import type { Viewer } from '#modules/identity/viewer.ts'

/** AI text from a system has been read by nobody yet: a person has to release it. */
export function needsHumanReview(viewer: Viewer, aiShare: AiShare): boolean {
  return viewer.caller === 'SERVICE_ACCOUNT' && aiShare !== 'NONE'
}

/**
 * Whether a change would put AI text that nobody has read under a published entry. What waits for
 * review anyway may be changed; what is locked comes back without another look.
 */
export function isUnreviewedAiText(
  viewer: Viewer,
  entry: { state: EntryState; aiShare: AiShare },
  aiShare: AiShare | null | undefined,
  isReworded: boolean,
): boolean {
  const changesText = isReworded || (aiShare != null && aiShare !== entry.aiShare)
  return (
    entry.state !== 'IN_REVIEW' && changesText && needsHumanReview(viewer, aiShare ?? entry.aiShare)
  )
}

/** Who may see the wording that an entry has now: what waits for review is the owner's alone. */
export function versionVisibility(entry: {
  state: EntryState
  visibility: Visibility
}): Visibility {
  return entry.state === 'IN_REVIEW' ? 'OWN_ORGANISATION' : entry.visibility
}

/** What `EntryState` of the contract an entry shows. */
export function shownState(entry: {
  state: EntryState
  needsUpdate: boolean
}): EntryState | 'NEEDS_UPDATE' {
  return entry.state === 'PUBLISHED' && entry.needsUpdate ? 'NEEDS_UPDATE' : entry.state
}
