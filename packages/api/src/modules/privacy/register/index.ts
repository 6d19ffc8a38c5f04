import type { PersonalTable } from '#modules/privacy/register/datum.ts'
import { entryTables } from '#modules/privacy/register/entry.ts'
import { identityTables } from '#modules/privacy/register/identity.ts'
import { mediationTables } from '#modules/privacy/register/mediation.ts'
import { moderationTables } from '#modules/privacy/register/moderation.ts'
import { organisationTables } from '#modules/privacy/register/organisation.ts'
import { passkeyTables } from '#modules/privacy/register/passkey.ts'
import { searchTables } from '#modules/privacy/register/search.ts'
import { teamTables } from '#modules/privacy/register/team.ts'

/**
 * Every table that says something about a person: why, for how long and to whom. `checkRegister`
 * compares it with the entities; a new column about a person that is not explained here keeps the
 * product from starting.
 */
export const personalTables: Record<string, PersonalTable> = {
  ...identityTables,
  ...entryTables,
  ...mediationTables,
  ...moderationTables,
  ...teamTables,
  ...organisationTables,
  ...passkeyTables,
  ...searchTables,
}

/** Tables that hold nothing about persons, and why not. */
export const impersonalTables: Record<string, string> = {
  AttemptBudget: 'keyed hashes of what somebody tried to guess, deleted once the limit is over',
  ApiToken: 'a token acts for an organisation, never for a person',
  Device: 'a browser: whose it is stands in DeviceBinding',
  MediationMessage: 'letters between organisations, without an author',
  Mandate: 'an organisation lets an association act for it',
  MembershipRequest: 'organisations that want to belong to associations',
  MissedSearch:
    'words that were searched for, counted by week: no person, session, address or finer time',
  OrganisationUnit: 'places and services, without people',
  Membership: 'organisations in associations',
  NoticeObjection: 'by an organisation, or by the holder of a link',
  Organisation: 'legal entities',
  ProblemVersion: 'wordings of entries of organisations, without an author',
  SearchInvitation: 'what an association invites the network to publish about, without an author',
  SameHere: 'said by an organisation',
  SearchEntry: 'terms of what organisations publish, and who may find it',
  SearchStatistics: 'how many entries there are',
  SearchTerm: 'words and how many entries have them',
  SpentChallenge: 'hashes of random texts that were answered once, for an hour at most',
  SingleSignOn: 'providers of organisations, set up by the operator',
  SynonymGroup: 'words that an association made mean the same, without an author',
  SolutionVersion: 'wordings of entries of organisations, without an author',
}
