import { randomUUID } from 'node:crypto'
import { ApolloServer } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled'
import { fastifyApolloHandler } from '@as-integrations/fastify'
import { MikroORM } from '@mikro-orm/postgresql'
import { requestLimits } from '@netzwerkdiakonie/schema'
import Fastify, { type FastifyInstance, type FastifyServerFactory } from 'fastify'
import type { GraphQLSchema } from 'graphql'
import type { Pool } from 'pg'
import sql from 'sql-template-tag'
import { serveConsole } from '#api/console.ts'
import { type Context, createContext, type Shared } from '#api/context.ts'
import { factsOf } from '#api/facts.ts'
import { startHousekeeping } from '#api/housekeeping.ts'
import { createErrorFormatter, reportInternalError } from '#api/error-format.ts'
import { createSchema } from '#api/schema.ts'
import { oneSecretAtATime, structuralLimits } from '#api/limits.ts'
import { databaseConfig } from '#database/mikro-orm.config.ts'
import { read } from '#database/read.ts'
import { assertSafeLogin } from '#database/safe-login.ts'
import { createCursors } from '#lib/cursor.ts'
import { createKeyedHash } from '#lib/keyed-hash.ts'
import { keyFor } from '#lib/seal.ts'
import { createSessionKeeper } from '#modules/identity/session-keeper.ts'
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
  /** Of whoever the pages call for. */
  clientAddress?: string,
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
  /** Scheme and host under which people reach the product, if it is not that of each request. */
  publicOrigin?: string
  logLevel?: string
  /** Serves another than the product's own contract: tests take rules out of it. */
  schema?: GraphQLSchema
  /** How many proxies before this server name the address of their caller truthfully; none by default. */
  trustedProxies?: number
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
    validationRules: [structuralLimits, oneSecretAtATime],
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
      context: (request) => createContext(shared, factsOf(request, options.publicOrigin)),
    }),
  })
  serveHealth(app, shared.pool)
  if (options.consoleFolder) await serveConsole(app, options.consoleFolder)
  const endHousekeeping = startHousekeeping(shared.pool, app.log)
  app.addHook('onClose', async () => {
    await endHousekeeping()
    await apollo.stop()
    await orm.close()
  })

  return {
    app,
    execute: async (request, headers, clientAddress) => {
      const response = await app.inject({
        method: 'POST',
        url: '/graphql',
        headers,
        payload: request,
        ...(clientAddress && { remoteAddress: clientAddress }),
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
    const { secret } = instance
    return {
      em: orm.em,
      pool,
      cursors: createCursors(secret),
      keyedHash: createKeyedHash(secret),
      keyFor: (purpose) => keyFor(secret, purpose),
      sessionKeeper: createSessionKeeper(pool),
    }
  } catch (error) {
    await orm.close()
    throw error
  }
}

function createApp({
  logLevel = 'info',
  serverFactory,
  trustedProxies = 0,
}: ApiOptions): FastifyInstance {
  const app = Fastify({
    logger: {
      level: logLevel,
      redact: ['req.headers.authorization', 'req.headers.cookie'],
      // Not from where: a log of who was here when must not come about by the way.
      serializers: { req: ({ method, url }) => ({ method, url }) },
    },
    bodyLimit: requestLimits.bodyBytes,
    // Whatever stands further left in x-forwarded-for is what anybody may claim.
    trustProxy: (_, hop) => hop < trustedProxies,
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
