import { UserFailure } from '#api/errors.ts'
import type { SignInMethod } from '#modules/identity/auth-session.entity.ts'

/**
 * Requires a device of one's own, and a session that is the person's own, too. Whoever finds a shared
 * tablet signed in must not be able to make or take away a lasting way into somebody else's account;
 * a passkey from a session that a provider opened would outlive the person's dismissal there.
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
