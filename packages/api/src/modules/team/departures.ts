import type { FastifyBaseLogger } from 'fastify'
import type { Pool } from 'pg'

/** Days count, so hours are often enough. */
const interval = 3_600_000

/** Work that comes back until it is stopped. */
export interface Departures {
  /** Comes back no more; resolves when what is running has ended. */
  stop(): Promise<void>
}

/**
 * Forgets people whose time is over, now and every hour. Of several replicas that come at once one
 * does it: PostgreSQL decides. It logs how many, never who.
 */
export function startDepartures(
  pool: Pool,
  log: Pick<FastifyBaseLogger, 'info' | 'error'>,
  every = interval,
): Departures {
  let running = forget()
  const timer = setInterval(() => (running = running.then(forget)), every)
  // A process that has nothing else to do may end.
  timer.unref()

  async function forget(): Promise<void> {
    try {
      const { rows } = await pool.query<{ count: number }>('select anonymise_departed() as count')
      if (rows[0]?.count) log.info({ count: rows[0].count }, 'departed people forgotten')
    } catch (error) {
      log.error({ err: error }, 'departed people could not be forgotten; the next hour tries again')
    }
  }

  return {
    stop: () => {
      clearInterval(timer)
      return running
    },
  }
}
