import { generateAuthenticationOptions, verifyAuthenticationResponse } from '@simplewebauthn/server'
import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import { UserFailure } from '#api/errors.ts'
import type { Context } from '#api/context.ts'
import { viewerSettings } from '#database/viewer-context.ts'
import { sealChallenge, takeChallenge } from '#modules/identity/challenge.ts'
import { findPasskey, type PresentedPasskey } from '#modules/identity/passkey.repository.ts'
import { type PasskeyRequest, userHandleOf } from '#modules/identity/passkey.service.ts'
import { openSession } from '#modules/identity/session.service.ts'
import { networkOf, takeAttempt, tooManyAttempts } from '#modules/identity/throttle.ts'
import { type Viewer, visitor } from '#modules/identity/viewer.ts'

interface SignIn {
  challenge: string
  origin: string
}

/** Asks for any passkey of this site: who it is, only the answer tells. */
// public: anybody may try to sign in
export async function startPasskeySignIn(context: Context): Promise<PasskeyRequest> {
  const { origin } = context
  const options = await generateAuthenticationOptions({
    rpID: new URL(origin).hostname,
    userVerification: 'required',
    timeout: 120_000,
  })
  const { challenge } = options
  const state = sealChallenge(context, 'PASSKEY_SIGN_IN', { challenge, origin } satisfies SignIn)
  return { options: JSON.stringify(options), state }
}

/**
 * Opens a session for whose authenticator answered.
 *
 * @throws UserFailure TOO_MANY_ATTEMPTS; CHALLENGE_EXPIRED; PASSKEY_REFUSED, the same for every reason
 */
// public: anybody may try to sign in
export async function finishPasskeySignIn(
  context: Context,
  input: { state: string; response: string },
): Promise<{ sessionToken: string; viewer: Viewer }> {
  // Nobody guesses a key; this only keeps one network from filling the table of spent challenges.
  const attempt = await takeAttempt(context, {
    name: 'passkey from a network',
    key: networkOf(context.clientAddress),
    limit: 300,
    perSeconds: 600,
  })
  if (!attempt.allowed) throw tooManyAttempts(attempt)
  const signIn = await takeChallenge<SignIn>(context, 'PASSKEY_SIGN_IN', input.state)
  const accountId = await prove(context, signIn, input.response)
  const refused = new UserFailure({ code: 'PASSKEY_REFUSED' })
  if (!accountId) throw refused
  try {
    return await openSession(context, { accountId, method: 'PASSKEY' })
  } catch (error) {
    // A person without any role: the words would speak of a password.
    throw error instanceof UserFailure ? refused : error
  }
}

/** The account that an answer proves, or null. */
async function prove(context: Context, signIn: SignIn, text: string): Promise<string | null> {
  const response = parse(text)
  const passkey =
    response && (await findPasskey(context.pool, Buffer.from(response.id, 'base64url')))
  if (!passkey || !belongs(context, passkey, response)) return null
  const used = await verify(signIn, passkey, response)
  return used && (await countUse(context, passkey, used)) ? passkey.accountId : null
}

/** The answer as the browser wrote it, or null for anything else. */
function parse(text: string): AuthenticationResponseJSON | null {
  try {
    const answer = JSON.parse(text) as Partial<AuthenticationResponseJSON> | null
    return typeof answer?.id === 'string' && typeof answer.response?.userHandle === 'string'
      ? (answer as AuthenticationResponseJSON)
      : null
  } catch {
    return null
  }
}

async function verify(
  { challenge, origin }: SignIn,
  { publicKey, signCount, relyingPartyId }: PresentedPasskey,
  response: AuthenticationResponseJSON,
) {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      // Not the host of this request: a passkey counts where it was made, and nowhere else.
      expectedRPID: relyingPartyId,
      requireUserVerification: true,
      credential: { id: response.id, publicKey: Uint8Array.from(publicKey), counter: signCount },
    })
    return verified ? authenticationInfo : null
  } catch {
    // Whatever does not fit, the library says by throwing.
    return null
  }
}

/** Whether the authenticator made this credential for the same account. */
function belongs(
  context: Context,
  { accountId }: PresentedPasskey,
  { response }: AuthenticationResponseJSON,
): boolean {
  const handle = Buffer.from(response.userHandle ?? '', 'base64url')
  return handle.equals(userHandleOf(context, accountId))
}

/** Moves the counter on; false if another answer was faster, as that of a copy would be. */
async function countUse(
  { em }: Context,
  { passkeyId, accountId }: PresentedPasskey,
  used: { newCounter: number; credentialBackedUp: boolean },
): Promise<boolean> {
  const own = em.fork({ clear: true })
  own.setSessionContext({
    variables: viewerSettings({ ...visitor, kind: 'member', actorId: accountId }),
  })
  const moved = await own.execute<unknown[]>(
    `update passkey set sign_count = ?, is_synced = ?
     where id = ? and (sign_count < ? or (sign_count = 0 and ? = 0)) returning id`,
    [used.newCounter, used.credentialBackedUp, passkeyId, used.newCounter, used.newCounter],
  )
  return moved.length === 1
}
