import { createHash } from 'node:crypto'
import type { SqlEntityManager } from '@mikro-orm/postgresql'
import { idempotencyHours } from '@netzwerkdiakonie/schema'
import { UserFailure } from '#api/errors.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'

/** A call that makes an object. */
export interface CreatingCall {
  actorId: string
  /** For whom the actor acts: the same input for another organisation is another request. */
  organisationId: string
  operation: string
  input: Record<string, unknown>
  key: string | null
}

/**
 * Runs a change in a transaction, and only once for each actor and key within 24 hours: a repetition
 * gives what the first call made. Key and object are committed together, so that a crash in between
 * leaves neither; a concurrent repetition waits for the first.
 *
 * @param create makes the object under the UUID it is given
 * @returns the UUID of the object
 * @throws UserFailure IDEMPOTENCY_KEY_REUSED if the key came with another input before
 */
export async function createOnce(
  em: SqlEntityManager,
  { actorId, organisationId, operation, input, key }: CreatingCall,
  create: (em: SqlEntityManager, id: string) => Promise<void>,
): Promise<string> {
  return unitOfWork(em, async (em) => {
    const id = crypto.randomUUID()
    if (!key) {
      await create(em, id)
      return id
    }
    const sealed = sealWith(key)
    const storedKey = sealed.key
    const requestHash = hashRequest(`${operation} ${organisationId}`, input)
    await em.execute(
      `delete from idempotency_record
       where actor_id = ? and created_at < now() - interval '${idempotencyHours} hours'`,
      [actorId],
    )
    const [inserted] = await em.execute<{ result_id: string }[]>(
      `insert into idempotency_record (actor_id, key, request_hash, result_id)
       values (?, ?, ?, ?) on conflict do nothing returning result_id`,
      [actorId, storedKey, requestHash, sealed.mask(id)],
    )
    if (inserted) {
      await create(em, id)
      return id
    }
    const [first] = await em.execute<{ request_hash: Buffer; result_id: string }[]>(
      'select request_hash, result_id from idempotency_record where actor_id = ? and key = ?',
      [actorId, storedKey],
    )
    if (!first?.request_hash.equals(requestHash))
      throw new UserFailure({ code: 'IDEMPOTENCY_KEY_REUSED', path: ['input', 'idempotencyKey'] })
    return sealed.mask(first.result_id)
  })
}

/**
 * How a key and its result are stored: the key as a hash, the UUID under a mask that only the key
 * itself gives. The table alone does not tell who made what, which it must not for what is asked
 * without a name.
 */
function sealWith(key: string): { key: string; mask(uuid: string): string } {
  const digest = (purpose: string) => createHash('sha256').update(`${purpose} ${key}`).digest()
  const pad = digest('mask')
  return {
    key: digest('key').toString('base64url'),
    mask(uuid) {
      const bytes = Buffer.from(uuid.replaceAll('-', ''), 'hex').map((byte, at) => byte ^ pad[at]!)
      return Buffer.from(bytes)
        .toString('hex')
        .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    },
  }
}

function hashRequest(operation: string, input: Record<string, unknown>): Buffer {
  const sorted = Object.entries(input)
    .filter(([name, value]) => name !== 'idempotencyKey' && value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([operation, sorted]))
    .digest()
}
