import type { SqlEntityManager } from '@mikro-orm/postgresql'

/** How many ways into an account there are besides its passkeys. */
export async function findWaysToSignIn(
  em: SqlEntityManager,
  accountId: string,
): Promise<{ others: number }> {
  const [account] = await em.execute<{ others: number }[]>(
    `select (user_name is not null)::int
       + (select count(*)::int from device_binding where account_id = account.id and failed_pins < 5)
       as others
     from account where id = ?`,
    [accountId],
  )
  return { others: account?.others ?? 0 }
}
