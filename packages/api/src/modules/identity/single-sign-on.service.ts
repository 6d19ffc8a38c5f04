import { limits } from '@netzwerkdiakonie/schema'
import { UserFailure } from '#api/errors.ts'
import type { Context } from '#api/context.ts'
import { createSeal } from '#lib/seal.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import { audit } from '#modules/identity/audit.ts'
import { sealChallenge, takeChallenge } from '#modules/identity/challenge.ts'
import { openSession } from '#modules/identity/session.service.ts'
import {
  type Claims,
  domainOf,
  nameFrom,
  neededClaims,
  rolesFrom,
} from '#modules/identity/single-sign-on.mapping.ts'
import {
  AnswerRefused,
  authorizationUrl,
  type PendingSignIn,
  type ProviderAccess,
  ProviderUnavailable,
  redeem,
} from '#modules/identity/single-sign-on.provider.ts'
import {
  findSingleSignOn,
  findSingleSignOnId,
  hasRoleBeyond,
  signInFederated,
  type SingleSignOnRow,
} from '#modules/identity/single-sign-on.repository.ts'
import { networkOf, takeAttempt, tooManyAttempts } from '#modules/identity/throttle.ts'
import type { Viewer } from '#modules/identity/viewer.ts'

/** Purpose of the key that client secrets are sealed with. */
export const clientSecretPurpose = 'single sign-on client secret'

/** Path of the web app to which providers send people back. */
const returnPath = '/anmelden/zurueck'

interface Pending extends PendingSignIn {
  singleSignOnId: string
  origin: string
}

/**
 * Finds the provider for an e-mail address or domain, and tells where to go. The address is used for
 * that alone: it is neither stored nor handed on.
 *
 * @throws UserFailure SINGLE_SIGN_ON_UNKNOWN if there is none, SINGLE_SIGN_ON_UNAVAILABLE,
 * TOO_MANY_ATTEMPTS
 */
// public: anybody may try to sign in
export async function startSingleSignOn(
  context: Context,
  input: { addressOrDomain: string },
): Promise<{ location: string; state: string }> {
  const path = ['input', 'addressOrDomain']
  // Each may cause a request to a provider.
  await requireAttempt(context, path)
  const domain = domainOf(input.addressOrDomain.slice(0, 320))
  const id = domain && (await findSingleSignOnId(context.pool, domain))
  const found = id && (await findSingleSignOn(context.pool, id))
  if (!found) throw new UserFailure({ code: 'SINGLE_SIGN_ON_UNKNOWN', path })
  const { origin } = context
  const { location, pending } = await inWords(path, () =>
    authorizationUrl(accessTo(context, found), {
      redirectUri: `${origin}${returnPath}`,
      scope: found.mapping.scope,
    }),
  )
  const facts = { ...pending, singleSignOnId: id, origin } satisfies Pending
  return { location, state: sealChallenge(context, 'SINGLE_SIGN_ON', facts) }
}

/**
 * Opens a session for whom the provider means. New people get an account; roles that the provider
 * gave before follow what it says now.
 *
 * @param input the sealed state, and the query with which the browser came back
 * @throws UserFailure CHALLENGE_EXPIRED; SINGLE_SIGN_ON_UNAVAILABLE; SINGLE_SIGN_ON_REFUSED, the same
 * for every answer that does not fit; SINGLE_SIGN_ON_UNMAPPED if the provider gives no role here;
 * SINGLE_SIGN_ON_BEYOND if people gave the person a role where the provider has no say
 */
// public: anybody may try to sign in
export async function finishSingleSignOn(
  context: Context,
  input: { state: string; query: string },
): Promise<{ sessionToken: string; viewer: Viewer }> {
  await requireAttempt(context)
  const pending = await takeChallenge<Pending>(context, 'SINGLE_SIGN_ON', input.state)
  const { singleSignOnId } = pending
  const found = await findSingleSignOn(context.pool, singleSignOnId)
  if (!found) throw new UserFailure({ code: 'SINGLE_SIGN_ON_REFUSED' })
  const answer = new URL(`${pending.origin}${returnPath}?${input.query.replace(/^\?/, '')}`)
  const claims = await inWords([], () =>
    redeem(accessTo(context, found), pending, answer, neededClaims(found.mapping)),
  )
  const accountId = await bringUpToDate(context, singleSignOnId, found, claims)
  return openSession(context, { accountId, method: 'SINGLE_SIGN_ON', singleSignOnId })
}

/** Account and roles as the provider says; what changed goes into the log, also where nothing is left. */
async function bringUpToDate(
  context: Context,
  singleSignOnId: string,
  { mapping, ownCode }: SingleSignOnRow,
  claims: Claims & { sub: string },
): Promise<string> {
  const em = context.em.fork({ clear: true })
  const outcome = await unitOfWork(em, async (em) => {
    const changes = await signInFederated(em, {
      singleSignOnId,
      subject: claims.sub,
      name: nameFrom(claims, limits.displayName) ?? 'Person ohne Namen',
      roles: rolesFrom(claims, mapping, ownCode),
    })
    for (const { accountId, organisationId, roleBefore, roleAfter } of changes)
      if (roleBefore !== roleAfter)
        await audit(em, context.viewer, {
          organisationId,
          action:
            roleAfter === null
              ? 'SIGN_ON_UNLINKED'
              : roleBefore === null
                ? 'SIGN_ON_LINKED'
                : 'ROLE_CHANGED',
          subject: accountId,
          details: { before: roleBefore, after: roleAfter },
        })
    const accountId = changes.find(({ roleAfter }) => roleAfter !== null)?.accountId
    if (!accountId) return { code: 'SINGLE_SIGN_ON_UNMAPPED' as const }
    return (await hasRoleBeyond(em, accountId, singleSignOnId))
      ? { code: 'SINGLE_SIGN_ON_BEYOND' as const }
      : { accountId }
  })
  // After the transaction: what the provider took away stays away.
  if ('code' in outcome) throw new UserFailure({ code: outcome.code })
  return outcome.accountId
}

async function requireAttempt(context: Context, path?: string[]): Promise<void> {
  const attempt = await takeAttempt(context, {
    name: 'single sign-on from a network',
    key: networkOf(context.clientAddress),
    // A whole house may share one address, and everybody comes at eight.
    limit: 200,
    perSeconds: 600,
  })
  if (!attempt.allowed) throw tooManyAttempts(attempt, path)
}

function accessTo(context: Context, row: SingleSignOnRow): ProviderAccess {
  const seal = createSeal(context.keyFor(clientSecretPurpose))
  const clientSecret = seal.open(row.sealedClientSecret)
  // As after a copy of the data to another instance.
  if (clientSecret === null) throw new UserFailure({ code: 'SINGLE_SIGN_ON_UNAVAILABLE' })
  return { issuer: row.issuer, clientId: row.clientId, clientSecret }
}

async function inWords<Result>(path: string[], run: () => Promise<Result>): Promise<Result> {
  try {
    return await run()
  } catch (error) {
    const place = path.length > 0 ? { path } : {}
    if (error instanceof ProviderUnavailable)
      throw new UserFailure({ code: 'SINGLE_SIGN_ON_UNAVAILABLE', ...place })
    if (error instanceof AnswerRefused)
      throw new UserFailure({ code: 'SINGLE_SIGN_ON_REFUSED', ...place })
    throw error
  }
}
