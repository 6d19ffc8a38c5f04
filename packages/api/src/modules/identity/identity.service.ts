import { limits } from '@netzwerkdiakonie/schema'
import type { Pool } from 'pg'
import { unauthenticated, UserFailure } from '#api/errors.ts'
import type { Context } from '#api/context.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import { hashPassword, verifyPassword } from '#lib/password.ts'
import { hashToken, isApiToken } from '#lib/secret-token.ts'
import { AuthSession } from '#modules/identity/auth-session.entity.ts'
import {
  findDemoAccounts,
  findPassword,
  findSessionViewer,
  findTokenViewer,
} from '#modules/identity/identity.repository.ts'
import { openSession } from '#modules/identity/session.service.ts'
import { type Viewer, visitor } from '#modules/identity/viewer.ts'
import { auditActing, listActingMandates } from '#modules/organisation/mandate.service.ts'

/** Compared against when a user name is unknown, so that both cases take as long. */
const decoyHash = hashPassword('decoy')

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
export async function findViewer(pool: Pool, credentials: Credentials): Promise<Viewer> {
  if (credentials.authorization !== undefined) {
    const token = /^Bearer (\S+)$/i.exec(credentials.authorization)?.[1]
    const viewer = token && isApiToken(token) ? await findTokenViewer(pool, hashToken(token)) : null
    if (!viewer) throw unauthenticated()
    return viewer
  }
  if (!credentials.sessionToken) return visitor
  return (await findSessionViewer(pool, hashToken(credentials.sessionToken))) ?? visitor
}

/**
 * Opens a session.
 *
 * @returns the secret of the session, and who is signed in
 * @throws UserFailure WRONG_CREDENTIALS, the same for an unknown name and a wrong password
 */
// public: anybody may try to sign in
export async function signIn(
  context: Context,
  input: { userName: string; password: string },
): Promise<{ sessionToken: string; viewer: Viewer }> {
  const userName = input.userName.trim().toLowerCase()
  const wrong = new UserFailure({ code: 'WRONG_CREDENTIALS', path: ['input', 'password'] })
  if (userName.length > limits.userName || input.password.length > limits.password) throw wrong
  const account = await findPassword(context.pool, userName)
  const matches = await verifyPassword(input.password, account?.passwordHash ?? (await decoyHash))
  if (!account || !matches) throw wrong
  return openSession(context, { accountId: account.accountId, method: 'PASSWORD' })
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
