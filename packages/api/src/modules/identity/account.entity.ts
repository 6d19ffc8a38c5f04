import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { ownerPolicy } from '#database/policies.ts'

const own = 'id = (select viewer_actor_id())'

/** What a person signs in with. There is no e-mail address, no real name and no “last seen”. */
export const Account = defineEntity({
  name: 'Account',
  tableName: 'account',
  rowLevelSecurity: 'force',
  policies: [
    ownerPolicy,
    { name: 'read_own', command: 'select', using: own },
    // The app role may update the password and no other column.
    { name: 'change_own_password', command: 'update', using: own, check: own },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    /** Lower case; unique. */
    userName: p.string().columnType('text').unique(),
    /** PHC string of an Argon2id hash. */
    passwordHash: p.string().columnType('text'),
    isDemo: p.boolean().default(false),
  },
})

export type Account = InferEntity<typeof Account>
