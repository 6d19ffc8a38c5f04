import { UserFailure } from '#api/errors.ts'
import { isUuid } from '#lib/uuid.ts'

/**
 * The id in the input of a mutation, if it could be a UUID that PostgreSQL gave.
 *
 * @throws UserFailure NOT_FOUND
 */
export function requireUuid(id: string): string {
  if (!isUuid(id)) throw notFound()
  return id
}

/** Nothing with this id exists for the caller. */
export function notFound(field = 'id'): UserFailure {
  return new UserFailure({ code: 'NOT_FOUND', path: ['input', field] })
}
