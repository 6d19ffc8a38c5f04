import type { Pool } from 'pg'
import { sessionLifetimes } from '#modules/identity/session-lifetimes.ts'

/** After so many milliseconds an instance looks at a session again: a tenth of the shortest idle span. */
const interval = sessionLifetimes.shared.idle / 10

/** Sessions that one instance remembers; forgetting them only means to look again. */
const memory = 10_000

/** Moves the idle end of sessions on while they are used. */
export interface SessionKeeper {
  /** To be called with each use of a session that is alive. */
  keep(tokenHash: Buffer): Promise<void>
}

/**
 * Use moves the idle end of a session on, but a request must not mean a write: PostgreSQL is asked
 * once in a while for each session, and writes only if a tenth of the idle span is over.
 */
export function createSessionKeeper(pool: Pool): SessionKeeper {
  const nextLook = new Map<string, number>()
  return {
    async keep(tokenHash) {
      const key = tokenHash.toString('base64')
      const now = performance.now()
      if ((nextLook.get(key) ?? 0) > now) return
      if (nextLook.size >= memory) nextLook.clear()
      nextLook.set(key, now + interval)
      await pool.query({
        name: 'keep_session',
        text: 'select keep_session($1, $2, $3)',
        values: [
          tokenHash,
          sessionLifetimes.own.idle / 1_000,
          sessionLifetimes.shared.idle / 1_000,
        ],
      })
    },
  }
}
