import type { Rule } from '@oxlint/plugins'
import { domainsOfContract } from '../domains.ts'
import { fileOf } from '../imports.ts'
import { moduleFileOf, placeOf, type Place } from '../place.ts'

const vague = /(^|\/)(types|helpers?|utils?|common|misc|shared)(\/|\.(svelte\.)?[jt]s$)/

/** Inside a domain every file says what it is for; `utils.ts` says nothing and collects everything. */
export const noVagueFileNames: Rule = {
  meta: {
    type: 'suggestion',
    messages: { vague: '`{{name}}` says nothing: name the file after what it does.' },
  },
  create(context) {
    const place = placeOf(fileOf(context))
    const inside = place && pathInDomain(place)
    const name = inside && vague.exec(inside)?.[2]
    if (!name) return {}
    return {
      Program: (node) => context.report({ node, messageId: 'vague', data: { name } }),
    }
  },
}

function pathInDomain(place: Place): string | undefined {
  if (moduleFileOf(place)) return place.path.replace(/^src\/modules\/[^/]+\//, '')
  const [, domain, inside] = /^src\/lib\/([^/]+)\/(.+)$/.exec(place.path) ?? []
  const known = place.package === 'web' && domain && domainsOfContract().includes(domain)
  return known ? inside : undefined
}
