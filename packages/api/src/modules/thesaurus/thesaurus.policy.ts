import type { Viewer } from '#modules/identity/viewer.ts'

/** What an association added is ended by those who manage it; a token or a mandate never does. */
export function canEnd(viewer: Viewer, { associationId }: { associationId: string }): boolean {
  return viewer.caller === 'PERSON' && viewer.managedOrganisationIds.includes(associationId)
}

/** Whether everybody who reads the list of missed searches could see an entry. */
export function isSeenByAllMembers(entry: { visibility: string; state: string }): boolean {
  return (
    entry.state === 'PUBLISHED' &&
    (entry.visibility === 'PUBLIC' || entry.visibility === 'ALL_MEMBERS')
  )
}
