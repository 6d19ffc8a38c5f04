import { randomUUID } from 'node:crypto'
import { ApolloServer } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled'
import { fastifyApolloHandler } from '@as-integrations/fastify'
import { MikroORM } from '@mikro-orm/postgresql'
import { requestLimits } from '@netzwerkdiakonie/schema'
import Fastify, {
  type FastifyInstance,
  type FastifyRequest,
  type FastifyServerFactory,
} from 'fastify'
import type { GraphQLSchema } from 'graphql'
import type { Pool } from 'pg'
import sql from 'sql-template-tag'
import { serveConsole } from '#api/console.ts'
import { type Context, createContext, type Shared } from '#api/context.ts'
import { createErrorFormatter, reportInternalError } from '#api/error-format.ts'
import { structuralLimits } from '#api/limits.ts'
import { createSchema } from '#api/schema.ts'
import { databaseConfig } from '#database/mikro-orm.config.ts'
import { read } from '#database/read.ts'
import { assertSafeLogin } from '#database/safe-login.ts'
import { createCursors } from '#lib/cursor.ts'
import { visitor } from '#modules/identity/viewer.ts'
import { assertRegisterIsComplete } from '#modules/privacy/privacy.service.ts'

/** A GraphQL request from within the process, as the pages make it. */
export type ApiCall = (
  request: {
    query: string
    variables?: Record<string, unknown>
    operationName?: string
  },
  headers: Record<string, string>,
) => Promise<{ status: number; body: ApiResult }>

/** What a GraphQL request gives. */
export interface ApiResult {
  data?: unknown
  errors?: { message: string; extensions?: Record<string, unknown> }[]
}

/** The running API. */
export interface Api {
  app: FastifyInstance
  /** Calls `/graphql` through all layers but the network. */
  execute: ApiCall
  /** Lets running requests finish, then gives the connections back. */
  close(): Promise<void>
}

/** What the API is made of. */
export interface ApiOptions {
  /** Login of the app role. */
  appUrl: string
  /** Folder of the built console that is served at `/api`. */
  consoleFolder?: string
  /** For a server that serves pages beside the API. */
  serverFactory?: FastifyServerFactory
  logLevel?: string
  /** Serves another than the product's own contract: tests take rules out of it. */
  schema?: GraphQLSchema
}

/**
 * Builds the API; it listens only once somebody asks its `app` to.
 *
 * @throws UnsafeLoginError if the login could read past the row policies
 */
export async function createApi(options: ApiOptions): Promise<Api> {
  const orm = await MikroORM.init(databaseConfig(options.appUrl))
  const shared = await prepareShared(orm)
  const app = createApp(options)
  const apollo = new ApolloServer<Context>({
    schema: options.schema ?? createSchema(),
    csrfPrevention: true,
    introspection: true,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    formatError: createErrorFormatter(app.log),
    validationRules: [structuralLimits],
    validationOptions: { maxErrors: 10 },
    parseOptions: { maxTokens: requestLimits.tokens },
    persistedQueries: false,
    stopOnTerminationSignals: false,
    logger: app.log,
    plugins: [ApolloServerPluginCacheControlDisabled(), ApolloServerPluginLandingPageDisabled()],
  })
  await apollo.start()

  app.route({
    url: '/graphql',
    method: ['GET', 'POST', 'OPTIONS'],
    handler: fastifyApolloHandler(apollo, {
      context: (request) => createContext(shared, factsOf(request)),
    }),
  })
  serveHealth(app, shared.pool)
  if (options.consoleFolder) await serveConsole(app, options.consoleFolder)
  app.addHook('onClose', async () => {
    await apollo.stop()
    await orm.close()
  })

  return {
    app,
    execute: async (request, headers) => {
      const response = await app.inject({
        method: 'POST',
        url: '/graphql',
        headers,
        payload: request,
      })
      return { status: response.statusCode, body: response.json<ApiResult>() }
    },
    close: () => app.close(),
  }
}

async function prepareShared(orm: MikroORM): Promise<Shared> {
  try {
    await assertSafeLogin(orm)
    assertRegisterIsComplete([...orm.getMetadata()])
    const pool = await orm.em.getConnection().getNativeClient()
    const [instance] = await read<{ secret: Buffer }>(
      { pool, viewer: visitor },
      sql`select find_instance_secret() as secret`,
    )
    if (!instance) throw new Error('The database has not been prepared')
    return { em: orm.em, pool, cursors: createCursors(instance.secret) }
  } catch (error) {
    await orm.close()
    throw error
  }
}

function createApp({ logLevel = 'info', serverFactory }: ApiOptions): FastifyInstance {
  const app = Fastify({
    logger: { level: logLevel, redact: ['req.headers.authorization', 'req.headers.cookie'] },
    bodyLimit: requestLimits.bodyBytes,
    requestIdHeader: 'x-request-id',
    genReqId: () => randomUUID(),
    // Running requests finish; connections that only wait are closed.
    forceCloseConnections: 'idle',
    ...(serverFactory && { serverFactory }),
  })
  // A connection that stays open after its last response would keep the server from closing.
  let isClosing = false
  app.addHook('preClose', async () => {
    isClosing = true
  })
  app.addHook('onSend', async (_, reply) => {
    if (isClosing) void reply.header('connection', 'close')
  })
  // Malformed requests get JSON, like everything else here.
  app.setErrorHandler((error: { statusCode?: number; message: string }, request, reply) => {
    const status = error.statusCode ?? 500
    const body =
      status < 500
        ? { message: error.message, extensions: { code: 'BAD_REQUEST' } }
        : reportInternalError(request.log, error)
    return reply.code(status).send({ errors: [body] })
  })
  app.setNotFoundHandler((_, reply) =>
    reply.code(404).send({
      errors: [{ message: 'There is nothing here.', extensions: { code: 'BAD_REQUEST' } }],
    }),
  )
  return app
}

/** `/live`: the process answers. `/ready`: it also reaches its database. */
function serveHealth(app: FastifyInstance, pool: Pool): void {
  app.get('/live', { logLevel: 'warn' }, () => ({ status: 'live' }))
  app.get('/ready', { logLevel: 'warn' }, async (request, reply) => {
    try {
      await pool.query('select 1')
      return { status: 'ready' }
    } catch (error) {
      request.log.warn({ err: error }, 'database not reached')
      return reply.code(503).send({ status: 'database not reached' })
    }
  })
}

function factsOf({ headers }: FastifyRequest) {
  const key = headers['idempotency-key']
  return {
    authorization: headers.authorization,
    sessionToken: /(?:^|;\s*)session=([\w-]+)/.exec(headers.cookie ?? '')?.[1],
    acceptLanguage: headers['accept-language'],
    idempotencyKey: Array.isArray(key) ? key[0] : key,
  }
}
