import { randomUUID } from 'node:crypto'
import { type IncomingMessage, type RequestListener, type Server, createServer } from 'node:http'
import proxyAddr from '@fastify/proxy-addr'
import type { ApiCall } from '@netzwerkdiakonie/api'

/** Pages as SvelteKit's adapter for Node serves them. */
export type Pages = typeof import('@netzwerkdiakonie/web/handler').handler

/** By this header the pages learn the address of whoever calls; what callers put there is replaced. */
export const addressHeader = 'x-client-address'

/** API and pages on one HTTP server. */
export interface Site {
  server: Server
  /** Gives the server to Fastify, which then answers the paths of the API. */
  serverFactory: (api: RequestListener) => Server
  /** Lets the pages reach the API in this process. */
  connect(api: ApiCall): void
}

// Slow clients must not hold connections forever. Keep-alive outlasts the 60 s that common
// proxies keep idle connections: else they would reuse one in the moment it is closed.
const timeouts = { headersTimeout: 15_000, requestTimeout: 60_000, keepAliveTimeout: 65_000 }

const apiPath = /^\/(graphql|live|ready|api)([/?]|$)/
/** Ids from outside end up in logs: only harmless ones are taken over. */
const harmlessId = /^[\w.:-]{8,100}$/

/**
 * Mounts both: the API on its paths, the pages everywhere else.
 *
 * @param trustedProxies how many proxies before this server name the address of their caller
 */
export function createSite(pages: Pages, trustedProxies: number): Site {
  let answerApi: RequestListener = (_request, response) => response.writeHead(503).end()
  let apiCall: ApiCall | undefined

  const server = createServer(timeouts, (request, response) => {
    response.setHeader('x-request-id', identify(request))
    if (apiPath.test(request.url ?? '/')) return answerApi(request, response)
    request.headers['x-forwarded-proto'] = protocolOf(request)
    // As the API does it: whatever stands further left is what anybody may claim.
    request.headers[addressHeader] = proxyAddr(request, (_, hop) => hop < trustedProxies)
    Object.assign(request, { api: apiCall })
    pages(request, response, (error) => {
      if (error) console.error(error)
      response.writeHead(error ? 500 : 404).end()
    })
  })
  return {
    server,
    serverFactory(api) {
      answerApi = api
      return server
    },
    connect: (api) => (apiCall = api),
  }
}

function identify(request: IncomingMessage): string {
  const given = request.headers['x-request-id']
  const id = typeof given === 'string' && harmlessId.test(given) ? given : randomUUID()
  return (request.headers['x-request-id'] = id)
}

/**
 * SvelteKit compares the origin of each form with this, and would assume https by itself.
 * With several proxies the first value is the one the browser used.
 */
function protocolOf(request: IncomingMessage): 'http' | 'https' {
  const forwarded = request.headers['x-forwarded-proto']?.toString().split(',')[0]?.trim()
  return forwarded === 'https' ? 'https' : 'http'
}
