import type { SqlEntityManager } from '@mikro-orm/postgresql'
import { cardDays, limits } from '@netzwerkdiakonie/schema'
import { UserFailure } from '#api/errors.ts'
import { audit } from '#modules/identity/audit.ts'
import { authorize } from '#modules/identity/authorize.ts'
import {
  formatCardCode,
  hashCardCode,
  newCardCode,
  parseCardCode,
} from '#modules/identity/card-code.ts'
import type { Viewer } from '#modules/identity/viewer.ts'

/** For whom a card is. */
export interface CardRequest {
  accountId: string
  /** Where the person has a role and the viewer manages. */
  organisationId: string
  /** A device is lost: all devices of the person and what is signed in there end at once. */
  endsEarlierDevices?: boolean
}

/**
 * Makes an account for a person who will come in with a card. Give it a role in the same
 * transaction: without one it can do nothing, and nobody sees it.
 *
 * @returns the UUID of the account
 * @throws UserFailure REQUIRED or TOO_LONG for the name
 */
// public: row security lets only people make accounts who manage an organisation
export async function createAccount(
  em: SqlEntityManager,
  { displayName }: { displayName: string },
): Promise<string> {
  const id = crypto.randomUUID()
  await em.execute('insert into account (id, display_name) values (?, ?)', [
    id,
    checkDisplayName(displayName, ['input', 'displayName']),
  ])
  return id
}

/**
 * The name that colleagues see, without blanks around it.
 *
 * @throws UserFailure REQUIRED or TOO_LONG
 */
// public: it only looks at a text
export function checkDisplayName(displayName: string, path: string[]): string {
  const trimmed = displayName.trim().replaceAll(/\s+/g, ' ')
  if (!trimmed) throw new UserFailure({ code: 'REQUIRED', path })
  if (trimmed.length > limits.displayName)
    throw new UserFailure({ code: 'TOO_LONG', path, words: { limit: limits.displayName } })
  return trimmed
}

/**
 * Issues a card; cards of the same person and organisation that nobody has used yet become void.
 *
 * @param em of the transaction in which the account and its role are made or changed
 * @returns the code, given once, and the last day on which it opens anything
 * @throws UserFailure FORBIDDEN unless the viewer manages every organisation in which the person
 *   has a role, and this one among them
 */
export async function createAccessCard(
  em: SqlEntityManager,
  viewer: Viewer,
  { accountId, organisationId, endsEarlierDevices = false }: CardRequest,
): Promise<{ code: string; expiresOn: string }> {
  const [permission] = await em.execute<{ isAllowed: boolean; secret: Buffer }[]>(
    `select viewer_may_issue_card(?, ?) as "isAllowed", find_instance_secret() as secret`,
    [accountId, organisationId],
  )
  authorize(permission?.isAllowed === true)
  await em.execute(
    `update access_card set revoked_on = current_date
     where account_id = ? and organisation_id = ? and redeemed_on is null and revoked_on is null`,
    [accountId, organisationId],
  )
  const id = crypto.randomUUID()
  const code = newCardCode()
  const [card] = await em.execute<{ expiresOn: string }[]>(
    `insert into access_card (id, account_id, organisation_id, code_hash, expires_on)
     values (?, ?, ?, ?, current_date + ?::int) returning expires_on::text as "expiresOn"`,
    [id, accountId, organisationId, await hashCardCode(code, permission.secret), cardDays],
  )
  if (!card) throw new Error('The card was not written')
  if (endsEarlierDevices)
    await em.execute('select revoke_devices(?, ?)', [accountId, organisationId])
  await audit(em, viewer, {
    organisationId,
    action: 'CARD_ISSUED',
    subject: accountId,
    details: { card: id, endsEarlierDevices },
  })
  return { code: formatCardCode(code), expiresOn: card.expiresOn }
}

/**
 * What is stored of a code that somebody typed; null for what cannot be a code.
 *
 * @param em to read the secret of the instance with
 */
// public: it tells nothing of the cards that there are
export async function hashPresentedCard(
  em: SqlEntityManager,
  typed: string,
): Promise<Buffer | null> {
  const code = parseCardCode(typed)
  if (!code) return null
  const [instance] = await em.execute<{ secret: Buffer }[]>(
    'select find_instance_secret() as secret',
  )
  return instance ? hashCardCode(code, instance.secret) : null
}
