import type { SqlEntityManager } from '@mikro-orm/postgresql'
import sql, { raw } from 'sql-template-tag'
import type { TeamFilter } from '#api/__generated__/resolvers.ts'
import { read, type ReadContext } from '#database/read.ts'
import type { Cursors } from '#lib/cursor.ts'
import { type Ordering, type Page, type PageArguments, readPage } from '#lib/page.ts'
import type { Role } from '#modules/identity/role-assignment.entity.ts'
import type { HandOverRow } from '#modules/team/hand-over.entity.ts'
import type { AccessLogRow, TeamMemberRow } from '#modules/team/team-member.entity.ts'

type ListContext = ReadContext & { cursors: Cursors }

const nameColumn = 'coalesce(account.display_name, account.user_name)'

const columns = raw(`role_assignment.member_id as id, role_assignment.account_id as "accountId",
  role_assignment.organisation_id as "organisationId", ${nameColumn} as name,
  role_assignment.role, role_assignment.unit, role_assignment.since::text as since,
  access.has_password as "hasPassword", access.has_pin as "hasPin",
  access.has_passkey as "hasPasskey", access.has_single_sign_on as "hasSingleSignOn",
  access.card_open_until::text as "cardOpenUntil"`)

// The function gives no row where the viewer does not manage the organisation.
const from = sql`role_assignment
  join account on account.id = role_assignment.account_id
  cross join lateral member_access(role_assignment.member_id) access`

const byName: Ordering = {
  columns: [
    { sql: nameColumn, type: 'text', collate: 'de-x-icu' },
    { sql: 'role_assignment.member_id', type: 'uuid' },
  ],
  direction: 'asc',
}

const newestHandOver: Ordering = {
  columns: [
    { sql: 'hand_over.handed_over_on', type: 'date' },
    { sql: 'hand_over.id', type: 'uuid' },
  ],
  direction: 'desc',
}

const newestAct: Ordering = {
  columns: [
    { sql: 'audit_entry.occurred_on', type: 'date' },
    { sql: 'audit_entry.organisation_id', type: 'uuid' },
    { sql: 'audit_entry.position', type: 'int' },
  ],
  direction: 'desc',
}

/** A page of the people of an organisation. */
export function readTeam(
  context: ListContext,
  organisationId: string,
  filter: TeamFilter | null | undefined,
  page: PageArguments,
): Promise<Page<TeamMemberRow>> {
  const conditions = [sql`role_assignment.organisation_id = ${organisationId}::uuid`]
  const words = filter?.query?.trim().toLowerCase()
  if (words)
    conditions.push(sql`position(${words} in
      lower(${raw(nameColumn)} || ' ' || coalesce(role_assignment.unit, ''))) > 0`)
  if (filter?.roles?.length)
    conditions.push(sql`role_assignment.role = any(${filter.roles}::text[])`)
  if (filter?.cardOpen != null)
    conditions.push(sql`(access.card_open_until is not null) = ${filter.cardOpen}`)
  return readPage(context, page, { columns, from, conditions, ordering: byName })
}

/** Members with these UUIDs. */
export function readMembersById(context: ReadContext, ids: string[]): Promise<TeamMemberRow[]> {
  return read(
    context,
    sql`select ${columns} from ${from} where role_assignment.member_id = any(${ids}::uuid[])`,
  )
}

/** A page of the entries that were handed over and are still open. */
export function readHandOvers(
  context: ListContext,
  organisationId: string,
  page: PageArguments,
): Promise<Page<HandOverRow>> {
  return readPage(context, page, {
    columns: raw(`case when hand_over.problem_id is not null then 'Problem'
        when hand_over.solution_id is not null then 'Solution' else 'Answer' end as "entryType",
      coalesce(hand_over.problem_id, hand_over.solution_id, hand_over.answer_id) as "entryId",
      successor.member_id as "successorMemberId",
      hand_over.handed_over_on::text as "handedOverOn"`),
    from: sql`hand_over
      left join problem on problem.id = hand_over.problem_id
      left join solution on solution.id = hand_over.solution_id
      left join answer on answer.id = hand_over.answer_id
      left join role_assignment successor on successor.account_id = hand_over.successor_id
        and successor.organisation_id = hand_over.organisation_id`,
    conditions: [
      sql`hand_over.organisation_id = ${organisationId}::uuid`,
      sql`(problem.state = 'IN_REVIEW'
        or problem.state = 'PUBLISHED' and problem.status in ('OPEN', 'ANSWERED', 'TRIED')
        or solution.state = 'IN_REVIEW'
        or answer.state = 'PUBLISHED' and not answer.accepted and not answer.withdrawn)`,
    ],
    ordering: newestHandOver,
  })
}

/** A page of what was done to the access of the viewer. */
export function readAccessLog(
  context: ListContext,
  page: PageArguments,
): Promise<Page<AccessLogRow>> {
  return readPage(context, page, {
    columns: raw(`audit_entry.action, audit_entry.organisation_id as "organisationId",
      audit_entry.occurred_on::text as on`),
    from: sql`audit_entry`,
    conditions: [sql`audit_entry.subject = ${context.viewer.actorId ?? ''}`],
    ordering: newestAct,
  })
}

/** A member as changes need it. */
export interface HeldRole {
  memberId: string
  accountId: string
  organisationId: string
  role: Role
  unit: string | null
}

const heldColumns = `member_id as "memberId", account_id as "accountId",
  organisation_id as "organisationId", role, unit`

/** The member with this UUID, as far as the viewer may see it. */
export async function findMember(em: SqlEntityManager, memberId: string): Promise<HeldRole | null> {
  const [member] = await em.execute<HeldRole[]>(
    `select ${heldColumns} from role_assignment where member_id = ?`,
    [memberId],
  )
  return member ?? null
}

/** The role of an account in an organisation. */
export async function findRole(
  em: SqlEntityManager,
  accountId: string,
  organisationId: string,
): Promise<HeldRole | null> {
  const [member] = await em.execute<HeldRole[]>(
    `select ${heldColumns} from role_assignment where account_id = ? and organisation_id = ?`,
    [accountId, organisationId],
  )
  return member ?? null
}

/**
 * Lets changes to the people of an organisation come one after the other until the transaction ends:
 * two who demote each other at once must not leave nobody.
 */
export async function lockTeam(em: SqlEntityManager, organisationId: string): Promise<void> {
  await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 8))', [organisationId])
}

/** How many manage an organisation, for those who do. */
export async function countManagers(em: SqlEntityManager, organisationId: string): Promise<number> {
  const [counted] = await em.execute<{ count: number }[]>(
    `select count(*)::int as count from role_assignment
     where organisation_id = ? and role in ('EDITOR', 'EXECUTIVE')`,
    [organisationId],
  )
  return counted?.count ?? 0
}

/** Names and units of all people of an organisation. */
export async function findNames(
  em: SqlEntityManager,
  organisationId: string,
): Promise<{ name: string; unit: string | null }[]> {
  return em.execute(
    `select ${nameColumn} as name, role_assignment.unit
     from role_assignment join account on account.id = role_assignment.account_id
     where role_assignment.organisation_id = ?`,
    [organisationId],
  )
}

/** Which of these members are there, and whether a card of theirs is open. */
export async function findOpenCards(
  em: SqlEntityManager,
  memberIds: string[],
): Promise<(HeldRole & { isOpen: boolean })[]> {
  return em.execute(
    `select ${heldColumns}, access.card_open_until is not null as "isOpen"
     from role_assignment cross join lateral member_access(member_id) access
     where member_id = any(?::uuid[])`,
    [`{${memberIds.join(',')}}`],
  )
}

/** Gives an account a role. */
export async function insertRole(
  em: SqlEntityManager,
  { memberId, accountId, organisationId, role, unit }: HeldRole,
): Promise<void> {
  await em.execute(
    `insert into role_assignment (member_id, account_id, organisation_id, role, unit)
     values (?, ?, ?, ?, ?)`,
    [memberId, accountId, organisationId, role, unit],
  )
}

/** Changes role and unit of a member; false where the viewer may not, or not any more. */
export async function updateRole(
  em: SqlEntityManager,
  { memberId, role, unit }: Pick<HeldRole, 'memberId' | 'role' | 'unit'>,
): Promise<boolean> {
  const updated = await em.execute<object[]>(
    'update role_assignment set role = ?, unit = ? where member_id = ? returning member_id',
    [role, unit, memberId],
  )
  return updated.length === 1
}

/** Ends a role; gives how many open entries were handed over, or null where the viewer may not. */
export async function endMembership(
  em: SqlEntityManager,
  memberId: string,
  successorMemberId: string | null,
): Promise<number | null> {
  const [ended] = await em.execute<{ count: number | null }[]>(
    'select end_membership(?, ?::uuid) as count',
    [memberId, successorMemberId],
  )
  return ended?.count ?? null
}

/** Ends open cards, devices and sessions of a member; false where the viewer may not. */
export async function revokeMemberAccess(em: SqlEntityManager, memberId: string): Promise<boolean> {
  const [revoked] = await em.execute<{ done: boolean }[]>(
    'select revoke_member_access(?) as done',
    [memberId],
  )
  return revoked?.done ?? false
}

/** Ends every way of a member into the organisation; gives the account for a new card. */
export async function resetMemberAccess(
  em: SqlEntityManager,
  memberId: string,
): Promise<string | null> {
  const [reset] = await em.execute<{ accountId: string | null }[]>(
    'select reset_member_access(?) as "accountId"',
    [memberId],
  )
  return reset?.accountId ?? null
}

/** Takes over the role of an unused card; gives the organisation, or null if there is no such card. */
export async function adoptAccessCard(
  em: SqlEntityManager,
  codeHash: Buffer,
): Promise<string | null> {
  const [adopted] = await em.execute<{ organisationId: string | null }[]>(
    'select adopt_access_card(?) as "organisationId"',
    [codeHash],
  )
  return adopted?.organisationId ?? null
}
