import type { EntryState } from '#modules/entry/entry.entity.ts'
import {
  canContribute,
  isManaging,
  organisationBehind,
  roleIn,
  type Viewer,
} from '#modules/identity/viewer.ts'

/** What decides who may do what to an entry. */
export interface OwnedEntry {
  organisationId: string
  authorId?: string | null | undefined
  state: EntryState
}

/** Whether the viewer may contribute and acts for the organisation that owns the row. */
export function actsForOwner(viewer: Viewer, row: { organisationId: string }): boolean {
  return (
    canContribute(viewer) &&
    viewer.organisationId === organisationBehind(viewer, row.organisationId)
  )
}

/** Whether the viewer keeps the entries of an organisation in order and may release them. */
export function isEditor(viewer: Viewer, organisationId: string): boolean {
  return isManaging(roleIn(viewer, organisationBehind(viewer, organisationId)))
}

/** Members of the owner may change what is not withdrawn: others may complete what one began. */
export function canUpdateEntry(viewer: Viewer, entry: OwnedEntry): boolean {
  return actsForOwner(viewer, entry) && entry.state !== 'WITHDRAWN'
}

/** Whether the viewer wrote an entry. Of one without a name only the pseudonym knows who did. */
export function isAuthor(
  viewer: Viewer,
  entry: Pick<OwnedEntry, 'organisationId' | 'authorId'>,
): boolean {
  return (
    (viewer.actorId !== null && viewer.actorId === entry.authorId) ||
    viewer.pseudonyms.some(({ id, isAuthor }) => id === entry.organisationId && isAuthor)
  )
}

/** The author, the editors and the organisation's own system may withdraw an entry. */
export function canWithdrawEntry(viewer: Viewer, entry: OwnedEntry): boolean {
  if (!actsForOwner(viewer, entry) || entry.state === 'WITHDRAWN') return false
  return (
    viewer.caller === 'SERVICE_ACCOUNT' ||
    isAuthor(viewer, entry) ||
    isEditor(viewer, entry.organisationId)
  )
}

/** An editor other than the author releases what waits for review; a token never does. */
export function canReleaseEntry(viewer: Viewer, entry: OwnedEntry): boolean {
  return (
    entry.state === 'IN_REVIEW' &&
    actsForOwner(viewer, entry) &&
    isEditor(viewer, entry.organisationId) &&
    !isAuthor(viewer, entry)
  )
}
