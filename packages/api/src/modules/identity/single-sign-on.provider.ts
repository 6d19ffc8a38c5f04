import * as client from 'openid-client'

/** A provider, and who we are to it. */
export interface ProviderAccess {
  issuer: string
  clientId: string
  clientSecret: string
}

/** What we must know again when somebody comes back from the provider. */
export interface PendingSignIn {
  state: string
  nonce: string
  codeVerifier: string
}

/** The provider could not be asked, or did not answer as one does: nobody's fault who is signing in. */
export class ProviderUnavailable extends Error {}

/** The provider refused, or its answer does not fit to what we asked. */
export class AnswerRefused extends Error {}

/** How long each request to a provider may take, in seconds. */
const timeout = 6
/** What a provider says of itself is asked again after this time, in milliseconds. */
const knownFor = 60 * 60_000

const known = new Map<string, { until: number; configuration: Promise<client.Configuration> }>()

/**
 * What the provider says of itself; asked when somebody signs in, then kept for an hour.
 *
 * @throws ProviderUnavailable
 */
export async function discover(access: ProviderAccess): Promise<client.Configuration> {
  const key = JSON.stringify([access.issuer, access.clientId, access.clientSecret])
  const cached = known.get(key)
  if (cached && cached.until > Date.now()) return cached.configuration
  const configuration = ask(access)
  known.set(key, { until: Date.now() + knownFor, configuration })
  // A failure is not worth keeping.
  configuration.catch(() => known.delete(key))
  return configuration
}

async function ask({ issuer, clientId, clientSecret }: ProviderAccess) {
  try {
    const configuration = await client.discovery(
      new URL(issuer),
      clientId,
      clientSecret,
      // The method that every provider must offer (OpenID Connect Core §9).
      client.ClientSecretBasic(clientSecret),
      {
        timeout,
        execute: [
          client.enableNonRepudiationChecks,
          ...(isLocal(issuer) ? [client.allowInsecureRequests] : []),
        ],
      },
    )
    // The library is lenient with some big providers; whose word counts must be plain.
    if (configuration.serverMetadata().issuer !== issuer) throw new Error('another issuer')
    return configuration
  } catch (error) {
    throw new ProviderUnavailable(`${issuer} could not be discovered`, { cause: error })
  }
}

/** Whether a provider is on this very machine: only there it may do without encryption. */
export function isLocal(issuer: string): boolean {
  const { protocol, hostname } = new URL(issuer)
  return protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

/**
 * Where the browser goes to sign in.
 *
 * @throws ProviderUnavailable
 */
export async function authorizationUrl(
  access: ProviderAccess,
  request: { redirectUri: string; scope: string },
): Promise<{ location: string; pending: PendingSignIn }> {
  const configuration = await discover(access)
  const pending = {
    state: client.randomState(),
    nonce: client.randomNonce(),
    codeVerifier: client.randomPKCECodeVerifier(),
  }
  const location = client.buildAuthorizationUrl(configuration, {
    redirect_uri: request.redirectUri,
    scope: request.scope,
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(pending.codeVerifier),
    code_challenge_method: 'S256',
  })
  return { location: location.href, pending }
}

/**
 * Exchanges the code for what the provider says of the person. Checked are: state, issuer, signature,
 * audience, time and nonce of the ID token, and that the code is of this very browser (PKCE).
 *
 * @param answer address with which the browser came back
 * @param needed claims that are asked for separately where the ID token lacks one
 * @throws ProviderUnavailable, AnswerRefused
 */
export async function redeem(
  access: ProviderAccess,
  { state, nonce, codeVerifier }: PendingSignIn,
  answer: URL,
  needed: string[],
): Promise<Record<string, unknown> & { sub: string }> {
  const configuration = await discover(access)
  try {
    const tokens = await client.authorizationCodeGrant(configuration, answer, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: codeVerifier,
      idTokenExpected: true,
    })
    const claims = tokens.claims()
    if (!claims) throw new AnswerRefused('no ID token')
    const isComplete = [...needed, 'name'].every((name) => name in claims)
    if (isComplete || !configuration.serverMetadata().userinfo_endpoint) return { ...claims }
    const more = await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)
    return { ...more, ...claims }
  } catch (error) {
    throw isOutage(error)
      ? new ProviderUnavailable(`${access.issuer} did not answer as it should`, { cause: error })
      : new AnswerRefused('the answer does not fit', { cause: error })
  }
}

/** Whether a failure lies in reaching the provider, or in how it is set up with us. */
function isOutage(error: unknown): boolean {
  if (error instanceof client.ResponseBodyError)
    return error.status >= 500 || ['invalid_client', 'unauthorized_client'].includes(error.error)
  if (error instanceof client.ClientError)
    return [
      'OAUTH_TIMEOUT',
      'OAUTH_ABORT',
      'OAUTH_RESPONSE_IS_NOT_CONFORM',
      'OAUTH_RESPONSE_IS_NOT_JSON',
      'OAUTH_PARSE_ERROR',
    ].includes(error.code ?? '')
  // What `fetch` throws without a connection.
  return error instanceof TypeError && error.message === 'fetch failed'
}
