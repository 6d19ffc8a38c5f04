import type { Pool } from 'pg'
import sql from 'sql-template-tag'
import type { Context } from '#api/context.ts'
import { read } from '#database/read.ts'
import { visitor } from '#modules/identity/viewer.ts'

/** A passkey as its owner sees it. */
export interface PasskeyRow {
  id: string
  name: string
  createdOn: string
  isSynced: boolean
}

/** What checking an answer needs to know of a passkey. */
export interface PresentedPasskey {
  passkeyId: string
  accountId: string
  publicKey: Buffer
  /** Counts to 2³² − 1. */
  signCount: number
  relyingPartyId: string
}

/** The passkey behind a presented credential id, or null. */
export async function findPasskey(
  pool: Pool,
  credentialId: Buffer,
): Promise<PresentedPasskey | null> {
  const [found] = await read<Omit<PresentedPasskey, 'signCount'> & { signCount: string }>(
    { pool, viewer: visitor },
    sql`select passkey_id as "passkeyId", account_id as "accountId", public_key as "publicKey",
      sign_count as "signCount", relying_party_id as "relyingPartyId"
    from find_passkey(${credentialId})`,
  )
  return found ? { ...found, signCount: Number(found.signCount) } : null
}

/** The viewer's own passkeys, the newest first. */
export function findOwnPasskeys(context: Context): Promise<PasskeyRow[]> {
  return read(
    context,
    sql`select id, name, created_on::text as "createdOn", is_synced as "isSynced"
      from passkey order by created_on desc, name, id`,
  )
}

/** Credentials that the viewer has for a host already. */
export function findOwnCredentials(
  context: Context,
  relyingPartyId: string,
): Promise<{ credentialId: Buffer; transports: string[] }[]> {
  return read(
    context,
    sql`select credential_id as "credentialId", transports from passkey
      where relying_party_id = ${relyingPartyId}`,
  )
}
