import { unauthenticated, UserFailure } from '#api/errors.ts'
import type { Context, Shared } from '#api/context.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import { hashToken, isApiToken } from '#lib/secret-token.ts'
import { AuthSession } from '#modules/identity/auth-session.entity.ts'
import {
  findDemoAccounts,
  findSessionViewer,
  findTokenViewer,
} from '#modules/identity/identity.repository.ts'
import { rememberDevice } from '#modules/identity/known-device.ts'
import { provePassword } from '#modules/identity/password-attempt.ts'
import { openSession } from '#modules/identity/session.service.ts'
import { type Viewer, visitor } from '#modules/identity/viewer.ts'
import { auditActing, listActingMandates } from '#modules/organisation/mandate.service.ts'

/** What a request shows of its caller. */
export interface Credentials {
  authorization?: string | undefined
  sessionToken?: string | undefined
}

/**
 * Who is calling. A session that has ended makes a visitor; a token that is not valid is refused, because
 * a member system must not mistake the public part for all that its organisation may see.
 *
 * @throws UNAUTHENTICATED for an authorization header that is no valid token
 */
// public: it establishes who the viewer is
export async function findViewer(
  { pool, sessionKeeper }: Pick<Shared, 'pool' | 'sessionKeeper'>,
  credentials: Credentials,
): Promise<Viewer> {
  if (credentials.authorization !== undefined) {
    const token = /^Bearer (\S+)$/i.exec(credentials.authorization)?.[1]
    const viewer = token && isApiToken(token) ? await findTokenViewer(pool, hashToken(token)) : null
    if (!viewer) throw unauthenticated()
    return viewer
  }
  if (!credentials.sessionToken) return visitor
  const tokenHash = hashToken(credentials.sessionToken)
  const viewer = await findSessionViewer(pool, tokenHash)
  if (!viewer) return visitor
  await sessionKeeper.keep(tokenHash)
  return viewer
}

/**
 * Opens a session by user name and password.
 *
 * @returns the secrets of the session and of the device, and who is signed in
 * @throws UserFailure WRONG_CREDENTIALS, the same for an unknown name and a wrong password;
 *   TOO_MANY_ATTEMPTS after too many of them
 */
// public: anybody may try to sign in
export async function signIn(
  context: Context,
  input: { userName: string; password: string },
): Promise<{ sessionToken: string; deviceToken: string; viewer: Viewer }> {
  const userName = input.userName.trim().toLowerCase()
  const accountId = await provePassword(context, userName, input.password)
  const opened = await openSession(context, { accountId, method: 'PASSWORD' })
  return { ...opened, deviceToken: rememberDevice(context, userName) }
}

/** Accounts to try the platform with; none unless demo content is loaded. */
// public: they are there to be shown
export function listDemoAccounts({ pool }: Context) {
  return findDemoAccounts(pool)
}

/** Ends the session that the request came with, if it came with one. */
// public: whoever holds a session may end it
export async function signOut(context: Context): Promise<Viewer> {
  if (context.viewer.sessionId)
    await context.em.nativeDelete(AuthSession, { id: context.viewer.sessionId })
  return visitor
}

/**
 * Chooses for which organisation a person acts from now on: one of their own, or one that gave an
 * association of theirs a mandate.
 *
 * @throws UserFailure NOT_FOUND for any other organisation
 */
// public: it lets nobody do more than their roles and the mandates of their associations do
export async function actFor(context: Context, organisationId: string | null): Promise<Viewer> {
  const { viewer } = context
  const { sessionId } = viewer
  if (!sessionId) throw unauthenticated()
  const own = viewer.roleAssignments.map((held) => held.organisationId)
  if (organisationId && own.includes(organisationId)) {
    await context.em.nativeUpdate(
      AuthSession,
      { id: sessionId },
      { organisationId, mandateId: null },
    )
    return { ...viewer, organisationId, mandatedAssociationId: null, organisationIds: own }
  }
  const mandates = await listActingMandates(context)
  const mandate = mandates.find((held) => held.organisationId === organisationId)
  if (!mandate) throw new UserFailure({ code: 'NOT_FOUND', path: ['input', 'organisationId'] })
  await unitOfWork(context.em, async (em) => {
    await em.nativeUpdate(
      AuthSession,
      { id: sessionId },
      { organisationId: mandate.associationId, mandateId: mandate.id },
    )
    await auditActing(em, viewer, mandate)
  })
  return {
    ...viewer,
    organisationId: mandate.organisationId,
    mandatedAssociationId: mandate.associationId,
    organisationIds: [...own, mandate.organisationId],
  }
}
