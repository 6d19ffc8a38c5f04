import { UserFailure } from '#api/errors.ts'

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

/**
 * The id in the input of a mutation, if it could be a UUID that PostgreSQL gave.
 *
 * @throws UserFailure NOT_FOUND
 */
export function requireUuid(id: string): string {
  if (!uuid.test(id)) throw notFound()
  return id
}

/** Nothing with this id exists for the caller. */
export function notFound(field = 'id'): UserFailure {
  return new UserFailure({ code: 'NOT_FOUND', path: ['input', field] })
}
