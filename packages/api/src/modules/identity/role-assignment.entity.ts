import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { ownerPolicy } from '#database/policies.ts'
import { Account } from '#modules/identity/account.entity.ts'
import { SingleSignOn } from '#modules/identity/single-sign-on.entity.ts'
import { Organisation } from '#modules/organisation/organisation.entity.ts'

/** Roles of domain §1.6; a role belongs to a person in an organisation, never to a person alone. */
export const roles = [
  'ADVISOR',
  'SPECIALIST_CONSULTANT',
  'EXECUTIVE',
  'MANAGER',
  'PRACTITIONER',
  'IT',
  'DPO',
  'STAFF_COUNCIL',
  'MULTIPLIER',
  'VOLUNTEER',
  'EDITOR',
] as const

export type Role = (typeof roles)[number]

/** The role of a person in an organisation. */
export const RoleAssignment = defineEntity({
  name: 'RoleAssignment',
  tableName: 'role_assignment',
  rowLevelSecurity: 'force',
  policies: [
    ownerPolicy,
    { name: 'read_own', command: 'select', using: 'account_id = (select viewer_actor_id())' },
  ],
  properties: {
    accountId: () => p.manyToOne(Account).mapToPk().fieldName('account_id').primary(),
    organisationId: () =>
      p.manyToOne(Organisation).mapToPk().fieldName('organisation_id').primary(),
    role: p.enum(roles).columnType('text'),
    /** The provider that gave it, and may change it; null if people did. */
    singleSignOnId: () =>
      p
        .manyToOne(SingleSignOn)
        .mapToPk()
        .fieldName('single_sign_on_id')
        .deleteRule('cascade')
        .nullable(),
  },
})

export type RoleAssignment = InferEntity<typeof RoleAssignment>
