import { UserFailure } from '#api/errors.ts'
import type { Context } from '#api/context.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import { AuthSession } from '#modules/identity/auth-session.entity.ts'
import { isUuid } from '#lib/uuid.ts'
import { authorizePerson, type Viewer } from '#modules/identity/viewer.ts'
import { findSessions, type OwnSessionRow } from '#modules/identity/identity.repository.ts'

/** Where somebody is signed in; nobody else's sessions, and none for visitors and tokens. */
// public: everybody may see their own sessions, and row security shows no others
export async function listSessions(
  context: Pick<Context, 'pool'>,
  viewer: Viewer,
): Promise<OwnSessionRow[]> {
  if (viewer.caller !== 'PERSON') return []
  return findSessions({ pool: context.pool, viewer })
}

/**
 * Ends one of one's own sessions; it is dead with the next request. Ending the current one is
 * signing out.
 *
 * @throws UserFailure NOT_FOUND, alike for sessions of others and for those that are over
 */
export async function endSession(context: Context, sessionId: string): Promise<void> {
  authorizePerson(context.viewer)
  const ended = isUuid(sessionId)
    ? await context.em.nativeDelete(AuthSession, { id: sessionId })
    : 0
  if (ended === 0) throw new UserFailure({ code: 'NOT_FOUND', path: ['input', 'sessionId'] })
}

/** Ends all of one's own sessions but the current one. */
export async function endOtherSessions(context: Context): Promise<void> {
  const { actorId, sessionId } = authorizePerson(context.viewer)
  await unitOfWork(context.em, async (em) => {
    await em.nativeDelete(AuthSession, { accountId: actorId, id: { $ne: sessionId } })
  })
}
