import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { KeyedHash } from '#lib/keyed-hash.ts'

/**
 * A device on which somebody signed in keeps a token: a random number, and for each user name that
 * was right there a tag that only we can make. It opens nothing and names nobody; but guesses from
 * elsewhere cannot use up the attempts of the people who have one (OWASP, „device cookies“).
 */
const tokenPattern = /^[\w-]{22}(\.[\w-]{22}){1,10}$/

/** How many people one device remembers; on a shared tablet the oldest goes first. */
const peopleLimit = 10

interface DeviceContext {
  keyedHash: KeyedHash
  /** What the device showed of itself. */
  deviceToken: string | null
}

/** What stands for this device if somebody signed in on it by this user name before, else null. */
export function knownDeviceOf(context: DeviceContext, userName: string): string | null {
  const parts = partsOf(context.deviceToken)
  if (!parts) return null
  const expected = tagOf(context.keyedHash, parts.number, userName)
  return parts.tags.some((tag) => timingSafeEqual(Buffer.from(tag), Buffer.from(expected)))
    ? parts.number
    : null
}

/** The token that the device keeps from now on: it knows this user name, and those that it knew. */
export function rememberDevice(context: DeviceContext, userName: string): string {
  const parts = partsOf(context.deviceToken)
  const number = parts?.number ?? randomBytes(16).toString('base64url')
  const tag = tagOf(context.keyedHash, number, userName)
  const others = (parts?.tags ?? []).filter((known) => known !== tag)
  return [number, tag, ...others].slice(0, peopleLimit + 1).join('.')
}

function partsOf(token: string | null): { number: string; tags: string[] } | null {
  if (!token || !tokenPattern.test(token)) return null
  const [number = '', ...tags] = token.split('.')
  return { number, tags }
}

function tagOf(keyedHash: KeyedHash, number: string, userName: string): string {
  return keyedHash('known device', `${number} ${userName}`).subarray(0, 16).toString('base64url')
}
