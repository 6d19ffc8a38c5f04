import { limits, minimumPasswordLength } from '@netzwerkdiakonie/schema'
import { type Fault, UserFailure } from '#api/errors.ts'
import type { Context } from '#api/context.ts'
import { isGuessable } from '#lib/guessable.ts'
import { hashPassword, verifyPassword } from '#lib/password.ts'
import { hashToken, newSessionToken } from '#lib/secret-token.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import { Account } from '#modules/identity/account.entity.ts'
import { audit } from '#modules/identity/audit.ts'
import { AuthSession } from '#modules/identity/auth-session.entity.ts'
import { findOwnPassword } from '#modules/identity/identity.repository.ts'
import { takeAttempt, tooManyAttempts } from '#modules/identity/throttle.ts'
import { authorizePerson, type Viewer } from '#modules/identity/viewer.ts'

/** Whether a person signs in with a password at all, and so can change it. */
// public: everybody may know this about themselves
export async function hasPassword(
  { pool }: Pick<Context, 'pool'>,
  viewer: Viewer,
): Promise<boolean> {
  if (viewer.caller !== 'PERSON') return false
  return (await findOwnPassword({ pool, viewer })) !== null
}

/**
 * Changes one's own password. Sessions on other devices end, and the current one gets a new secret:
 * whoever knew the old password or had copied the old secret is out.
 *
 * @returns the new secret of the session, given once
 * @throws UserFailure TOO_SHORT, TOO_LONG, TOO_GUESSABLE, WRONG_PASSWORD, TOO_MANY_ATTEMPTS; FORBIDDEN
 *   for tokens
 */
export async function changePassword(
  context: Context,
  input: { currentPassword: string; newPassword: string },
): Promise<{ sessionToken: string }> {
  const viewer = authorizePerson(context.viewer)
  const own = await findOwnPassword({ pool: context.pool, viewer })
  if (!own) throw new UserFailure({ code: 'WRONG_STATE' })
  const fault = faultOf(input.newPassword, own.userName)
  if (fault) throw new UserFailure({ ...fault, path: ['input', 'newPassword'] })

  const path = ['input', 'currentPassword']
  const wrong = new UserFailure({ code: 'WRONG_PASSWORD', path })
  if (input.currentPassword.length > limits.password) throw wrong
  // Whoever finds a device unlocked must not get to guess.
  const attempt = await takeAttempt(context, {
    name: 'change of a password',
    key: viewer.actorId,
    limit: 10,
    perSeconds: 3_600,
  })
  if (!attempt.allowed) throw tooManyAttempts(attempt, path)
  if (!(await verifyPassword(input.currentPassword, own.passwordHash))) throw wrong
  await attempt.giveBack()

  const passwordHash = await hashPassword(input.newPassword)
  const sessionToken = newSessionToken()
  await unitOfWork(context.em, async (em) => {
    await em.nativeUpdate(Account, { id: viewer.actorId }, { passwordHash })
    await em.nativeDelete(AuthSession, {
      accountId: viewer.actorId,
      id: { $ne: viewer.sessionId },
    })
    await em.nativeUpdate(
      AuthSession,
      { id: viewer.sessionId },
      { tokenHash: hashToken(sessionToken) },
    )
    await audit(em, viewer, {
      organisationId: viewer.organisationId,
      action: 'PASSWORD_CHANGED',
      subject: viewer.actorId,
    })
  })
  return { sessionToken }
}

function faultOf(password: string, userName: string): Fault | null {
  if (password.length < minimumPasswordLength)
    return { code: 'TOO_SHORT', words: { limit: minimumPasswordLength } }
  if (password.length > limits.password)
    return { code: 'TOO_LONG', words: { limit: limits.password } }
  return isGuessable(password, [userName]) ? { code: 'TOO_GUESSABLE' } : null
}
