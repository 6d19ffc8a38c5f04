import { randomBytes } from 'node:crypto'
import type { RequestEvent } from '@sveltejs/kit'
import {
  DeviceAccountsDocument,
  type DeviceAccountsQuery,
  RedeemAccessCardDocument,
  type RedeemAccessCardMutationVariables,
  SignInWithPinDocument,
} from '#lib/__generated__/graphql.ts'
import { describeFailure } from '#lib/errors.ts'
import { api } from './api.ts'
import { fieldErrors, type FieldErrors } from './form.ts'
import { viewerOf } from './session.ts'
import { deviceSecretOf, keepDeviceSecret, keepSession, markShared } from './session-cookie.ts'

/** Somebody who has a PIN on this device. */
export type DeviceAccount = DeviceAccountsQuery['deviceAccounts'][number]

/** The people who have a PIN on this device; nobody, too, while the API is away. */
export async function deviceAccounts(event: RequestEvent): Promise<DeviceAccount[]> {
  const deviceSecret = deviceSecretOf(event)
  if (!deviceSecret) return []
  const { data } = await api(event).attempt(DeviceAccountsDocument, { deviceSecret })
  return data?.deviceAccounts ?? []
}

/**
 * Signs in a person with a PIN on this device and keeps the session in a cookie.
 * Returns what was wrong by field (`pin`, or '' for the whole), or null.
 */
export async function signInWithPin(
  event: RequestEvent,
  { bindingId, pin }: { bindingId: string; pin: string },
): Promise<FieldErrors | null> {
  const { data, failure } = await api(event).attempt(SignInWithPinDocument, {
    input: { bindingId, pin, deviceSecret: deviceSecretOf(event) ?? '' },
  })
  if (failure) return { '': failure.message }
  const { sessionToken, viewer, userErrors } = data.signInWithPin
  if (userErrors.length > 0) return fieldErrors(userErrors)
  if (!sessionToken) return { '': describeFailure('INTERNAL').message }
  keepSession(event, sessionToken)
  markShared(event, viewer?.isOnSharedDevice ?? false)
  event.locals.viewer = viewerOf(event)
  return null
}

/** What a person chose with a card in hand. */
export type Redemption = Omit<RedeemAccessCardMutationVariables['input'], 'deviceSecret'>

/**
 * Makes sure that the device has its secret before a card is redeemed on it: if the answer gets lost,
 * the PIN counts here all the same.
 */
export function prepareDevice(event: RequestEvent): void {
  if (!deviceSecretOf(event)) keepDeviceSecret(event, randomBytes(32).toString('base64url'))
}

/**
 * Uses a card up and keeps session and device in cookies.
 * Returns what was wrong by field, or null.
 */
export async function redeemCard(
  event: RequestEvent,
  redemption: Redemption,
): Promise<FieldErrors | null> {
  const { data, failure } = await api(event).attempt(RedeemAccessCardDocument, {
    input: { ...redemption, deviceSecret: deviceSecretOf(event) ?? null },
  })
  if (failure) return { '': failure.message }
  const { sessionToken, deviceSecret, viewer, userErrors } = data.redeemAccessCard
  if (userErrors.length > 0) return fieldErrors(userErrors)
  if (!sessionToken || !deviceSecret) return { '': describeFailure('INTERNAL').message }
  keepDeviceSecret(event, deviceSecret)
  keepSession(event, sessionToken)
  markShared(event, viewer?.isOnSharedDevice ?? false)
  event.locals.viewer = viewerOf(event)
  return null
}
