import { getNamedType, type GraphQLObjectType, isAbstractType, isObjectType } from 'graphql'
import { byId } from './cases.ts'
import type { Selections } from './documents.ts'
import { canary, type Thing } from './objects.ts'
import { countsOf, learnsWhoAsked, mayDo, saidSameHere } from './oracle.ts'
import type { Probe } from './probe.ts'

/** Steps through other objects after the root field: paths of length three in all. */
export const steps = 2

/** A page of a list. */
export interface List {
  edges: { cursor: string; node: Node }[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
  totalCount: { value: number; isExact: boolean }
  facets?: { kind: string; count: { value: number } }[]
}
/** An object of some type, as the API gives it. */
export interface Node {
  id?: string
  entry?: { id: string }
  [field: string]: unknown
}

/** Every object by its id through every field that takes one: there for whom it is, else as if unknown. */
export async function openEach(
  probe: Probe,
  selections: Selections,
  only = Object.keys(byId),
): Promise<void> {
  for (const [name, gives] of Object.entries(byId)) {
    if (!only.includes(name)) continue
    const field = selections.rootFields.find((field) => field.name === name)!
    const argument = field.args[0]!.name
    const type = getNamedType(field.type)
    const types = isAbstractType(type)
      ? selections.schema.getPossibleTypes(type)
      : [type as GraphQLObjectType]
    const texts = types.map((each) => {
      const names = ['id', 'answerId', 'title', 'summary', 'body'].filter(
        (name) => each.getFields()[name],
      )
      return types.length > 1 ? `... on ${each.name} { ${names.join(' ')} }` : names.join(' ')
    })
    for (const some of batches(probe.register.things, 10)) {
      const fields = some.map(
        ({ id }, at) => `a${at}: ${name}(${argument}: "${id}") { __typename ${texts.join(' ')} }`,
      )
      const query = `{ ${fields.join(' ')} }`
      const { data } = await probe.ask(`Query.${name}`, query)
      if (probe.row.refused) return
      const came = some.filter((_, at) => data?.[`a${at}`])
      const due = some.filter((thing) => probe.sees(thing) && gives(thing, probe.row))
      probe.expectThings(`Query.${name}`, query, came, due)
    }
  }
}

/** All objects at once through `nodes`, along every path: all that may be seen is there, and no link is lost. */
export async function readAll(
  probe: Probe,
  selections: Selections,
  pathSteps = steps,
): Promise<void> {
  const { things } = probe.register
  for (const [kind, typeName] of Object.entries({
    problem: 'Problem',
    solution: 'Solution',
    answer: 'Answer',
  })) {
    const type = selections.schema.getType(typeName)
    if (!isObjectType(type)) throw new Error(`There is no type ${typeName}`)
    for (const some of batches(
      things.filter((thing) => thing.kind === kind),
      50,
    )) {
      const shown = new Map<Thing, Set<string>>()
      for (const selection of selections.on(type, pathSteps)) {
        const channel = `Query.nodes → ${typeName}`
        const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on ${typeName} { ${selection} } } }`
        const { data } = await probe.ask(channel, query, { ids: some.map(({ id }) => id) })
        if (probe.row.refused) return
        if (!data) return probe.report(channel, 'fails', query)
        for (const [at, node] of (data['nodes'] as (Node | null)[]).entries()) {
          if (!node) continue
          compareFields(probe, some[at]!, node, query)
          for (const [thing, parts] of probe.register.shownIn(JSON.stringify(node)))
            if (thing === some[at])
              shown.set(thing, new Set([...(shown.get(thing) ?? []), ...parts]))
        }
      }
      for (const thing of some)
        for (const part of expectedParts(probe, thing))
          if (!shown.get(thing)?.has(part))
            probe.report(
              `${typeName} by id`,
              `hides ${part} of ${canary(thing, '')} ${thing.tier} ${thing.state} of the ${thing.owner}`,
              '',
            )
    }
  }
}

/** Parts of an object that its own fields tell, without the texts that its kind does not have. */
function expectedParts(probe: Probe, thing: Thing): string[] {
  const parts = ['i', 't', 'b', 'n', 'o', ...(thing.kind === 'solution' ? ['s'] : [])]
  return parts.filter((part) => probe.sees(thing, part))
}

/** What an object says of links, counts and permissions. */
function compareFields(probe: Probe, thing: Thing, node: Node, request: string): void {
  const { byId, things } = probe.register
  const channel = `${thing.kind} by id`
  const said: Record<string, unknown> =
    thing.kind === 'problem'
      ? { ...countsOf(thing), viewerSaidSameHere: saidSameHere(probe.row, thing) }
      : {}
  for (const [field, value] of Object.entries(node)) {
    if (field in said) probe.expectEqual(`${channel} ${field}`, request, value, said[field])
    if (field.startsWith('viewerCan'))
      probe.expectEqual(
        `${channel} ${field} of ${canary(thing, '')}`,
        request,
        value,
        mayDo(probe.row, field, thing),
      )
    const list = value as { edges?: { node: Node }[]; totalCount?: { value: number } } | null
    if (list?.edges) {
      const due = things.filter(
        (other) =>
          other.problemId === thing.id &&
          other.kind === 'answer' &&
          !other.isWithdrawnAnswer &&
          probe.sees(other),
      )
      probe.expectThings(
        `${channel}.${field}`,
        request,
        list.edges.flatMap(({ node }) => byId.get(node.id ?? '') ?? []),
        due,
      )
      probe.expectEqual(
        `${channel}.${field} totalCount`,
        request,
        list.totalCount?.value,
        due.filter(({ isLockedAnswer }) => !isLockedAnswer).length,
      )
    }
  }
  if ('askedBy' in node) {
    const asked = thing.isUnnamed && learnsWhoAsked(probe.row, thing) ? thing.owner : null
    const { code } = (node['askedBy'] ?? { code: null }) as { code: string | null }
    probe.expectEqual(`${channel}.askedBy`, request, code, asked)
    const owner = node['organisation'] as { code: string | null; isPseudonym: boolean } | undefined
    if (owner) {
      const named = thing.isUnnamed ? null : thing.owner
      probe.expectEqual(`${channel}.organisation`, request, owner.code, named)
    }
  }
  if ('selectedOrganisations' in node) {
    const isOwn = probe.row[thing.owner] === 'OWN' && thing.tier === 'SELECTED_ORGANISATIONS'
    const chosen = (node['selectedOrganisations'] as { code: string }[] | null)?.map(
      ({ code }) => code,
    )
    probe.expectEqual(
      `${channel}.selectedOrganisations`,
      request,
      chosen ?? null,
      isOwn ? ['caritas'] : null,
    )
  }
  const link = (field: 'problem' | 'solution', to: string | undefined) => {
    if (!(field in node) || !to) return
    const target = byId.get(to)!
    const id = (node[field] as Node | null)?.id
    probe.expectEqual(`${channel}.${field}`, request, id ?? null, probe.sees(target) ? to : null)
  }
  link('problem', thing.problemId)
  link('solution', thing.isWithdrawnAnswer ? undefined : thing.solutionId)
  if (thing.kind === 'problem' && Array.isArray(node['solutions'])) {
    const came = (node['solutions'] as Node[]).flatMap(({ id }) => byId.get(id ?? '') ?? [])
    const due = things.filter(
      (other) =>
        other.kind === 'solution' &&
        other.problemId === thing.id &&
        other.state !== 'WITHDRAWN' &&
        probe.sees(other),
    )
    probe.expectThings(`${channel}.solutions`, request, came, due)
  }
}

/**
 * The word of an object finds it where it may be seen and is published, in the search, among what is
 * similar and while typing. Else it finds what looks alike, as any unknown word does: that is why more
 * may come, but nothing hidden. What echoes the query is left out, for it says what was typed.
 */
export async function searchWords(probe: Probe): Promise<void> {
  const texts = probe.register.things.filter(
    ({ kind, state }) => kind !== 'answer' && state !== 'WITHDRAWN',
  )
  const entry = 'entry { ... on Node { id } }'
  for (const some of batches(texts, 3)) {
    const fields = some.map((thing, at) => {
      const word = canary(thing, 't')
      return `a${at}: search(first: 100, query: "${word}", filter: { kinds: [PROBLEM, SOLUTION, TOOL] }) { edges { node { title highlight ${entry} } }
          totalCount { value } facets { count { value } } beyond { hit { title highlight ${entry} } } }
        b${at}: similar(title: "${word}", first: 20) { title highlight ${entry} }
        c${at}: searchSuggestions(query: "${word}") { text ${entry} }`
    })
    const query = `{ ${fields.join('\n')} }`
    const { data } = await probe.ask('Query.search by words', query)
    if (probe.row.refused) return
    if (!data) return probe.report('Query.search by words', 'fails', query)
    some.forEach((thing, at) => {
      const isDue = thing.state === 'PUBLISHED' && probe.sees(thing)
      const list = data[`a${at}`] as List
      const hits: Record<string, Node[]> = {
        search: list.edges.map(({ node }) => node),
        similar: data[`b${at}`] as Node[],
        searchSuggestions: data[`c${at}`] as Node[],
      }
      for (const [name, nodes] of Object.entries(hits)) {
        const ids = nodes.map(({ entry }) => entry?.id)
        const channel = `Query.${name} by the word of ${canary(thing, '')}`
        probe.expectEqual(channel, query, ids.includes(thing.id), isDue)
        const others = ids.flatMap((id) => probe.register.byId.get(id ?? '') ?? [])
        for (const other of others)
          if (other.state !== 'PUBLISHED')
            probe.report(channel, `lists ${canary(other, '')}`, query)
      }
      const sum = (list.facets ?? []).reduce((sum, { count }) => sum + count.value, 0)
      probe.expectEqual(
        'Query.search by words counts',
        query,
        [list.totalCount.value, sum],
        [list.edges.length, list.edges.length],
      )
    })
  }
}

function batches<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  )
}
