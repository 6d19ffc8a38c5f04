import type { PolicyDef } from '@mikro-orm/core'
import { appRole, ownerRole } from '#database/roles.ts'

/**
 * Row policies are column tests against the viewer's context, which `viewer-context.ts` sets for
 * each transaction. The functions `viewer_…()` come with the first migration; each is wrapped in a
 * sub-select so that PostgreSQL evaluates it once for a statement instead of once for a row.
 */
/** The row belongs to an organisation of the viewer, or to a pseudonym of one. */
export const ownRow = `organisation_id = any((select viewer_organisation_ids())::uuid[])`

/** The row belongs to an organisation whose people the viewer keeps in order. */
export const managedRow = `organisation_id = any((select viewer_managed_organisation_ids())::uuid[])`

/** True for everybody who has a context at all: an empty context sees nothing. */
export const anyViewer = `(select viewer_kind()) is not null`

/** Migrations, imports and security-definer functions run as the owner, which forced row security covers, too. */
export const ownerPolicy: PolicyDef = {
  name: 'owner_all',
  roles: [ownerRole],
  using: 'true',
  check: 'true',
}

/**
 * Who sees a row with these columns by its visibility alone.
 * The sub-select over memberships names no column of the row, so PostgreSQL runs it at most once,
 * and only when a row with this visibility turns up; it reads the memberships of today. Pseudonyms
 * have no memberships that anybody could list: a function tells those in the viewer's associations.
 */
function withinVisibility(): string {
  return `case visibility
    when 'PUBLIC' then ${anyViewer}
    when 'ALL_MEMBERS' then (select viewer_kind()) = 'member'
    when 'SELECTED_ORGANISATIONS' then selected_organisation_ids && (select viewer_organisation_ids())::uuid[]
    when 'OWN_ASSOCIATION' then organisation_id = any((select viewer_association_ids())::uuid[])
      or organisation_id in (select current_membership.organisation_id from current_membership
        where association_id = any((select viewer_association_ids())::uuid[]))
      or organisation_id = any((select viewer_neighbouring_pseudonym_ids())::uuid[])
    else false
  end`
}

/**
 * Who sees an organisation: the directory is open. A pseudonym is there for whoever sees what it
 * asked, its own people, its mediator and those who decide about a notice included, and unknown to
 * all others.
 */
export const visibleOrganisation = `${anyViewer} and (not is_pseudonym
  or exists (select from pseudonym where pseudonym.id = organisation.id)
  or exists (select from problem where problem.organisation_id = organisation.id)
  or exists (select from notice where notice.organisation_id = organisation.id))`

/** Associations whose letters the viewer passes on now: named for it, and still keeping it in order. */
export const mediatedAssociations = `select mediator.association_id from mediator
  where mediator.account_id = (select viewer_actor_id())
    and mediator.association_id = any((select viewer_managed_organisation_ids())::uuid[])`

/** Associations, umbrellas among them, whose people and entries the viewer keeps in order. */
export const managedAssociations = `select organisation.id from organisation
  where organisation.id = any((select viewer_managed_organisation_ids())::uuid[])
    and organisation.kind in ('regional-association', 'specialist-association', 'umbrella')`

/** Who sees an entry. What is withdrawn stays as a tombstone; what waits for review is the owner's alone. */
const visibleEntry = `${ownRow} or (state <> 'IN_REVIEW' and ${withinVisibility()})`

/**
 * Who sees what follows an entry by columns copied from it, such as an answer or a row of the search:
 * whoever is in its circle while it is published.
 */
export const visiblePublished = `state = 'PUBLISHED' and (${ownRow} or ${withinVisibility()})`

/**
 * Takes away what is locked from everybody but those whose it is, whatever else lets them see it.
 *
 * @param isUnlocked SQL over the columns of the row
 * @param isOwn SQL over the columns of the row
 */
export function hideLocked(isUnlocked: string, isOwn: string): PolicyDef {
  return {
    name: 'hide_locked',
    type: 'restrictive',
    command: 'select',
    roles: [appRole],
    using: `${isUnlocked} or ${isOwn}`,
  }
}

/** Policies of a table of entries: seen by visibility, written by the owner organisation. */
export function entryPolicies(): PolicyDef[] {
  return [
    ownerPolicy,
    { name: 'read_visible', command: 'select', using: visibleEntry },
    hideLocked("state <> 'LOCKED'", ownRow),
    { name: 'insert_own', command: 'insert', check: ownRow },
    { name: 'update_own', command: 'update', using: ownRow, check: ownRow },
  ]
}

/**
 * Policies of the versions of an entry. A version shows only to those who see the entry now and
 * could see this wording then: raising the visibility of an entry does not publish its past.
 */
export function versionPolicies(entryTable: string): PolicyDef[] {
  const seesEntry = `exists (select from ${entryTable} entry where entry.id = entry_id)`
  return [
    ownerPolicy,
    {
      name: 'read_visible',
      command: 'select',
      using: `${ownRow} or (${withinVisibility()} and ${seesEntry})`,
    },
    { name: 'insert_own', command: 'insert', check: ownRow },
    { name: 'update_own', command: 'update', using: ownRow, check: ownRow },
    { name: 'delete_own', command: 'delete', using: ownRow },
  ]
}
