import type { Context } from '#api/context.ts'
import { type Fault, UserFailure } from '#api/errors.ts'
import { viewerSettings } from '#database/viewer-context.ts'
import { hashPassword } from '#lib/password.ts'
import { hashToken, isDeviceSecret, newDeviceSecret } from '#lib/secret-token.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import { audit } from '#modules/identity/audit.ts'
import { hashCardCode, parseCardCode } from '#modules/identity/card-code.ts'
import { checkDisplayName } from '#modules/identity/card.service.ts'
import { deviceNameOf } from '#modules/identity/device-name.ts'
import { findAccessCard, redeemCard } from '#modules/identity/device.repository.ts'
import { findInstanceSecret } from '#modules/identity/identity.repository.ts'
import { pinFault, pinSecret } from '#modules/identity/pin.ts'
import { openSession } from '#modules/identity/session.service.ts'
import { networkOf, takeAttempt, tooManyAttempts } from '#modules/identity/throttle.ts'
import { type Viewer, visitor } from '#modules/identity/viewer.ts'

/** A card, and how the person will come in from now on. */
export interface RedemptionInput {
  code: string
  pin: string
  displayName?: string | null | undefined
  isSharedDevice?: boolean | null | undefined
  deviceSecret?: string | null | undefined
}

const codePath = ['input', 'code']
const mistyped: Fault = { code: 'CARD_CODE_MISTYPED', path: codePath }
const notValid = new UserFailure({ code: 'CARD_NOT_VALID', path: codePath })

/**
 * What a card says to the person who holds it; uses nothing up.
 *
 * @throws UserFailure CARD_CODE_MISTYPED, which is no attempt, or CARD_NOT_VALID
 */
// public: whoever holds a card has no account to sign in with yet
export async function checkAccessCard(
  context: Context,
  input: { code: string },
): Promise<{ displayName: string | null; organisationName: string }> {
  const code = parseCardCode(input.code)
  if (!code) throw new UserFailure(mistyped)
  const attempt = await takeCodeAttempt(context)
  const codeHash = await hashCardCode(code, await findInstanceSecret(context.pool))
  const card = await findAccessCard(context.pool, codeHash)
  if (!card) throw notValid
  await attempt.giveBack()
  return card
}

/**
 * Uses a card up: sets the person's PIN on this device and opens a session.
 *
 * @returns the secrets of the session and of the device, given once
 * @throws UserFailure for the code, the PIN or the name; unknown, expired, revoked and used cards
 *   answer alike
 */
// public: the card proves who the person is
export async function redeemAccessCard(
  context: Context,
  input: RedemptionInput,
): Promise<{ sessionToken: string; deviceSecret: string; viewer: Viewer }> {
  const code = parseCardCode(input.code)
  const faults = [code ? null : mistyped, pinFault(input.pin, ['input', 'pin'])]
  const found = faults.filter((fault) => fault !== null)
  if (!code || found.length > 0) throw new UserFailure(...found)
  const displayName =
    input.displayName == null ? '' : checkDisplayName(input.displayName, ['input', 'displayName'])

  const attempt = await takeCodeAttempt(context)
  const instanceSecret = await findInstanceSecret(context.pool)
  const deviceSecret = isDeviceSecret(input.deviceSecret) ? input.deviceSecret : newDeviceSecret()
  const redemption = {
    codeHash: await hashCardCode(code, instanceSecret),
    deviceHash: hashToken(deviceSecret),
    isShared: input.isSharedDevice ?? false,
    deviceName: deviceNameOf(context.userAgent, context.language),
    pinHash: await hashPassword(input.pin, pinSecret(instanceSecret, deviceSecret)),
    displayName,
  }
  // Whoever else is signed in here has no part in it.
  const em = context.em.fork({ clear: true })
  em.setSessionContext({ variables: viewerSettings(visitor) })
  const { accountId, isShared } = await unitOfWork(em, async (em) => {
    const redeemed = await redeemCard(em, redemption)
    if (!redeemed) throw notValid
    const { cardId, accountId, organisationId, isShared } = redeemed
    await audit(em, visitor, {
      organisationId,
      action: 'CARD_REDEEMED',
      subject: accountId,
      details: { card: cardId },
    })
    return { accountId, isShared }
  })
  await attempt.giveBack()
  const session = await openSession(context, { accountId, method: 'PIN', isSharedDevice: isShared })
  return { ...session, deviceSecret }
}

/** Wrong codes are rare: the check character catches slips of the finger before they get here. */
async function takeCodeAttempt(context: Context) {
  const attempt = await takeAttempt(context, {
    name: 'code of an access card',
    key: networkOf(context.clientAddress),
    limit: 5,
    perSeconds: 3600,
  })
  if (!attempt.allowed) throw tooManyAttempts(attempt, codePath)
  return attempt
}
