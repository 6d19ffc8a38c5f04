import type { Pool } from 'pg'
import { UserFailure } from '#api/errors.ts'
import type { KeyedHash } from '#lib/keyed-hash.ts'

/** How often something may be tried in any span of time. */
export interface Budget {
  /** What is limited, such as `password of a user name`. */
  name: string
  /** Whose budget it is, such as the user name; stored as a keyed hash only. */
  key: string
  limit: number
  perSeconds: number
}

/** Whether an attempt may be made. */
export interface Attempt {
  allowed: boolean
  /** After how many seconds the next one may be made; 0 if this one may. */
  retryAfterSeconds: number
  /** For an attempt that turned out right, or was not made after all. */
  giveBack(): Promise<void>
}

/**
 * Takes one attempt out of a budget that all instances share. Ask before the secret is compared and
 * compare it only if `allowed`: attempts at the same moment are counted one after the other.
 *
 * It is committed at once, outside of any unit of work: what fails must count.
 */
export async function takeAttempt(
  { pool, keyedHash }: { pool: Pool; keyedHash: KeyedHash },
  { name, key, limit, perSeconds }: Budget,
): Promise<Attempt> {
  const hash = keyedHash(`attempts: ${name}`, key)
  const { rows } = await pool.query<{ seconds: number }>({
    name: 'take_attempt',
    text: 'select take_attempt($1, $2, $3) as seconds',
    values: [hash, limit, perSeconds],
  })
  const retryAfterSeconds = rows[0]?.seconds ?? perSeconds
  const allowed = retryAfterSeconds === 0
  return {
    allowed,
    retryAfterSeconds,
    giveBack: async () => {
      if (allowed)
        await pool.query({
          name: 'give_attempt_back',
          text: 'select give_attempt_back($1)',
          values: [hash],
        })
    },
  }
}

/** What to throw where an attempt is not allowed: when to try again, and what else to do. */
export function tooManyAttempts({ retryAfterSeconds }: Attempt, path?: string[]): UserFailure {
  // Coarse, so that it tells nothing about the attempts of others.
  const minutes = Math.ceil(retryAfterSeconds / 300) * 5
  return new UserFailure({
    code: 'TOO_MANY_ATTEMPTS',
    ...(path && { path }),
    words: { minutes },
  })
}

/**
 * The part of an address that stands for one customer of a network: IPv6 networks hand out 2^64
 * addresses to each.
 */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '').replace(/%.*$/, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.toLowerCase().split('::')
  const groups = head ? head.split(':') : []
  const after = tail ? tail.split(':') : []
  const gap = tail === undefined ? 0 : Math.max(0, 8 - groups.length - after.length)
  return [...groups, ...Array.from({ length: gap }, () => '0'), ...after]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}
