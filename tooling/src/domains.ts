import { readdirSync } from 'node:fs'

/** The domains of the product: one file of the contract each, except `base.graphql`. */
export function domainsOfContract(): string[] {
  return readdirSync(new URL('../../packages/schema/src/sdl/', import.meta.url))
    .filter((name) => name.endsWith('.graphql') && name !== 'base.graphql')
    .map((name) => name.replace('.graphql', ''))
    .sort()
}
