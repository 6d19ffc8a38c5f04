import { createHmac } from 'node:crypto'
import { UniqueConstraintViolationException } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/postgresql'
import { limits } from '@netzwerkdiakonie/schema'
import { generateRegistrationOptions, verifyRegistrationResponse } from '@simplewebauthn/server'
import type { RegistrationResponseJSON } from '@simplewebauthn/server'
import { UserFailure } from '#api/errors.ts'
import type { Context } from '#api/context.ts'
import { isUuid } from '#lib/uuid.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import { type AuditAction, audit } from '#modules/identity/audit.ts'
import { AuthSession } from '#modules/identity/auth-session.entity.ts'
import { sealChallenge, takeChallenge } from '#modules/identity/challenge.ts'
import { Passkey } from '#modules/identity/passkey.entity.ts'
import { authorizeOwnDevice } from '#modules/identity/passkey.policy.ts'
import {
  findOwnCredentials,
  findOwnPasskeys,
  type PasskeyRow,
} from '#modules/identity/passkey.repository.ts'
import { authorizePerson, type Person } from '#modules/identity/viewer.ts'
import { findWaysToSignIn } from '#modules/identity/ways-to-sign-in.ts'

/** What browsers show of us beside the name of the person. */
const productName = 'Netzwerkdiakonie'

/** EdDSA, ES256, RS256: what phones, keys and Windows have. */
const algorithms = [-8, -7, -257]

/** What a browser needs to ask its authenticator, and what it brings back with the answer. */
export interface PasskeyRequest {
  /** JSON for the browser's `parse…OptionsFromJSON`. */
  options: string
  state: string
}

interface Registration {
  challenge: string
  origin: string
  accountId: string
}

/** The viewer's passkeys; nobody else's are ever shown. */
// public: row security leaves each person their own, and everybody else none
export function ownPasskeys(context: Context): Promise<PasskeyRow[]> {
  return findOwnPasskeys(context)
}

/**
 * Asks for a new passkey of the viewer.
 *
 * @throws UNAUTHENTICATED; UserFailure SHARED_DEVICE, TOO_MANY
 */
export async function startPasskeyRegistration(context: Context): Promise<PasskeyRequest> {
  const person = authorizePerson(context.viewer)
  authorizeOwnDevice(await sessionOf(context.em, person))
  const relyingPartyId = new URL(context.origin).hostname
  const existing = await findOwnCredentials(context, relyingPartyId)
  if (existing.length >= limits.passkeys)
    throw new UserFailure({ code: 'TOO_MANY', words: { limit: limits.passkeys } })
  const name = person.name ?? productName
  const options = await generateRegistrationOptions({
    rpName: productName,
    rpID: relyingPartyId,
    userName: name,
    userDisplayName: name,
    userID: Uint8Array.from(userHandleOf(context, person.actorId)),
    attestationType: 'none',
    timeout: 120_000,
    excludeCredentials: existing.map(({ credentialId, transports }) => ({
      id: credentialId.toString('base64url'),
      transports,
    })),
    // Found without a user name, and opened by PIN, finger or face.
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: algorithms,
  })
  const state = sealChallenge(context, 'PASSKEY_REGISTRATION', {
    challenge: options.challenge,
    origin: context.origin,
    accountId: person.actorId,
  } satisfies Registration)
  return { options: JSON.stringify(options), state }
}

/**
 * Keeps the passkey that the viewer's authenticator made.
 *
 * @throws UNAUTHENTICATED; UserFailure REQUIRED or TOO_LONG for the name, CHALLENGE_EXPIRED,
 * PASSKEY_REFUSED for an answer that does not fit, SHARED_DEVICE
 */
export async function finishPasskeyRegistration(
  context: Context,
  input: { state: string; response: string; name: string },
): Promise<PasskeyRow> {
  const person = authorizePerson(context.viewer)
  authorizeOwnDevice(await sessionOf(context.em, person))
  const name = checkedName(input.name)
  const registration = await takeChallenge<Registration>(
    context,
    'PASSKEY_REGISTRATION',
    input.state,
  )
  const refused = new UserFailure({ code: 'PASSKEY_REFUSED' })
  // The page may have been opened by somebody else who used this browser before.
  if (registration.accountId !== person.actorId) throw refused
  const made = await verify(registration, input.response)
  if (!made) throw refused
  const { credential, credentialDeviceType, credentialBackedUp } = made
  const id = crypto.randomUUID()
  try {
    await unitOfWork(context.em, async (em) => {
      em.create(Passkey, {
        id,
        accountId: person.actorId,
        credentialId: Buffer.from(credential.id, 'base64url'),
        publicKey: Buffer.from(credential.publicKey),
        signCount: credential.counter,
        transports: knownTransports(credential.transports),
        canSync: credentialDeviceType === 'multiDevice',
        isSynced: credentialBackedUp,
        relyingPartyId: new URL(registration.origin).hostname,
        name,
      })
      await em.flush()
      await auditEverywhere(em, person, 'PASSKEY_REGISTERED', id)
    })
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException) throw refused
    throw error
  }
  return passkeyById(context, id)
}

/**
 * Gives one of the viewer's passkeys another name.
 *
 * @throws UNAUTHENTICATED; UserFailure NOT_FOUND, REQUIRED, TOO_LONG
 */
export async function renamePasskey(
  context: Context,
  input: { id: string; name: string },
): Promise<PasskeyRow> {
  authorizePerson(context.viewer)
  const name = checkedName(input.name)
  const found = isUuid(input.id)
    ? await context.em.nativeUpdate(Passkey, { id: input.id }, { name })
    : 0
  if (found === 0) throw notFound()
  return passkeyById(context, input.id)
}

/**
 * Removes one of the viewer's passkeys: nobody signs in with it any more.
 *
 * @throws UNAUTHENTICATED; UserFailure NOT_FOUND, SHARED_DEVICE, LAST_WAY_TO_SIGN_IN
 */
export async function removePasskey(context: Context, id: string): Promise<PasskeyRow[]> {
  const person = authorizePerson(context.viewer)
  authorizeOwnDevice(await sessionOf(context.em, person))
  if (!isUuid(id)) throw notFound()
  await unitOfWork(context.em, async (em) => {
    // All of them, so that two removals at once cannot take the last two.
    const own = await em.execute<{ id: string }[]>(
      'select id from passkey where account_id = ? order by id for update',
      [person.actorId],
    )
    if (!own.some((passkey) => passkey.id === id)) throw notFound()
    const { others } = await findWaysToSignIn(em, person.actorId)
    if (own.length + others < 2) throw new UserFailure({ code: 'LAST_WAY_TO_SIGN_IN' })
    await em.nativeDelete(Passkey, { id })
    await auditEverywhere(em, person, 'PASSKEY_REMOVED', id)
  })
  return ownPasskeys(context)
}

/** What authenticators know a person by: it tells nothing, and fits to nothing else that we store. */
// public: it reads and writes nothing
export function userHandleOf({ keyFor }: Context, accountId: string): Buffer {
  return createHmac('sha256', keyFor('passkey user handle')).update(accountId).digest()
}

async function verify({ challenge, origin }: Registration, response: string) {
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response: JSON.parse(response) as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: new URL(origin).hostname,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    })
    return registrationInfo ?? null
  } catch {
    // Whatever does not fit: the library says it by throwing, and so does JSON.
    return null
  }
}

/** A way into an account concerns each organisation in which the person has a role. */
async function auditEverywhere(
  em: SqlEntityManager,
  person: Person,
  action: AuditAction,
  subject: string,
): Promise<void> {
  // Always in the same order: each waits for the log of its organisation.
  for (const organisationId of person.organisationIds.toSorted())
    await audit(em, person, { organisationId, action, subject })
}

async function sessionOf(em: SqlEntityManager, { sessionId }: Person) {
  return em.fork().findOneOrFail(AuthSession, { id: sessionId })
}

async function passkeyById(context: Context, id: string): Promise<PasskeyRow> {
  const passkey = (await findOwnPasskeys(context)).find((own) => own.id === id)
  if (!passkey) throw notFound()
  return passkey
}

function checkedName(text: string): string {
  const name = text.trim()
  const path = ['input', 'name']
  if (!name) throw new UserFailure({ code: 'REQUIRED', path })
  if (name.length > limits.passkeyName)
    throw new UserFailure({ code: 'TOO_LONG', path, words: { limit: limits.passkeyName } })
  return name
}

function knownTransports(transports: string[] = []): string[] {
  const known = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']
  return known.filter((transport) => transports.includes(transport))
}

function notFound(): UserFailure {
  return new UserFailure({ code: 'NOT_FOUND', path: ['input', 'id'] })
}
