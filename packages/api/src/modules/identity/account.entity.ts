import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { ownerPolicy } from '#database/policies.ts'

/** A person who may sign in. There is no e-mail address, no real name and no “last seen”. */
export const Account = defineEntity({
  name: 'Account',
  tableName: 'account',
  rowLevelSecurity: 'force',
  policies: [
    ownerPolicy,
    { name: 'read_own', command: 'select', using: 'id = (select viewer_actor_id())' },
    {
      name: 'insert_named',
      command: 'insert',
      check:
        'cardinality(viewer_managed_organisation_ids()) > 0 and user_name is null and not is_demo',
    },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    /** Lower case; unique. Null for people who come in without a password. */
    userName: p.string().columnType('text').unique().nullable(),
    /** PHC string of an Argon2id hash. */
    passwordHash: p.string().columnType('text').nullable(),
    isDemo: p.boolean().default(false),
    /** What colleagues see on a shared device, such as “Anna”; need not be a real name. */
    displayName: p.string().columnType('text').nullable(),
  },
  checks: [
    {
      name: 'account_user_name_with_password',
      expression: '(user_name is null) = (password_hash is null)',
    },
  ],
})

export type Account = InferEntity<typeof Account>
