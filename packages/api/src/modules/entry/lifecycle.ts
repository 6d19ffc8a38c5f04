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

/** Who may see an entry or a version of it. */
export interface Circle {
  visibility: Visibility
  /** Empty but for the visibility `SELECTED_ORGANISATIONS`. */
  selectedOrganisationIds: string[]
}

/** Who may see the wording that an entry has now: what waits for review is the owner's alone. */
export function versionCircle(entry: Circle & { state: EntryState }): Circle {
  const { state, visibility, selectedOrganisationIds } = entry
  return state === 'IN_REVIEW'
    ? { visibility: 'OWN_ORGANISATION', selectedOrganisationIds: [] }
    : { visibility, selectedOrganisationIds }
}

/** What `EntryState` of the contract an entry shows. */
export function shownState(entry: {
  state: EntryState
  needsUpdate: boolean
}): EntryState | 'NEEDS_UPDATE' {
  return entry.state === 'PUBLISHED' && entry.needsUpdate ? 'NEEDS_UPDATE' : entry.state
}
