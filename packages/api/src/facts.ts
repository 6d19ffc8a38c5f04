import type { FastifyRequest } from 'fastify'
import type { RequestFacts } from '#api/context.ts'

/**
 * What a request brings, read from its headers.
 *
 * @param publicOrigin where the operator has named it, scheme and host of the product
 */
export function factsOf(
  { headers, ip }: FastifyRequest,
  publicOrigin: string | undefined,
): RequestFacts {
  const key = headers['idempotency-key']
  const cookie = (name: string) =>
    cookieOf(headers.cookie ?? '', name, isHttps(headers['x-forwarded-proto']))
  return {
    authorization: headers.authorization,
    sessionToken: cookie('session'),
    deviceToken: cookie('known'),
    origin: publicOrigin ?? originOf(headers),
    deviceSecret: cookie('device'),
    acceptLanguage: headers['accept-language'],
    idempotencyKey: Array.isArray(key) ? key[0] : key,
    userAgent: headers['user-agent'],
    clientAddress: ip,
  }
}

/**
 * A cookie that browsers let nobody but this host set, by its prefix. On plain http, where the product
 * is only tried out, there are no such cookies; behind https one without the prefix is ignored, as a
 * neighbouring host could have set it.
 */
function cookieOf(header: string, name: string, isHttps: boolean): string | undefined {
  // No `\s`: it takes in characters that browsers accept before a name and do not see a prefix behind.
  const valueOf = (full: string) =>
    new RegExp(`(?:^|;)[ \\t]*${full}=([\\w.-]+)[ \\t]*(?:;|$)`).exec(header)?.[1]
  return valueOf(`__Host-${name}`) ?? (isHttps ? undefined : valueOf(name))
}

/**
 * Scheme and host as the browser used them. Nobody gains by forging them: a passkey answers only to
 * the host that its browser shows, which the browser writes into each answer itself.
 */
function originOf({ host, 'x-forwarded-proto': forwarded }: FastifyRequest['headers']): string {
  const scheme = isHttps(forwarded) ? 'https' : 'http'
  return URL.parse(`${scheme}://${host}`)?.origin ?? 'http://localhost'
}

/** With several proxies the first value is the one that the browser used. */
function isHttps(forwarded: string | string[] | undefined): boolean {
  return forwarded?.toString().split(',')[0]?.trim() === 'https'
}
