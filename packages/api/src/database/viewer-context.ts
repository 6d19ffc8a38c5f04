/**
 * What PostgreSQL needs to know of a viewer, as settings of a transaction. All of them are set on
 * every flush, so that nothing of one viewer is left on a connection for the next.
 */
export interface ViewerContext {
  kind: 'visitor' | 'member'
  /** The account or token that acts; null for a visitor. */
  actorId: string | null
  /** Organisations in which the viewer has a role. */
  organisationIds: string[]
  /** Pseudonyms under which these ask without a name: their rows are own rows. */
  pseudonyms?: readonly { id: string }[]
  /** These, and the associations that they belong to today. */
  associationIds: string[]
  /** Organisations whose people and entries the viewer keeps in order. */
  managedOrganisationIds: string[]
}

/** The settings for a viewer, by the names that the functions `viewer_…()` read. */
export function viewerSettings(viewer: ViewerContext): Record<string, string> {
  const pseudonymIds = (viewer.pseudonyms ?? []).map(({ id }) => id)
  return {
    'viewer.kind': viewer.kind,
    'viewer.actor_id': viewer.actorId ?? '',
    'viewer.organisation_ids': `{${[...viewer.organisationIds, ...pseudonymIds].join(',')}}`,
    'viewer.association_ids': `{${viewer.associationIds.join(',')}}`,
    'viewer.managed_organisation_ids': `{${viewer.managedOrganisationIds.join(',')}}`,
  }
}
