import { createHash } from 'node:crypto'
import { limits } from '@netzwerkdiakonie/schema'
import type { AccessCardRow, IssueAccessCardsInput } from '#api/__generated__/resolvers.ts'
import { type Fault, UserFailure } from '#api/errors.ts'
import type { Context } from '#api/context.ts'
import { uuidOf } from '#lib/global-id.ts'
import { createOnce } from '#lib/idempotency/create-once.ts'
import { InputCheck } from '#modules/entry/input.ts'
import { type Role, roles } from '#modules/identity/role-assignment.entity.ts'
import type { Viewer } from '#modules/identity/viewer.ts'
import {
  checkMember,
  insertMember,
  type MemberWithCard,
  nameKey,
  type NewMember,
  renewOpenCards,
  takenNames,
} from '#modules/team/access.service.ts'
import { authorizeManager, canManageRole } from '#modules/team/team.policy.ts'
import { lockTeam } from '#modules/team/team.repository.ts'

/** What became of a row: a member with a card, or why not. */
export type RowOutcome = MemberWithCard | { failure: UserFailure }

/**
 * Adds many people at once. Good rows go through together, in one transaction; each of the others
 * says what is wrong with it.
 *
 * @returns what became of each row, in their order
 * @throws UserFailure for what is wrong with the call as a whole
 */
export async function issueAccessCards(
  context: Context,
  input: IssueAccessCardsInput,
): Promise<RowOutcome[]> {
  const { viewer } = context
  const organisationId = uuidOf('Organisation', input.organisationId)
  authorizeManager(viewer, organisationId)
  const check = new InputCheck()
  const key = check.idempotencyKey(input.idempotencyKey)
  if (!key) check.fault('idempotencyKey', { code: 'REQUIRED' })
  if (input.rows.length === 0) check.fault('rows', { code: 'REQUIRED' })
  if (input.rows.length > limits.teamRows)
    check.fault('rows', { code: 'TOO_MANY', words: { limit: limits.teamRows } })
  check.done()
  const rows = refuseTwins(input.rows.map((row) => checkRow(viewer, organisationId, row)))
  const made = new Map<number, MemberWithCard>()
  const call = {
    actorId: viewer.actorId ?? '',
    organisationId,
    operation: 'issueAccessCards',
    input: { ...input },
    key,
  }
  let isFirst = false
  const batchId = await createOnce(context.em, call, async (em, id) => {
    isFirst = true
    made.clear()
    await lockTeam(em, organisationId)
    const taken = await takenNames(em, organisationId)
    await inTwoLanes(rows.entries(), async ([index, row]) => {
      if (row instanceof UserFailure || taken.has(nameKey(row))) return
      const memberId = memberIdIn(id, index)
      const card = await insertMember(em, viewer, organisationId, memberId, row)
      made.set(index, { memberId, card })
    })
  })
  if (!isFirst) {
    const indices = new Map(rows.map((_, index) => [memberIdIn(batchId, index), index]))
    for (const again of await renewOpenCards(context, organisationId, [...indices.keys()]))
      made.set(indices.get(again.memberId) ?? -1, again)
  }
  return rows.map((row, index) => {
    if (row instanceof UserFailure) return { failure: row }
    return made.get(index) ?? { failure: new UserFailure(nameTaken) }
  })
}

/**
 * Works on two at a time: hashing a code takes a core for a while, and two of Node's four threads
 * stay free for those who sign in meanwhile. Ends only when both lanes have, so that nothing runs on
 * after the transaction.
 */
async function inTwoLanes<Item>(
  queue: IterableIterator<Item>,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const lane = async () => {
    for (const item of queue) await work(item)
  }
  const lanes = await Promise.allSettled([lane(), lane()])
  const failed = lanes.find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
}

const nameTaken: Fault = { code: 'NAME_TAKEN', path: ['displayName'] }

/** A row as it will be stored, or all that is wrong with it. */
function checkRow(
  viewer: Viewer,
  organisationId: string,
  row: AccessCardRow,
): NewMember | UserFailure {
  const check = new InputCheck()
  const named = checkMember(check, { displayName: row.displayName, unit: row.unit ?? null })
  const role = roles.find((known) => known === row.role)
  if (!row.role.trim()) check.fault('role', { code: 'REQUIRED' })
  else if (!role) check.fault('role', { code: 'UNKNOWN_CODE', words: { value: row.role } })
  else if (!canManageRole(viewer, organisationId, role)) check.fault('role', { code: 'FORBIDDEN' })
  try {
    check.done()
  } catch (error) {
    if (!(error instanceof UserFailure)) throw error
    return new UserFailure(...error.faults.map(withinRow))
  }
  return { ...named, role: role as Role }
}

/** The path of a fault from the row on, instead of from the input. */
function withinRow(fault: Fault): Fault {
  return { ...fault, path: fault.path?.slice(1) ?? [] }
}

/** Of rows with the same name in the same unit the first counts. */
function refuseTwins(rows: (NewMember | UserFailure)[]): (NewMember | UserFailure)[] {
  const seen = new Set<string>()
  return rows.map((row) => {
    if (row instanceof UserFailure) return row
    const key = nameKey(row)
    if (seen.has(key)) return new UserFailure(nameTaken)
    seen.add(key)
    return row
  })
}

/**
 * The id of the member that a row of a call makes. It follows from the id of the call, which nobody
 * outside learns: so a repetition finds those whom the first call made.
 */
function memberIdIn(batchId: string, index: number): string {
  const bytes = createHash('sha256').update(`${batchId} ${index}`).digest().subarray(0, 16)
  // The bits that say: a random UUID.
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
