import { randomUUID } from 'node:crypto'
import { unwrapResolverError } from '@apollo/server/errors'
import type { FastifyBaseLogger } from 'fastify'
import type { GraphQLFormattedError } from 'graphql'
import type { TopLevelCode } from '#api/errors.ts'

/** Codes whose messages are written for callers, by us or by GraphQL itself. */
const forCallers = new Set<unknown>([
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'FORBIDDEN_SCOPE',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'LIMIT_EXCEEDED',
  'UNAUTHENTICATED',
] satisfies TopLevelCode[])

/** Codes of Apollo's that mean the same as one of ours. */
const sameAs: Record<string, TopLevelCode> = {
  OPERATION_RESOLUTION_FAILURE: 'BAD_REQUEST',
  PERSISTED_QUERY_NOT_FOUND: 'BAD_REQUEST',
  PERSISTED_QUERY_NOT_SUPPORTED: 'BAD_REQUEST',
}

/** What a caller is told of a fault of ours: nothing but a number that the log has, too. */
export function reportInternalError(log: FastifyBaseLogger, error: unknown) {
  const reference = randomUUID()
  log.error({ err: error, reference }, 'internal error')
  return {
    message: `Something went wrong on our side. Please try again; if it stays, tell the operator this number: ${reference}`,
    extensions: { code: 'INTERNAL' satisfies TopLevelCode, reference },
  }
}

/** Lets errors for callers through and replaces all others, so that nothing of our insides gets out. */
export function createErrorFormatter(log: FastifyBaseLogger) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const given = String(formatted.extensions?.['code'])
    const code = sameAs[given] ?? given
    const place = {
      ...(formatted.locations && { locations: formatted.locations }),
      ...(formatted.path && { path: formatted.path }),
    }
    const cause = unwrapResolverError(error)
    if (holdsNul(cause))
      return {
        message: 'A text holds the character U+0000, which cannot be stored or searched for.',
        ...place,
        extensions: { code: 'BAD_USER_INPUT' satisfies TopLevelCode },
      }
    if (!forCallers.has(code)) return { ...reportInternalError(log, cause), ...place }
    const message = formatted.message.replace(/^Context creation failed: /, '')
    return { message, ...place, extensions: { code } }
  }
}

/** Whether PostgreSQL refused a text for the one character that it has no place for. */
function holdsNul(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '22021'
}
