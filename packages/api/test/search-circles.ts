import { expect } from 'vitest'
import type { Caller, World } from '#test/world.ts'

// Who finds what, and everything that can be asked with a word, for the tests of the search.

export type Tier = (typeof tiers)[number]
export const tiers = [
  'OWN_ORGANISATION',
  'OWN_ASSOCIATION',
  'SELECTED_ORGANISATIONS',
  'ALL_MEMBERS',
  'PUBLIC',
] as const
export const states = ['IN_REVIEW', 'WITHDRAWN', 'LOCKED'] as const

/** Who finds what is published; what is in another state, nobody finds. */
export const finds: Record<string, readonly Tier[]> = {
  visitor: ['PUBLIC'],
  'stranger member': ['ALL_MEMBERS', 'PUBLIC'],
  'member of the same association': ['OWN_ASSOCIATION', 'ALL_MEMBERS', 'PUBLIC'],
  'chosen organisation': ['SELECTED_ORGANISATIONS', 'ALL_MEMBERS', 'PUBLIC'],
  colleague: tiers,
}
export const viewers = Object.keys(finds)

/** Words so far from each other that none is taken for another misspelt. */
export const words = `
  bavumelk cidojarp dofutizk fepuwamb gulobexk hitacuvp jobedyrk kyzafomp lopicuhk muvyxagp
  nezohubk pywajidk quxolefp rihugock sovemyzk tubikahp vylonaxk wamipudk xerovitp zucafyjk
  abdolwik ebtruzgk ikmosvap ofhyzedk ugwelcip yxdabrok anjuvtep ezwogimk ilpyhurk otvaxyck
  udzemfap yckozwik arqefuhk evmizdop ixcuwgak okbyfnep uhlavxik ywtopeck azgibumk efkyrjop
  igzadohk ojxemtup utfiwlyk ypcavmok amwhexip etgojzuk ivbyclap oxnudfek urzokhip ydgewtak
  avtixbup ehmozcyk ifwugrap ocyjodek ubvapnix yhkelzom alcuftik enzywgop iztahvuk omrexjip
  yzdokmuf ukgynrep aglopwyf edrizhok ofpugdaz imbrezuk uljodwep yvkasnof`
  .trim()
  .split(/\s+/)
export const newWord = () => {
  const word = words.shift()
  if (!word) throw new Error('More words are needed')
  return word[0]!.toUpperCase() + word.slice(1)
}

/** Each class shares a competence with a public entry from elsewhere: the two lead to each other. */
export const competences = `
  process-management organisational-development change-management project-management
  digital-strategy quality-management risk-compliance controlling impact-measurement
  knowledge-management cooperation-management grant-acquisition refinancing fundraising
  procurement accounting`
  .trim()
  .split(/\s+/)

export interface Hit {
  title: string
  entry: { id: string }
}
export interface Found {
  edges: { node: Hit }[]
  totalCount: { value: number }
  facets: { kind: string; count: { value: number } }[]
  termFacets: { dimension: string; term: { code: string }; count: { value: number } }[]
  interpretation: { words: { word: string; isKnown: boolean }[]; correction: string | null }
  beyond: { hit: Hit } | null
}

export const entry = 'entry { __typename ... on Node { id } }'
export const hit = `title highlight reason kind ${entry}`
export const page = `edges { node { ${hit} } } totalCount { value isExact } facets { kind count { value } }
  termFacets { dimension term { code } count { value } } beyond { reason hit { ${hit} } }
  interpretation { words { word isKnown alternatives } terms { code } correction } crisisHelp { message }`

/** Asks as a viewer. @throws for top-level errors */
export async function askAs<Data>(
  world: World,
  viewer: Caller,
  query: string,
  variables: object = {},
): Promise<Data> {
  const { body } = await world.api.execute(
    { query, variables: variables as Record<string, unknown> },
    viewer.headers,
  )
  expect(body.errors).toBeUndefined()
  return body.data as Data
}

/** Everything that can be asked with a word. */
export const everything = `query ($word: String!) {
  search(query: $word) { ${page} }
  similar(title: $word) { strength ${hit} }
  asText: similar(title: "Frage", body: $word) { strength ${hit} }
  searchSuggestions(query: $word) { kind text ${entry} }
  problems(filter: { query: $word }) { edges { node { id } } totalCount { value } facets: totalCount { isExact } }
  solutions(filter: { query: $word }) { edges { node { id } } totalCount { value } } }`

/** An entry with a word in its title, one in its text, and one in an answer. */
export interface Class {
  name: string
  kind: 'PROBLEM' | 'SOLUTION'
  tier: Tier
  state: 'PUBLISHED' | (typeof states)[number]
  id: string
  title: string
  body: string
  answer: string | null
  home: { id: string; title: string }
}

export const table = (['PROBLEM', 'SOLUTION'] as const).flatMap((kind) => [
  ...tiers.map((tier) => ({ kind, tier, state: 'PUBLISHED' as const })),
  ...states.map((state) => ({ kind, tier: 'PUBLIC' as const, state })),
])
export const isFound = (viewer: string, { tier, state }: Pick<Class, 'tier' | 'state'>) =>
  state === 'PUBLISHED' && finds[viewer]!.includes(tier)
