import type { SqlEntityManager } from '@mikro-orm/postgresql'
import type { Pool } from 'pg'
import sql from 'sql-template-tag'
import { read } from '#database/read.ts'
import type { ClaimMapping, MappedRole } from '#modules/identity/single-sign-on.mapping.ts'
import { visitor } from '#modules/identity/viewer.ts'

/** How to ask a provider. */
export interface SingleSignOnRow {
  issuer: string
  clientId: string
  sealedClientSecret: string
  mapping: ClaimMapping
  /** Code of the organisation that it belongs to. */
  ownCode: string
}

/** The enabled provider for a domain, or null. */
export async function findSingleSignOnId(pool: Pool, domain: string): Promise<string | null> {
  const [found] = await read<{ id: string | null }>(
    { pool, viewer: visitor },
    sql`select find_single_sign_on(${domain}) as id`,
  )
  return found?.id ?? null
}

/** An enabled provider, or null. */
export async function findSingleSignOn(pool: Pool, id: string): Promise<SingleSignOnRow | null> {
  const [found] = await read<SingleSignOnRow>(
    { pool, viewer: visitor },
    sql`select issuer, client_id as "clientId", sealed_client_secret as "sealedClientSecret",
      mapping, own_code as "ownCode" from read_single_sign_on(${id}::uuid)`,
  )
  return found ?? null
}

/** What became of a role by a sign-in. */
export interface RoleChange {
  accountId: string
  organisationId: string
  roleBefore: string | null
  roleAfter: string | null
}

/** Brings account and roles to what a provider says, within its reach. */
export function signInFederated(
  em: SqlEntityManager,
  person: { singleSignOnId: string; subject: string; name: string; roles: MappedRole[] },
): Promise<RoleChange[]> {
  return em.execute<RoleChange[]>(
    `select account_id as "accountId", organisation_id as "organisationId",
       role_before as "roleBefore", role_after as "roleAfter"
     from sign_in_federated(?, ?, ?, ?) order by organisation_id`,
    [person.singleSignOnId, person.subject, person.name, JSON.stringify(person.roles)],
  )
}

/** Whether a person has a role that a provider has no say in. */
export async function hasRoleBeyond(
  em: SqlEntityManager,
  accountId: string,
  singleSignOnId: string,
): Promise<boolean> {
  const [row] = await em.execute<{ has: boolean }[]>(
    'select has_role_beyond_single_sign_on(?, ?) as has',
    [accountId, singleSignOnId],
  )
  return row?.has ?? true
}
