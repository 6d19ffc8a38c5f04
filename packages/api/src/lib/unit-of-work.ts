import { DeadlockException } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/postgresql'

/** How often a change is tried that PostgreSQL ended to resolve a deadlock. */
const attempts = 3

/**
 * Runs a change as one unit of work: everything or nothing, flushed at the end. Two changes that
 * wait for each other's rows end in one of them being rolled back; that one starts again.
 *
 * @param change loads all that it works on through the entity manager it is given
 * @throws what `change` throws, or the driver's error
 */
export async function unitOfWork<Result>(
  em: SqlEntityManager,
  change: (em: SqlEntityManager) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await em.transactional(change, { clear: true })
    } catch (error) {
      if (!(error instanceof DeadlockException) || attempt === attempts) throw error
    }
}
