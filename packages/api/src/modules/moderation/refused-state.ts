import { DriverException } from '@mikro-orm/core'
import { UserFailure } from '#api/errors.ts'

/** What the triggers of moderation raise where somebody else was faster, or went past the services. */
const refusal = 'ND409'

/** The failure to tell the caller for an error of the database; other errors stay what they are. */
export function refusedState(error: unknown, field: string): unknown {
  if (error instanceof DriverException && error.code === refusal)
    return new UserFailure({ code: 'WRONG_STATE', path: ['input', field] })
  return error
}
