import { UserFailure } from '#api/errors.ts'
import type { Context } from '#api/context.ts'
import { createSeal } from '#lib/seal.ts'
import { hashToken } from '#lib/secret-token.ts'

/** What a challenge is for: an answer to one counts for nothing else. */
export type ChallengePurpose = 'PASSKEY_REGISTRATION' | 'PASSKEY_SIGN_IN' | 'SINGLE_SIGN_ON'

/** How long an answer may take, in milliseconds: somebody may have to look for a key or a phone. */
const lifetimes: Record<ChallengePurpose, number> = {
  PASSKEY_REGISTRATION: 5 * 60_000,
  PASSKEY_SIGN_IN: 5 * 60_000,
  SINGLE_SIGN_ON: 10 * 60_000,
}

/** Seals what we need to know again when the answer comes, for the browser to carry meanwhile. */
export function sealChallenge(
  context: Context,
  purpose: ChallengePurpose,
  facts: Record<string, string | null>,
): string {
  const until = Date.now() + lifetimes[purpose]
  return sealOf(context, purpose).close(JSON.stringify({ ...facts, until }))
}

/**
 * Opens what `sealChallenge` sealed. It is spent by that, whatever becomes of the answer.
 *
 * @throws UserFailure CHALLENGE_EXPIRED if it is not ours, too old, or was spent before
 */
export async function takeChallenge<Facts>(
  context: Context,
  purpose: ChallengePurpose,
  state: string,
): Promise<Facts> {
  const expired = new UserFailure({ code: 'CHALLENGE_EXPIRED' })
  const text = sealOf(context, purpose).open(state)
  if (text === null) throw expired
  const { until, ...facts } = JSON.parse(text) as { until: number }
  if (until < Date.now()) throw expired
  // Of the content, not of what was sent: Base64 spells the same bytes in several ways. Outside any
  // transaction, so that it stays spent.
  const [spent] = await context.em
    .fork({ clear: true })
    .execute<{ first: boolean }[]>('select spend_challenge(?, ?) as first', [
      hashToken(`${purpose} ${text}`),
      new Date(until),
    ])
  if (!spent?.first) throw expired
  return facts as Facts
}

function sealOf({ keyFor }: Context, purpose: ChallengePurpose) {
  return createSeal(keyFor(`challenge ${purpose}`))
}
