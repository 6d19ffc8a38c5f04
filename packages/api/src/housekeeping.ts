import type { FastifyBaseLogger } from 'fastify'
import type { Pool } from 'pg'

const anHour = 3_600_000

/**
 * What is over is removed by this: functions of the database that each delete one kind of row.
 * Nothing depends on the moment; a session that is over opens nothing even while its row is there.
 */
const chores = ['delete_ended_sessions', 'delete_ended_attempts'] as const

/** Does all chores once. Instances may do them at the same time. */
export async function doChores(pool: Pool): Promise<void> {
  for (const chore of chores) await pool.query(`select ${chore}()`)
}

/**
 * Does the chores now and every hour from then on.
 *
 * @returns ends it
 */
export function startHousekeeping(pool: Pool, log: FastifyBaseLogger): () => Promise<void> {
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
