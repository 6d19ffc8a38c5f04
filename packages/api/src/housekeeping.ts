import type { FastifyBaseLogger } from 'fastify'
import type { Pool } from 'pg'

const anHour = 3_600_000

/**
 * What is over is removed by this: functions of the database that each delete one kind of row.
 * Nothing depends on the moment; a session that is over opens nothing even while its row is there.
 */
const chores = [
  'delete_ended_sessions',
  'delete_ended_attempts',
  'delete_old_idempotency_records',
  'delete_old_claims',
  'delete_old_notices',
  'delete_old_claims',
  'delete_old_missed_searches',
  'anonymise_departed',
  'count_search_terms_if_due',
] as const

/**
 * Does all chores once; one that fails holds up none of the others. Instances may do them at the
 * same time.
 *
 * @throws AggregateError with what failed
 */
export async function doChores(pool: Pool): Promise<void> {
  const done = await Promise.allSettled(chores.map((chore) => pool.query(`select ${chore}()`)))
  const failed = done.filter((result) => result.status === 'rejected').map(({ reason }) => reason)
  if (failed.length > 0) throw new AggregateError(failed, 'Chores failed')
}

/**
 * Does the chores now and every hour from then on.
 *
 * @returns ends it
 */
export function startHousekeeping(
  pool: Pool,
  log: Pick<FastifyBaseLogger, 'warn'>,
): () => Promise<void> {
  let running = Promise.resolve()
  const run = () => {
    running = doChores(pool).catch((error: unknown) =>
      log.warn({ err: error }, 'housekeeping did not finish'),
    )
  }
  run()
  const timer = setInterval(run, anHour)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
