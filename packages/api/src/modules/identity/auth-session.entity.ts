import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { ownerPolicy } from '#database/policies.ts'
import { Account } from '#modules/identity/account.entity.ts'
import { SingleSignOn } from '#modules/identity/single-sign-on.entity.ts'
import { Mandate } from '#modules/organisation/mandate.entity.ts'
import { Organisation } from '#modules/organisation/organisation.entity.ts'

/** How a person proved who they are. */
export const signInMethods = ['PASSWORD', 'PIN', 'PASSKEY', 'SINGLE_SIGN_ON'] as const

export type SignInMethod = (typeof signInMethods)[number]

const own = 'account_id = (select viewer_actor_id())'

/** A person signed in on a device. The secret itself is only on that device. */
export const AuthSession = defineEntity({
  name: 'AuthSession',
  tableName: 'auth_session',
  rowLevelSecurity: 'force',
  policies: [ownerPolicy, { name: 'own', using: own, check: own }],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    /** SHA-256 of the secret. */
    tokenHash: p.blob().unique(),
    accountId: () => p.manyToOne(Account).mapToPk().fieldName('account_id').deleteRule('cascade'),
    /** The organisation that the person acts for in this session. */
    organisationId: () => p.manyToOne(Organisation).mapToPk().fieldName('organisation_id'),
    /** The mandate by which the person acts for another; `organisationId` is the association then. */
    mandateId: () => p.manyToOne(Mandate).mapToPk().fieldName('mandate_id').nullable(),
    /** The session ends then, used or not. */
    expiresAt: p.datetime().columnType('timestamptz'),
    method: p.enum(signInMethods).columnType('text'),
    /** Kind of browser and device, for the list of one's own sessions. */
    deviceName: p.string().columnType('text').default(''),
    /** Others use the device, too: the session ends sooner. */
    isSharedDevice: p.boolean().default(false),
    signedInOn: p.date().defaultRaw('current_date'),
    /** Unused until then, the session ends; use moves it on. */
    idleExpiresAt: p.datetime().columnType('timestamptz'),
    /** The provider that proved who it is: the session ends with it. */
    singleSignOnId: () =>
      p
        .manyToOne(SingleSignOn)
        .mapToPk()
        .fieldName('single_sign_on_id')
        .deleteRule('cascade')
        .nullable(),
  },
})

export type AuthSession = InferEntity<typeof AuthSession>
