import type { Context } from '#api/context.ts'
import { unauthenticated, UserFailure } from '#api/errors.ts'
import { viewerSettings } from '#database/viewer-context.ts'
import { hashPassword, verifyPassword } from '#lib/password.ts'
import { hashToken } from '#lib/secret-token.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import { isUuid } from '#lib/uuid.ts'
import { audit } from '#modules/identity/audit.ts'
import {
  type DeviceAccountRow,
  type DeviceWithPinRow,
  findDeviceAccounts,
  findDevicesWithPin,
  type PinAttempt,
  resetPinAttempts,
  takePinAttempt,
} from '#modules/identity/device.repository.ts'
import { findInstanceSecret } from '#modules/identity/identity.repository.ts'
import { isPin, pinSecret, pinsUntilLocked } from '#modules/identity/pin.ts'
import { openSession } from '#modules/identity/session.service.ts'
import { networkOf, takeAttempt, tooManyAttempts } from '#modules/identity/throttle.ts'
import { type Viewer, visitor } from '#modules/identity/viewer.ts'

/** A person with a PIN on a device. */
export interface PinSignIn {
  bindingId: string
  pin: string
  deviceSecret: string
}

/** Compared against where nobody has a PIN, so that both cases take as long. */
const decoyHash = hashPassword('decoy')

const pinPath = ['input', 'pin']

/**
 * Opens a session with the PIN of a person on this device.
 *
 * @returns the secret of the session, and who is signed in
 * @throws UserFailure WRONG_PIN, the same for people without a PIN here; PIN_LOCKED from the fifth
 *   wrong one on
 */
// public: the PIN together with the device proves who the person is
export async function signInWithPin(
  context: Context,
  { bindingId, pin, deviceSecret }: PinSignIn,
): Promise<{ sessionToken: string; viewer: Viewer }> {
  if (!isPin(pin)) throw new UserFailure({ code: 'PIN_MALFORMED', path: pinPath })
  const deviceHash = hashToken(deviceSecret)
  const em = context.em.fork({ clear: true })
  em.setSessionContext({ variables: viewerSettings(visitor) })
  const budget = await takeAttempt(context, {
    name: 'PIN',
    key: networkOf(context.clientAddress),
    limit: 100,
    perSeconds: 3600,
  })
  if (!budget.allowed) throw tooManyAttempts(budget, pinPath)
  const attempt = isUuid(bindingId) ? await takePinAttempt(em, bindingId, deviceHash) : null
  const secret = pinSecret(await findInstanceSecret(context.pool), deviceSecret)
  const isRight = await verifyPassword(pin, attempt?.pinHash ?? (await decoyHash), secret)
  if (!attempt || !isRight) {
    const isLocked = attempt
      ? attempt.failedPins === pinsUntilLocked
      : await isLockedHere(context, bindingId, deviceHash)
    if (attempt && isLocked) await recordLock(em, attempt)
    throw new UserFailure({ code: isLocked ? 'PIN_LOCKED' : 'WRONG_PIN', path: pinPath })
  }
  await budget.giveBack()
  await resetPinAttempts(em, bindingId, deviceHash)
  const { accountId, isShared } = attempt
  return openSession(context, { accountId, method: 'PIN', isSharedDevice: isShared })
}

/** The people who have a PIN on a device; none for a secret that no device has. */
// public: the secret of the device is what it takes
export function listDeviceAccounts(
  { pool }: Context,
  deviceSecret: string,
): Promise<DeviceAccountRow[]> {
  return findDeviceAccounts(pool, hashToken(deviceSecret))
}

/** Devices on which the viewer has a PIN. */
// public: everybody sees their own alone
export async function listDevicesWithPin(context: Context): Promise<DeviceWithPinRow[]> {
  return context.viewer.caller === 'PERSON' ? findDevicesWithPin(context) : []
}

/**
 * Takes the viewer's own PIN off a device.
 *
 * @throws UserFailure NOT_FOUND unless it is one of the viewer's own
 */
// public: row security lets everybody delete their own alone
export async function forgetDevice(context: Context, bindingId: string): Promise<Viewer> {
  const { viewer } = context
  if (viewer.caller !== 'PERSON') throw unauthenticated()
  await unitOfWork(context.em, async (em) => {
    const binding = isUuid(bindingId)
      ? await em.execute<{ organisationId: string }[]>(
          `delete from device_binding where id = ? and account_id = ?
           returning organisation_id as "organisationId"`,
          [bindingId, viewer.actorId],
        )
      : []
    const [forgotten] = binding
    if (!forgotten) throw new UserFailure({ code: 'NOT_FOUND', path: ['input', 'bindingId'] })
    await audit(em, viewer, {
      organisationId: forgotten.organisationId,
      action: 'DEVICE_FORGOTTEN',
      subject: viewer.actorId,
    })
  })
  return viewer
}

async function isLockedHere({ pool }: Context, bindingId: string, deviceHash: Buffer) {
  const accounts = await findDeviceAccounts(pool, deviceHash)
  return accounts.some((account) => account.bindingId === bindingId && account.isLocked)
}

async function recordLock(em: Context['em'], { accountId, organisationId }: PinAttempt) {
  await unitOfWork(em, (em) =>
    audit(em, visitor, { organisationId, action: 'PIN_LOCKED', subject: accountId }),
  )
}
