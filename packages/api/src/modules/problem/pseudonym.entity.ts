import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { mediatedAssociations, ownerPolicy, ownRow } from '#database/policies.ts'
import { Account } from '#modules/identity/account.entity.ts'
import { Organisation } from '#modules/organisation/organisation.entity.ts'

/**
 * Who stands behind a pseudonym: the one link there is. Its own people see it, and the mediator of
 * the association that they chose; nobody else, not even the operator's queries of other tables.
 */
export const Pseudonym = defineEntity({
  name: 'Pseudonym',
  tableName: 'pseudonym',
  rowLevelSecurity: 'force',
  policies: [
    ownerPolicy,
    { name: 'read_own', command: 'select', using: ownRow },
    {
      name: 'read_as_mediator',
      command: 'select',
      using: `mediating_association_id in (${mediatedAssociations})`,
    },
    { name: 'insert_own', command: 'insert', check: ownRow },
    { name: 'update_own', command: 'update', using: ownRow, check: ownRow },
  ],
  properties: {
    /** The organisation that others see. */
    id: () =>
      p
        .manyToOne(Organisation)
        .mapToPk()
        .fieldName('id')
        .primary()
        .updateRule('cascade')
        .deleteRule('cascade'),
    /** The organisation that it stands for. */
    organisationId: () => p.manyToOne(Organisation).mapToPk().fieldName('organisation_id').index(),
    /** Who asked and may lift the anonymity; null for a system, or where the account is gone. */
    authorId: () => p.manyToOne(Account).mapToPk().fieldName('author_id').nullable(),
    /** The association whose mediator may see this row and passes letters on. */
    mediatingAssociationId: () =>
      p.manyToOne(Organisation).mapToPk().fieldName('mediating_association_id').nullable(),
    /** What was chosen; the problem shows it as far as it hides who asks. */
    fieldsOfWork: p.array().columnType('text[]'),
  },
})

export type Pseudonym = InferEntity<typeof Pseudonym>
