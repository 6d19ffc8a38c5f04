import { withOwner } from '#database/prepare.ts'
import { hashToken, newApiToken } from '#lib/secret-token.ts'
import { ApiToken, type Scope, scopes } from '#modules/identity/api-token.entity.ts'
import { Organisation } from '#modules/organisation/organisation.entity.ts'

/** A token is valid for so many days. */
const tokenDays = 365

/** The operator named something that does not exist; the message says what does. */
export class TokenError extends Error {}

/**
 * Creates a token for a member system. Only its hash is stored: the return value is the one time that
 * the token itself exists.
 *
 * @param request scopes in any case; reading is always among them
 * @throws TokenError for an unknown organisation or scope
 */
export async function createToken(request: {
  url: string
  organisation: string
  scopes: string[]
  name?: string
}): Promise<string> {
  const wanted = new Set<Scope>(['READ'])
  for (const name of request.scopes) {
    const scope = scopes.find((known) => known.toLowerCase() === name.trim().toLowerCase())
    if (!scope) throw new TokenError(`Es gibt keinen Bereich „${name}“. Möglich sind read und write.`)
    wanted.add(scope)
  }
  return withOwner(request.url, async (orm) => {
    const em = orm.em.fork()
    const organisation = await em.findOne(Organisation, { code: request.organisation })
    if (!organisation)
      throw new TokenError(`Es gibt keine Organisation mit dem Kürzel „${request.organisation}“.`)
    const token = newApiToken()
    em.create(ApiToken, {
      organisationId: organisation.id,
      name: request.name ?? 'Kommandozeile',
      tokenHash: hashToken(token),
      scopes: [...wanted],
      expiresAt: new Date(Date.now() + tokenDays * 86_400_000),
    })
    await em.flush()
    return token
  })
}
