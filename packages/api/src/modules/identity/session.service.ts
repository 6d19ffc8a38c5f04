import { UserFailure } from '#api/errors.ts'
import type { Context } from '#api/context.ts'
import { viewerSettings } from '#database/viewer-context.ts'
import { hashToken, newSessionToken } from '#lib/secret-token.ts'
import { AuthSession, type SignInMethod } from '#modules/identity/auth-session.entity.ts'
import { deviceNameOf } from '#modules/identity/device-name.ts'
import { isDeviceShared } from '#modules/identity/device.repository.ts'
import { findOrganisationIds, findSessionViewer } from '#modules/identity/identity.repository.ts'
import { sessionLifetimes } from '#modules/identity/session-lifetimes.ts'
import { type Viewer, visitor } from '#modules/identity/viewer.ts'

/** Who proved to be who, and how. */
export interface ProvenSignIn {
  accountId: string
  method: SignInMethod
  /** Others use the device, too. */
  isSharedDevice?: boolean
  /** The provider that said so. */
  singleSignOnId?: string
}

/**
 * Opens a session for somebody who has just proved who they are; every way of signing in ends here. The session that the request came with is over then: a browser never carries on one that
 * somebody else may know or that belongs to another person.
 *
 * @returns the secret of the session, given once, and who is signed in
 * @throws UserFailure WRONG_CREDENTIALS if the person has no role anywhere
 */
// public: callers have just established who the person is
export async function openSession(
  context: Context,
  { accountId, method, isSharedDevice = false, singleSignOnId }: ProvenSignIn,
): Promise<{ sessionToken: string; viewer: Viewer }> {
  const [organisationId] = await findOrganisationIds(context.pool, accountId)
  const wrong = new UserFailure({ code: 'WRONG_CREDENTIALS', path: ['input', 'password'] })
  if (!organisationId) throw wrong
  const sessionToken = newSessionToken()
  const tokenHash = hashToken(sessionToken)
  const isShared = isSharedDevice || (await isOnSharedDevice(context))
  const { idle, absolute } = sessionLifetimes[isShared ? 'shared' : 'own']
  const em = context.em.fork({ clear: true })
  em.setSessionContext({
    variables: viewerSettings({ ...visitor, kind: 'member', actorId: accountId }),
  })
  em.create(AuthSession, {
    tokenHash,
    accountId,
    organisationId,
    method,
    deviceName: deviceNameOf(context.userAgent, context.language),
    isSharedDevice: isShared,
    singleSignOnId: singleSignOnId ?? null,
    expiresAt: new Date(Date.now() + absolute),
    idleExpiresAt: new Date(Date.now() + idle),
  })
  await em.flush()
  const viewer = await findSessionViewer(context.pool, tokenHash)
  if (!viewer) throw wrong
  if (context.viewer.sessionId)
    await context.em.nativeDelete(AuthSession, { id: context.viewer.sessionId })
  return { sessionToken, viewer }
}

/** However somebody signs in on the tablet that everybody uses: they are soon signed out again. */
async function isOnSharedDevice({ pool, deviceSecret }: Context): Promise<boolean> {
  return deviceSecret !== null && isDeviceShared(pool, hashToken(deviceSecret))
}
