import type { Pool } from 'pg'
import sql, { type Sql } from 'sql-template-tag'
import { read } from '#database/read.ts'
import type { Scope } from '#modules/identity/api-token.entity.ts'
import type { SignInMethod } from '#modules/identity/auth-session.entity.ts'
import type { DemoAccountRow } from '#modules/identity/demo-accounts.ts'
import {
  isManaging,
  type OwnPseudonym,
  type RoleAssignmentRow,
  type Viewer,
  visitor,
} from '#modules/identity/viewer.ts'

/** The pseudonyms of whoever presents this hash, as JSON. */
function pseudonymsOf(tokenHash: Buffer): Sql {
  return sql`(select coalesce(jsonb_agg(jsonb_build_object('id', found.pseudonym_id,
      'organisationId', found.organisation_id, 'isAuthor', found.is_author,
      'hasAuthor', found.has_author)), '[]')
    from find_pseudonyms(${tokenHash}) found)`
}

/** The person behind a session, or null if nobody has such a session now. */
export async function findSessionViewer(pool: Pool, tokenHash: Buffer): Promise<Viewer | null> {
  const [session] = await read<{
    sessionId: string
    accountId: string
    name: string
    organisationId: string
    mandatedAssociationId: string | null
    roleAssignments: RoleAssignmentRow[]
    organisationIds: string[]
    associationIds: string[]
    isOnSharedDevice: boolean
    pseudonyms: OwnPseudonym[]
  }>(
    { pool, viewer: visitor },
    sql`select session_id as "sessionId", account_id as "accountId", name,
      organisation_id as "organisationId",
      mandated_association_id as "mandatedAssociationId", role_assignments as "roleAssignments",
      organisation_ids as "organisationIds", association_ids as "associationIds",
      is_on_shared_device as "isOnSharedDevice",
      ${pseudonymsOf(tokenHash)} as pseudonyms
    from find_session(${tokenHash})`,
  )
  if (!session) return null
  const { accountId, ...rest } = session
  return {
    ...rest,
    kind: 'member',
    caller: 'PERSON',
    actorId: accountId,
    managedOrganisationIds: rest.roleAssignments
      .filter(({ role }) => isManaging(role))
      .map(({ organisationId }) => organisationId),
    scopes: [],
  }
}

/** The service account behind a token, or null if it is unknown or has expired. */
export async function findTokenViewer(pool: Pool, tokenHash: Buffer): Promise<Viewer | null> {
  const [token] = await read<{
    actorId: string
    name: string
    scopes: Scope[]
    organisationId: string
    associationIds: string[]
    pseudonyms: OwnPseudonym[]
  }>(
    { pool, viewer: visitor },
    sql`select token_id as "actorId", name, scopes, organisation_id as "organisationId",
      association_ids as "associationIds", ${pseudonymsOf(tokenHash)} as pseudonyms
      from find_api_token(${tokenHash})`,
  )
  if (!token) return null
  return {
    ...token,
    kind: 'member',
    caller: 'SERVICE_ACCOUNT',
    organisationIds: [token.organisationId],
    managedOrganisationIds: [],
    mandatedAssociationId: null,
    roleAssignments: [],
    sessionId: null,
    isOnSharedDevice: false,
  }
}

/** Account and password hash for a user name. */
export async function findPassword(
  pool: Pool,
  userName: string,
): Promise<{ accountId: string; passwordHash: string } | null> {
  const [found] = await read<{ accountId: string; passwordHash: string }>(
    { pool, viewer: visitor },
    sql`select account_id as "accountId", password_hash as "passwordHash"
      from find_password(${userName})`,
  )
  return found ?? null
}

/** User name and password hash of the viewer; null for those who sign in otherwise. */
export async function findOwnPassword(context: {
  pool: Pool
  viewer: Viewer
}): Promise<{ userName: string; passwordHash: string } | null> {
  const [found] = await read<{ userName: string; passwordHash: string }>(
    context,
    // The app role may not read hashes: only the function that signing in uses gives one out.
    sql`select account.user_name as "userName", found.password_hash as "passwordHash"
      from account cross join lateral find_password(account.user_name) found
      where account.id = ${context.viewer.actorId}::uuid`,
  )
  return found ?? null
}

/** Organisations in which an account has a role, by their names. */
export async function findOrganisationIds(pool: Pool, accountId: string): Promise<string[]> {
  const rows = await read<{ organisationId: string }>(
    { pool, viewer: visitor },
    sql`select organisation_id as "organisationId" from find_roles(${accountId}::uuid)`,
  )
  return rows.map((row) => row.organisationId)
}

/** Accounts of the demo content; none if there is none. */
export async function findDemoAccounts(pool: Pool): Promise<DemoAccountRow[]> {
  return read(
    { pool, viewer: visitor },
    sql`select user_name as "userName", role, organisation_id as "organisationId"
      from find_demo_accounts()`,
  )
}

/** The secret that all replicas share; only ever an ingredient of keys. */
export async function findInstanceSecret(pool: Pool): Promise<Buffer> {
  const [instance] = await read<{ secret: Buffer }>(
    { pool, viewer: visitor },
    sql`select find_instance_secret() as secret`,
  )
  if (!instance) throw new Error('The database has not been prepared')
  return instance.secret
}

/** A session, for the person whose it is. */
export interface OwnSessionRow {
  id: string
  deviceName: string
  method: SignInMethod
  signedInOn: string
  isCurrent: boolean
  isSharedDevice: boolean
  organisationId: string
}

/** Sessions of the viewer that are alive: the current one first, then the latest. */
export async function findSessions(context: {
  pool: Pool
  viewer: Viewer
}): Promise<OwnSessionRow[]> {
  const { actorId, sessionId } = context.viewer
  return read(
    context,
    sql`select id, device_name as "deviceName", method, signed_in_on::text as "signedInOn",
        id = ${sessionId}::uuid as "isCurrent", is_shared_device as "isSharedDevice",
        organisation_id as "organisationId"
      from auth_session
      where account_id = ${actorId}::uuid and expires_at > now() and idle_expires_at > now()
      order by id = ${sessionId}::uuid desc, signed_in_on desc, id`,
  )
}
