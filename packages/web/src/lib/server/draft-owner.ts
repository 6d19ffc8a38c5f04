import { createHash } from 'node:crypto'
import type { RequestEvent } from '@sveltejs/kit'
import { isMarkedShared, sessionOf } from './session-cookie.ts'

/**
 * To whom the texts belong that this browser keeps, where several people use it: this session, or
 * nobody. Undefined on devices of one person, where a text outlives the session.
 */
export function draftOwnerOf(event: RequestEvent): string | undefined {
  if (!isMarkedShared(event)) return undefined
  const session = sessionOf(event)
  return session ? createHash('sha256').update(session).digest('base64url').slice(0, 12) : 'nobody'
}
