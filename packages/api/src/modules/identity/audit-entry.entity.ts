import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { ownerPolicy } from '#database/policies.ts'
import { Organisation } from '#modules/organisation/organisation.entity.ts'

/**
 * That somebody changed a right: who, what, on which day. Entries of one organisation form a chain
 * of hashes, which a trigger makes; nobody can change or remove one unnoticed.
 */
export const AuditEntry = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_entry',
  rowLevelSecurity: 'force',
  policies: [
    ownerPolicy,
    {
      name: 'read_managed',
      command: 'select',
      using: 'organisation_id = any((select viewer_managed_organisation_ids())::uuid[])',
    },
    {
      name: 'read_about_oneself',
      command: 'select',
      using: 'subject = (select viewer_actor_id())::text',
    },
    {
      name: 'insert_own_act',
      command: 'insert',
      check:
        '(select viewer_kind()) is not null and (actor_id = (select viewer_actor_id()) or (actor_id is null and (select viewer_actor_id()) is null))',
    },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    organisationId: () => p.manyToOne(Organisation).mapToPk().fieldName('organisation_id'),
    /** From 1, without gaps, in each organisation. */
    position: p.integer(),
    /** Account or token that acted; null for somebody who was not signed in. No foreign key: the trace outlives them. */
    actorId: p.uuid().nullable(),
    action: p.string().columnType('text'),
    /** What it was done to: an opaque id. Never a text of an entry, a PIN or another secret. */
    subject: p.string().columnType('text').nullable(),
    details: p.json().columnType('jsonb').nullable(),
    occurredOn: p.date().defaultRaw('current_date'),
    previousHash: p.blob(),
    hash: p.blob(),
  },
  indexes: [{ properties: ['subject'] }],
  uniques: [{ properties: ['organisationId', 'position'] }],
})

export type AuditEntry = InferEntity<typeof AuditEntry>
