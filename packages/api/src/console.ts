import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { typeDefs } from '#api/schema.ts'

/**
 * Of the console for developers at `/api`. Its editor makes style elements at run time: those that
 * carry the nonce count. Nothing comes from another host.
 */
const contentSecurityPolicy = (nonce: string) =>
  [
    "default-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self' data:",
    "worker-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

/** Serves the built console. */
export async function serveConsole(app: FastifyInstance, folder: string): Promise<void> {
  const page = await readFile(`${folder}/index.html`, 'utf8')
  app.get('/api', (_, reply) => reply.redirect('/api/'))
  app.get('/api/', (_, reply) => {
    const nonce = randomBytes(16).toString('base64url')
    return reply
      .header('content-security-policy', contentSecurityPolicy(nonce))
      .header('cache-control', 'no-store')
      .header('x-content-type-options', 'nosniff')
      .type('text/html; charset=utf-8')
      .send(page.replace('%nonce%', nonce))
  })
  app.get('/api/schema.graphql', (_, reply) =>
    reply.type('text/plain; charset=utf-8').send(typeDefs),
  )
  await app.register(fastifyStatic, { root: folder, prefix: '/api/', index: false })
}
