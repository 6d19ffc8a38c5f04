import { UserFailure } from '#api/errors.ts'

/**
 * Goes on only if a policy said yes. The row is visible to the viewer at this point, so saying
 * “forbidden” reveals nothing.
 *
 * @throws UserFailure FORBIDDEN
 */
export function authorize(allowed: boolean): asserts allowed {
  if (!allowed) throw new UserFailure({ code: 'FORBIDDEN' })
}
