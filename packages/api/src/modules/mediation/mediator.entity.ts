import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { ownerPolicy } from '#database/policies.ts'
import { Account } from '#modules/identity/account.entity.ts'
import { Organisation } from '#modules/organisation/organisation.entity.ts'

const managed = 'association_id = any((select viewer_managed_organisation_ids())::uuid[])'

/** Who passes letters on for an association: an office that one person holds at a time. */
export const Mediator = defineEntity({
  name: 'Mediator',
  tableName: 'mediator',
  rowLevelSecurity: 'force',
  policies: [
    ownerPolicy,
    {
      name: 'read_association',
      command: 'select',
      using: 'association_id = any((select viewer_association_ids())::uuid[])',
    },
    { name: 'insert_managed', command: 'insert', check: managed },
    { name: 'update_managed', command: 'update', using: managed, check: managed },
    { name: 'delete_managed', command: 'delete', using: managed },
  ],
  properties: {
    associationId: () => p.manyToOne(Organisation).mapToPk().fieldName('association_id').primary(),
    accountId: () =>
      p
        .manyToOne(Account)
        .mapToPk()
        .fieldName('account_id')
        .deleteRule('cascade')
        .updateRule('no action'),
  },
})

export type Mediator = InferEntity<typeof Mediator>
