import { defineConfig } from '@mikro-orm/postgresql'
import { Migrator } from '@mikro-orm/migrations'
import { migrations } from '#database/migrations/index.ts'
import { IdempotencyRecord } from '#lib/idempotency/idempotency-record.entity.ts'
import { timeZone } from '#lib/today.ts'
import { AccessCard } from '#modules/identity/access-card.entity.ts'
import { Account } from '#modules/identity/account.entity.ts'
import { ApiToken } from '#modules/identity/api-token.entity.ts'
import { AttemptBudget } from '#modules/identity/attempt-budget.entity.ts'
import { AuditEntry } from '#modules/identity/audit-entry.entity.ts'
import { AuthSession } from '#modules/identity/auth-session.entity.ts'
import { Device, DeviceBinding } from '#modules/identity/device.entity.ts'
import { Passkey } from '#modules/identity/passkey.entity.ts'
import { RoleAssignment } from '#modules/identity/role-assignment.entity.ts'
import { FederatedIdentity, SingleSignOn } from '#modules/identity/single-sign-on.entity.ts'
import { MediationMessage } from '#modules/mediation/mediation-message.entity.ts'
import { Mediator } from '#modules/mediation/mediator.entity.ts'
import { Notice, NoticeDecisionEntity, NoticeObjection } from '#modules/moderation/notice.entity.ts'
import { SpentChallenge } from '#modules/identity/spent-challenge.entity.ts'
import { Membership } from '#modules/organisation/membership.entity.ts'
import { Mandate } from '#modules/organisation/mandate.entity.ts'
import { MembershipRequest } from '#modules/organisation/membership-request.entity.ts'
import { OrganisationClaim } from '#modules/organisation/organisation-claim.entity.ts'
import { OrganisationUnit } from '#modules/organisation/organisation-unit.entity.ts'
import { Organisation } from '#modules/organisation/organisation.entity.ts'
import { Answer } from '#modules/problem/answer.entity.ts'
import { Problem, ProblemVersion } from '#modules/problem/problem.entity.ts'
import { Pseudonym } from '#modules/problem/pseudonym.entity.ts'
import { SameHere } from '#modules/problem/same-here.entity.ts'
import { SearchEntry, SearchStatistics, SearchTerm } from '#modules/search/search-entry.entity.ts'
import { SearchIndexer } from '#modules/search/indexer.ts'
import { SavedSearch } from '#modules/search/saved-search.entity.ts'
import { Solution, SolutionVersion } from '#modules/solution/solution.entity.ts'
import { HandOver } from '#modules/team/hand-over.entity.ts'
import { MissedSearch } from '#modules/thesaurus/missed-search.entity.ts'
import { SearchInvitation } from '#modules/thesaurus/search-invitation.entity.ts'
import { SynonymGroup } from '#modules/thesaurus/synonym-group.entity.ts'

/** All entities; their tables, policies and indices are what migrations are reviewed against. */
const entities = [
  AccessCard,
  Account,
  Answer,
  ApiToken,
  AttemptBudget,
  AuditEntry,
  AuthSession,
  Device,
  DeviceBinding,
  FederatedIdentity,
  HandOver,
  IdempotencyRecord,
  MediationMessage,
  Mediator,
  Mandate,
  Membership,
  MissedSearch,
  Notice,
  NoticeDecisionEntity,
  NoticeObjection,
  MembershipRequest,
  Organisation,
  OrganisationClaim,
  OrganisationUnit,
  Passkey,
  Problem,
  ProblemVersion,
  Pseudonym,
  RoleAssignment,
  SameHere,
  SearchEntry,
  SearchStatistics,
  SearchTerm,
  SavedSearch,
  SearchInvitation,
  SingleSignOn,
  Solution,
  SolutionVersion,
  SpentChallenge,
  SynonymGroup,
]

/** Settings of every connection: `current_date` is the day of the people who use the product. */
export const sessionOptions = `-c timezone=${timeZone}`

/**
 * Configuration for a connection.
 *
 * @param clientUrl whose login decides what the connection may do: the owner migrates, the app serves
 */
export function databaseConfig(clientUrl: string) {
  return defineConfig({
    clientUrl,
    entities,
    extensions: [Migrator],
    subscribers: [new SearchIndexer()],
    forceUtcTimezone: true,
    pool: { min: 0, max: 10 },
    // Pipelining lets a read send its viewer's context and its queries in one flush.
    driverOptions: {
      pipeline: true,
      application_name: 'netzwerkdiakonie',
      options: sessionOptions,
    },
    migrations: { migrationsList: migrations, snapshot: false, silent: true },
  })
}
