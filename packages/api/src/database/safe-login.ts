import type { MikroORM } from '@mikro-orm/postgresql'

/** The login could read past the row policies: the product must not serve with it. */
export class UnsafeLoginError extends Error {}

/**
 * Refuses a login that row security does not bind: a superuser, a role with BYPASSRLS, the owner of
 * a table, or a member of any of these; and a database in which a table has no forced row security.
 *
 * @throws UnsafeLoginError with the reason
 */
export async function assertSafeLogin(orm: MikroORM): Promise<void> {
  const reasons = await orm.em.execute<{ reason: string }[]>(`
    select 'login ' || rolname || ' may bypass row security' as reason
    from pg_roles
    where (rolsuper or rolbypassrls) and pg_has_role(session_user, oid, 'member')
    union all
    select 'login is or may become the owner of table ' || relname
    from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace
      and pg_has_role(session_user, relowner, 'member')
    union all
    select 'table ' || relname || ' has no forced row security'
    from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace
      and relname <> 'mikro_orm_migrations'
      and not (relrowsecurity and relforcerowsecurity)
  `)
  if (reasons[0]) throw new UnsafeLoginError(reasons.map(({ reason }) => reason).join('; '))
}
