import { messageFor, type MessageLanguage, UserFailure } from '#api/errors.ts'
import type { UserError } from '#api/__generated__/resolvers.ts'

/**
 * Runs a mutation and gives its payload: what it made, or what the caller can mend. Anything else
 * that is thrown is a top-level error.
 */
export async function payload<Success extends object>(
  { language }: { language: MessageLanguage },
  run: () => Promise<Success>,
): Promise<Partial<Success> & { userErrors: UserError[] }> {
  try {
    return { ...(await run()), userErrors: [] }
  } catch (error) {
    if (!(error instanceof UserFailure)) throw error
    return { userErrors: userErrorsOf(error, language) } as Partial<Success> & {
      userErrors: UserError[]
    }
  }
}

/** What the caller can mend, in the caller's language. */
export function userErrorsOf(failure: UserFailure, language: MessageLanguage): UserError[] {
  return failure.faults.map((fault) => ({
    code: fault.code,
    message: messageFor(fault, language),
    path: fault.path ?? null,
  }))
}
