import { UserFailure } from '#api/errors.ts'
import type { Context } from '#api/context.ts'
import { viewerSettings } from '#database/viewer-context.ts'
import { hashToken, newSessionToken } from '#lib/secret-token.ts'
import { AuthSession, type SignInMethod } from '#modules/identity/auth-session.entity.ts'
import { findOrganisationIds, findSessionViewer } from '#modules/identity/identity.repository.ts'
import { type Viewer, visitor } from '#modules/identity/viewer.ts'

/** How long a session lives, in milliseconds: unused, and at all. */
const lifetimes = {
  own: { idle: 8 * 3_600_000, absolute: 30 * 86_400_000 },
  shared: { idle: 15 * 60_000, absolute: 12 * 3_600_000 },
}

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
 * Opens a session for somebody who has just proved who they are; every way of signing in ends here.
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
  const { idle, absolute } = lifetimes[isSharedDevice ? 'shared' : 'own']
  const em = context.em.fork({ clear: true })
  em.setSessionContext({
    variables: viewerSettings({ ...visitor, kind: 'member', actorId: accountId }),
  })
  em.create(AuthSession, {
    tokenHash,
    accountId,
    organisationId,
    method,
    isSharedDevice,
    singleSignOnId: singleSignOnId ?? null,
    expiresAt: new Date(Date.now() + absolute),
    idleExpiresAt: new Date(Date.now() + idle),
  })
  await em.flush()
  const viewer = await findSessionViewer(context.pool, tokenHash)
  if (!viewer) throw wrong
  return { sessionToken, viewer }
}
