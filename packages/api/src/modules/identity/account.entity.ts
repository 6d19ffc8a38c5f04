import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { managedRow, ownerPolicy } from '#database/policies.ts'

const own = 'id = (select viewer_actor_id())'

/** A person who may sign in. There is no e-mail address, no real name and no “last seen”. */
export const Account = defineEntity({
  name: 'Account',
  tableName: 'account',
  rowLevelSecurity: 'force',
  policies: [
    ownerPolicy,
    { name: 'read_own', command: 'select', using: own },
    {
      name: 'read_managed',
      command: 'select',
      using: `id in (select role_assignment.account_id from role_assignment
        where role_assignment.${managedRow})`,
    },
    {
      name: 'insert_named',
      command: 'insert',
      check:
        'cardinality(viewer_managed_organisation_ids()) > 0 and user_name is null and not is_demo',
    },
    // The app role may update the password and no other column.
    { name: 'change_own_password', command: 'update', using: own, check: own },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    /** Lower case; unique. Null for people who come in without a password. */
    userName: p.string().columnType('text').unique().nullable(),
    /** PHC string of an Argon2id hash. The app role may not read this column. */
    passwordHash: p.string().columnType('text').lazy().nullable(),
    isDemo: p.boolean().default(false),
    /** What colleagues see on a shared device, such as “Anna”; need not be a real name. */
    displayName: p.string().columnType('text').nullable(),
    /** Set with the end of the last role: from that day on nothing is kept of the person. */
    leavesOn: p.date().nullable(),
  },
  checks: [
    {
      name: 'account_user_name_with_password',
      expression: '(user_name is null) = (password_hash is null)',
    },
  ],
})

export type Account = InferEntity<typeof Account>
