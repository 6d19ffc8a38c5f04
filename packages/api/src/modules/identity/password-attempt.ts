import { limits } from '@netzwerkdiakonie/schema'
import type { Context } from '#api/context.ts'
import { UserFailure } from '#api/errors.ts'
import { hashPassword, verifyPassword } from '#lib/password.ts'
import { newSessionToken } from '#lib/secret-token.ts'
import { findPassword } from '#modules/identity/identity.repository.ts'
import { knownDeviceOf } from '#modules/identity/known-device.ts'
import { networkOf, takeAttempt, tooManyAttempts } from '#modules/identity/throttle.ts'

/** Compared against when there is nothing else, so that all cases take as long. Nobody knows its password. */
const decoyHash = hashPassword(newSessionToken())

const anHour = 3_600

/** Wrong passwords for one user name in any hour: from one known device, and from all other places. */
const forUserName = { limit: 10, perSeconds: anHour }

/** Wrong passwords from one network in any hour, over all user names; many colleagues may share it. */
const forNetwork = { limit: 100, perSeconds: anHour }

const wrongCredentials = () =>
  new UserFailure({ code: 'WRONG_CREDENTIALS', path: ['input', 'password'] })

/**
 * Finds the account that a user name and a password belong to. Wrong ones use up budgets: of the
 * user name, whether or not it exists, and of the network that they come from. A device on which the
 * person signed in before has a budget of its own, so that nobody can lock them out from elsewhere.
 *
 * @throws UserFailure WRONG_CREDENTIALS, the same for an unknown name and a wrong password
 * @throws UserFailure TOO_MANY_ATTEMPTS before anything is compared, alike for all names
 */
export async function provePassword(
  context: Context,
  userName: string,
  password: string,
): Promise<string> {
  if (userName.length > limits.userName || password.length > limits.password)
    throw wrongCredentials()
  const giveBack = await takeAttempts(context, userName)
  const account = await findPassword(context.pool, userName)
  const matches = await verifyPassword(password, account?.passwordHash ?? (await decoyHash))
  if (!account?.passwordHash || !matches) throw wrongCredentials()
  await giveBack()
  return account.accountId
}

/** Takes an attempt from all budgets that this one counts for; gives what gives them back. */
async function takeAttempts(context: Context, userName: string): Promise<() => Promise<void>> {
  const device = knownDeviceOf(context, userName)
  // Whoever shares the network with an attacker still gets in on their own device.
  if (device) {
    const key = `${device} ${userName}`
    const onDevice = await takeAttempt(context, {
      name: 'password on a known device',
      key,
      ...forUserName,
    })
    if (!onDevice.allowed) throw tooManyAttempts(onDevice)
    return onDevice.giveBack
  }
  // The network first: one that has used up its attempts must not make a row for each name it tries.
  const fromHere = await takeAttempt(context, {
    name: 'password from a network',
    key: networkOf(context.clientAddress),
    ...forNetwork,
  })
  if (!fromHere.allowed) throw tooManyAttempts(fromHere)
  const forName = await takeAttempt(context, { name: 'password', key: userName, ...forUserName })
  if (!forName.allowed) {
    await fromHere.giveBack()
    throw tooManyAttempts(forName)
  }
  return async () => {
    await forName.giveBack()
    await fromHere.giveBack()
  }
}
