import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { ownerPolicy } from '#database/policies.ts'
import { Account } from '#modules/identity/account.entity.ts'
import { Organisation } from '#modules/organisation/organisation.entity.ts'

/** A browser on which people have PINs. It says nothing about its user or its place. */
export const Device = defineEntity({
  name: 'Device',
  tableName: 'device',
  rowLevelSecurity: 'force',
  policies: [
    ownerPolicy,
    {
      name: 'read_own',
      command: 'select',
      using:
        'exists (select from device_binding binding where binding.device_id = device.id and binding.account_id = (select viewer_actor_id()))',
    },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    /** SHA-256 of the secret that is only on the device. */
    tokenHash: p.blob().unique(),
    /** Several people use it: sessions on it are short. */
    isShared: p.boolean().default(false),
    /** Kind of browser and device, so that people know which of theirs it is. */
    name: p.string().columnType('text').default(''),
  },
})

export type Device = InferEntity<typeof Device>

const own = 'account_id = (select viewer_actor_id())'

/** That a person comes in with a PIN on a device. */
export const DeviceBinding = defineEntity({
  name: 'DeviceBinding',
  tableName: 'device_binding',
  rowLevelSecurity: 'force',
  policies: [
    ownerPolicy,
    { name: 'read_own', command: 'select', using: own },
    { name: 'delete_own', command: 'delete', using: own },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    deviceId: () => p.manyToOne(Device).mapToPk().fieldName('device_id').deleteRule('cascade'),
    accountId: () => p.manyToOne(Account).mapToPk().fieldName('account_id').deleteRule('cascade'),
    /** Whose card it began with. */
    organisationId: () => p.manyToOne(Organisation).mapToPk().fieldName('organisation_id'),
    /** PHC string of an Argon2id hash that cannot be computed without the secret of the device. */
    pinHash: p.string().columnType('text'),
    /** Wrong PINs in a row; at five the PIN no longer counts here. */
    failedPins: p.smallint().default(0),
    boundOn: p.date().defaultRaw('current_date'),
  },
  uniques: [{ properties: ['deviceId', 'accountId'] }],
  indexes: [{ properties: ['accountId'] }],
  checks: [
    { name: 'device_binding_failed_pins', expression: 'failed_pins >= 0 and failed_pins <= 5' },
  ],
})

export type DeviceBinding = InferEntity<typeof DeviceBinding>
