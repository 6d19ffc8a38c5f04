import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { createServer } from 'node:http'
import { clientCredentials, close, listen } from './provider.ts'

/** What a provider that does wrong says instead of what it should. */
export interface Forgery {
  /** Claims of the ID token; those set to undefined are missing. */
  claims?: Record<string, unknown>
  /** In the discovery document. */
  issuer?: string
  /** Signs with a key that it does not publish. */
  hasWrongKey?: boolean
  /** Leaves the signature out. */
  isUnsigned?: boolean
  /** Instead of an answer, for any path that fits. */
  breaks?: { path: RegExp; status?: number; body?: string; delay?: number }
}

/** A provider of which each answer can be set. */
export async function startForgingProvider() {
  const keys = [1, 2].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }))
  const forgery: Forgery = {}
  let asked = 0
  let codeChallenge = ''
  let nonce = ''
  const server = createServer()
  const issuer = await listen(server)

  const idToken = () => {
    const now = Math.floor(Date.now() / 1000)
    const header = { alg: forgery.isUnsigned ? 'none' : 'RS256', kid: 'one' }
    const claims = {
      iss: issuer,
      aud: clientCredentials.clientId,
      sub: 'eva',
      iat: now,
      exp: now + 60,
      nonce,
      ...forgery.claims,
    }
    const text = [header, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.')
    const key = keys[forgery.hasWrongKey ? 1 : 0]!.privateKey
    const signature = forgery.isUnsigned ? '' : sign('sha256', Buffer.from(text), key)
    return `${text}.${signature.toString('base64url')}`
  }

  const answers: Record<string, (body: URLSearchParams) => object> = {
    '/.well-known/openid-configuration': () => ({
      issuer: forgery.issuer ?? issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      response_types_supported: ['code'],
      authorization_response_iss_parameter_supported: true,
    }),
    '/keys': () => ({
      keys: [{ ...keys[0]!.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256' }],
    }),
    '/token': (body) => {
      const verifier = body.get('code_verifier') ?? ''
      const isOurs = createHash('sha256').update(verifier).digest('base64url') === codeChallenge
      if (!isOurs) return { error: 'invalid_grant' }
      return { access_token: 'x', token_type: 'bearer', id_token: idToken() }
    },
  }

  server.on('request', async (request, response) => {
    asked++
    const path = request.url ?? ''
    const { breaks } = forgery
    if (breaks?.path.test(path)) {
      if (breaks.delay) await new Promise((resolve) => setTimeout(resolve, breaks.delay))
      response.writeHead(breaks.status ?? 200, { 'content-type': 'application/json' })
      return response.end(breaks.body ?? '')
    }
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = answers[path]?.(new URLSearchParams(Buffer.concat(chunks).toString()))
    const status = body ? ('error' in body ? 400 : 200) : 404
    response.writeHead(status, { 'content-type': 'application/json' })
    return response.end(JSON.stringify(body ?? {}))
  })

  return {
    issuer,
    forgery,
    asked: () => asked,
    close: () => close(server),
    /** Signs Eva in and gives the query that sends the browser back. */
    approve(location: string): string {
      const { searchParams } = new URL(location)
      codeChallenge = searchParams.get('code_challenge') ?? ''
      nonce = searchParams.get('nonce') ?? ''
      return new URLSearchParams({
        code: 'code',
        state: searchParams.get('state') ?? '',
        iss: issuer,
      }).toString()
    },
  }
}
