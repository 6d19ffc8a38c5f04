import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { domainsOfContract } from './domains.ts'

/** Folders of web/src/lib that are not domains. */
const notDomains = ['__generated__', 'assets', 'paraglide', 'server', 'styles', 'ui']

function foldersOf(path: string): string[] {
  return readdirSync(new URL(`../../packages/${path}/`, import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
}

/** What breaks if a domain has a name in one place only: nobody finds its other halves. */
function strangers(names: string[], known: string[]): string[] {
  return names.filter((name) => !known.includes(name))
}

describe('one domain word names the contract, the module and the web folder', () => {
  const domains = domainsOfContract()

  it('each file of the contract has its module in api, and the other way round', () => {
    expect(foldersOf('api/src/modules')).toEqual(domains)
  })

  it('web/src/lib has folders of those names only', () => {
    expect(strangers(foldersOf('web/src/lib'), [...domains, ...notDomains])).toEqual([])
  })

  it('would notice a stranger', () => {
    expect(strangers(['problem', 'problems'], domains)).toEqual(['problems'])
  })
})
