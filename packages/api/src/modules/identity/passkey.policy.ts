import { unauthenticated, UserFailure } from '#api/errors.ts'
import type { SignInMethod } from '#modules/identity/auth-session.entity.ts'
import type { Viewer } from '#modules/identity/viewer.ts'

/** A person in a session of their own. */
export interface SignedInPerson extends Viewer {
  actorId: string
  sessionId: string
}

/**
 * Requires a signed-in person: a token of an organisation has no way of signing in to look after.
 *
 * @throws UNAUTHENTICATED for everybody else
 */
export function authorizePerson(viewer: Viewer): SignedInPerson {
  if (viewer.caller !== 'PERSON' || !viewer.actorId || !viewer.sessionId) throw unauthenticated()
  return viewer as SignedInPerson
}

/**
 * Requires a device of one's own, and a session that is the person's own, too. A passkey from a session
 * that a provider opened would go on working after the provider has shown the person out. Whoever finds a shared tablet signed in must not be able to make
 * or take away a lasting way into somebody else's account.
 *
 * @throws UserFailure SHARED_DEVICE, MANAGED_BY_PROVIDER
 */
export function authorizeOwnDevice(session: {
  isSharedDevice: boolean
  method: SignInMethod
}): void {
  if (session.isSharedDevice) throw new UserFailure({ code: 'SHARED_DEVICE' })
  if (session.method === 'SINGLE_SIGN_ON') throw new UserFailure({ code: 'MANAGED_BY_PROVIDER' })
}
