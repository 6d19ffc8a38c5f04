import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { managedRow, ownerPolicy } from '#database/policies.ts'
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
    { name: 'read_managed', command: 'select', using: managedRow },
    {
      name: 'insert_managed',
      command: 'insert',
      check: 'viewer_may_assign(organisation_id, role)',
    },
    {
      name: 'update_managed',
      command: 'update',
      using: 'viewer_may_assign(organisation_id, role)',
      check: 'viewer_may_assign(organisation_id, role)',
    },
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
    /** The person in this organisation: what others get to know instead of the account. */
    memberId: p.uuid().unique().defaultRaw('gen_random_uuid()'),
    /** Part of the organisation, such as a day-care centre. */
    unit: p.string().columnType('text').nullable(),
    since: p.date().defaultRaw('current_date'),
  },
  indexes: [{ properties: ['organisationId'] }],
})

export type RoleAssignment = InferEntity<typeof RoleAssignment>
