import { fail, redirect, type RequestEvent } from '@sveltejs/kit'
import type { MutationErrorsFragment } from '#lib/__generated__/graphql.ts'
import { href, pathOf } from '#lib/i18n.ts'
import { describeFailure } from '#lib/errors.ts'
import type { Outcome } from '#lib/server/api.ts'
import { setFlash } from '#lib/server/flash.ts'

/** Sends whoever is not signed in to the sign-in page, and from there back to where they were. */
export async function requireSession(event: RequestEvent, back = pathOf(event.url)): Promise<void> {
  if ((await event.locals.viewer()).kind !== 'VISITOR') return
  redirect(303, `${href('/anmelden')}?weiter=${encodeURIComponent(back)}`)
}

/** What an action without fields of its own shows when it could not be done. */
export interface Fault {
  fault: string
}

/**
 * Ends an action that was one press of a button: on success with a message on the next page,
 * else with the same page and what was wrong.
 */
export function finish<Data>(
  event: RequestEvent,
  outcome: Outcome<Data>,
  errorsOf: (data: Data) => readonly MutationErrorsFragment[],
  done: { flash: string; to?: string },
) {
  if (outcome.failure) {
    const { status, message } = outcome.failure
    return fail(status, { fault: message } satisfies Fault)
  }
  const [first] = errorsOf(outcome.data)
  if (first) return fail(422, { fault: first.message } satisfies Fault)
  setFlash(event, done.flash)
  redirect(303, done.to ?? pathOf(event.url))
}

/** The words for something that does not exist for the caller. */
export function notFoundWords(): string {
  return describeFailure('NOT_FOUND').message
}
