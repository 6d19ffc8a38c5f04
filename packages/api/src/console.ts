import { readFile } from 'node:fs/promises'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { typeDefs } from '#api/schema.ts'

/**
 * The console for developers at `/api`, and the contract as SDL beside it. Its editor makes style
 * elements at run time, hence the one relaxation; nothing comes from another host.
 */
const contentSecurityPolicy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "worker-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Serves the built console. */
export async function serveConsole(app: FastifyInstance, folder: string): Promise<void> {
  const page = await readFile(`${folder}/index.html`)
  app.get('/api', (_, reply) => reply.redirect('/api/'))
  app.get('/api/', (_, reply) =>
    reply
      .header('content-security-policy', contentSecurityPolicy)
      .header('x-content-type-options', 'nosniff')
      .type('text/html; charset=utf-8')
      .send(page),
  )
  app.get('/api/schema.graphql', (_, reply) =>
    reply.type('text/plain; charset=utf-8').send(typeDefs),
  )
  await app.register(fastifyStatic, { root: folder, prefix: '/api/', index: false })
}
