import type { SqlEntityManager } from '@mikro-orm/postgresql'
import type { Pool } from 'pg'
import sql from 'sql-template-tag'
import { read, type ReadContext } from '#database/read.ts'
import { visitor } from '#modules/identity/viewer.ts'

/** A person who has a PIN on a device. */
export interface DeviceAccountRow {
  bindingId: string
  displayName: string
  isLocked: boolean
}

/** A device on which the viewer has a PIN. */
export interface DeviceWithPinRow {
  bindingId: string
  name: string
  isShared: boolean
  isLocked: boolean
  boundOn: string
}

/** A PIN to compare, of which an attempt was just taken. */
export interface PinAttempt {
  accountId: string
  organisationId: string
  pinHash: string
  isShared: boolean
  /** Wrong PINs in a row, this attempt among them. */
  failedPins: number
}

/** What is needed to use a card up. */
export interface Redemption {
  codeHash: Buffer
  deviceHash: Buffer
  isShared: boolean
  deviceName: string
  pinHash: string
  /** Empty for the name that the account has. */
  displayName: string
}

/** A card that was just used up. */
export interface RedeemedCard {
  cardId: string
  accountId: string
  organisationId: string
  /** Whether others use the device, too, by what this person or somebody before said. */
  isShared: boolean
}

/** The card with this hash, if it can be redeemed now. */
export async function findAccessCard(
  pool: Pool,
  codeHash: Buffer,
): Promise<{ displayName: string | null; organisationName: string } | null> {
  const [card] = await read<{ displayName: string | null; organisationName: string }>(
    { pool, viewer: visitor },
    sql`select display_name as "displayName", organisation_name as "organisationName"
      from find_access_card(${codeHash})`,
  )
  return card ?? null
}

/** Uses a card up and binds the device; null if no such card can be redeemed. */
export async function redeemCard(
  em: SqlEntityManager,
  { codeHash, deviceHash, isShared, deviceName, pinHash, displayName }: Redemption,
): Promise<RedeemedCard | null> {
  const [redeemed] = await em.execute<RedeemedCard[]>(
    `select card_id as "cardId", account_id as "accountId", organisation_id as "organisationId",
       is_shared as "isShared"
     from redeem_access_card(?, ?, ?, ?, ?, ?)`,
    [codeHash, deviceHash, isShared, deviceName, pinHash, displayName],
  )
  return redeemed ?? null
}

/** The people with a PIN on the device whose secret has this hash, by name. */
export function findDeviceAccounts(pool: Pool, deviceHash: Buffer): Promise<DeviceAccountRow[]> {
  return read(
    { pool, viewer: visitor },
    sql`select binding_id as "bindingId", name as "displayName", is_locked as "isLocked"
      from find_device_accounts(${deviceHash})`,
  )
}

/** Whether several people have said that they use the device whose secret has this hash. */
export async function isDeviceShared(pool: Pool, deviceHash: Buffer): Promise<boolean> {
  const [device] = await read<{ isShared: boolean }>(
    { pool, viewer: visitor },
    sql`select is_shared_device(${deviceHash}) as "isShared"`,
  )
  return device?.isShared === true
}

/** Devices on which the viewer has a PIN, newest first. */
export function findDevicesWithPin(context: ReadContext): Promise<DeviceWithPinRow[]> {
  return read(
    context,
    sql`select device_binding.id as "bindingId", device.name, device.is_shared as "isShared",
        device_binding.failed_pins = 5 as "isLocked", device_binding.bound_on::text as "boundOn"
      from device_binding join device on device.id = device_binding.device_id
      where device_binding.account_id = ${context.viewer.actorId}
      order by device_binding.bound_on desc, device_binding.id`,
  )
}

/** Takes an attempt before the PIN is compared; null if there is none left or nobody has a PIN there. */
export async function takePinAttempt(
  em: SqlEntityManager,
  bindingId: string,
  deviceHash: Buffer,
): Promise<PinAttempt | null> {
  const [attempt] = await em.execute<PinAttempt[]>(
    `select account_id as "accountId", organisation_id as "organisationId", pin_hash as "pinHash",
       is_shared as "isShared", failed_pins as "failedPins"
     from take_pin_attempt(?, ?)`,
    [bindingId, deviceHash],
  )
  return attempt ?? null
}

/** After the right PIN: five attempts are left again. */
export async function resetPinAttempts(
  em: SqlEntityManager,
  bindingId: string,
  deviceHash: Buffer,
): Promise<void> {
  await em.execute('select reset_pin_attempts(?, ?)', [bindingId, deviceHash])
}
