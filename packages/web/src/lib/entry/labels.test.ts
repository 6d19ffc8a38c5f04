import { licences } from '@netzwerkdiakonie/schema/limits'
import { expect, it } from 'vitest'
import { aiShareOptions, licenceLabel, licenceOptions, visibilityOptions } from './labels.ts'

it('has different words for each value', () => {
  for (const options of [aiShareOptions(), licenceOptions(), visibilityOptions()]) {
    expect(new Set(options.map(({ label }) => label)).size).toBe(options.length)
  }
})

it('offers exactly the licences that entries can carry', () => {
  expect(licenceOptions().map(({ value }) => value)).toEqual(licences)
  expect(licenceLabel('MIT')).toBe('MIT')
})
