import { getNamedType, type GraphQLObjectType, isObjectType, isRequiredArgument } from 'graphql'
import { exampleInput } from '#test/example-input.ts'
import { lists, others } from './cases.ts'
import { type List, type Node, steps } from './channels.ts'
import { nodeTypeOf, type Selections } from './documents.ts'
import type { Thing } from './objects.ts'
import type { Probe } from './probe.ts'

/** A small page, so that a list has several. */
const pageLength = 40

/** Every list: whole, in every order, through every filter, along every path; what it counts and facets. */
export async function walkLists(probe: Probe, selections: Selections): Promise<void> {
  for (const [name, { gives, args, filters, isQueue }] of Object.entries(lists)) {
    const field = selections.rootFields.find((field) => field.name === name)!
    const node = nodeTypeOf(getNamedType(field.type) as GraphQLObjectType)
    const entry = node.getFields()['entry']?.type
    const ids = !entry
      ? 'id'
      : isObjectType(getNamedType(entry))
        ? 'entry { id }'
        : 'entry { ... on Node { id } }'
    const typeOf = (argument: string) =>
      String(field.args.find(({ name }) => name === argument)?.type ?? '')
    const wanted = (give: typeof gives) => (thing: Thing) =>
      (isQueue || probe.sees(thing)) && give(thing, probe.row)

    for (const selection of selections.on(node, steps))
      await walk(probe, `Query.${name} → ${node.name}`, {
        name,
        args,
        selection,
        wanted: wanted(gives),
        ids,
        typeOf,
      })
    for (const { filter, gives } of filters)
      await walk(probe, `Query.${name} ${JSON.stringify(filter)}`, {
        name,
        args,
        selection: '__typename',
        variables: { filter },
        wanted: wanted(gives),
        ids,
        typeOf,
      })
    const order = selections.schema.getType(typeOf('orderBy'))
    if (order && 'getValues' in order)
      for (const { value } of order.getValues())
        await walk(probe, `Query.${name} by ${String(value)}`, {
          name,
          args,
          selection: '__typename',
          variables: { orderBy: value },
          wanted: wanted(gives),
          ids,
          typeOf,
        })
  }
}

interface Walk {
  name: string
  args?: string | undefined
  selection: string
  variables?: Record<string, unknown>
  wanted: (thing: Thing) => boolean
  ids: string
  typeOf: (argument: string) => string
}

async function walk(probe: Probe, channel: string, options: Walk): Promise<void> {
  const { name, args, selection, variables = {}, wanted, ids, typeOf } = options
  const declared = Object.keys(variables).map((key) => `, $${key}: ${typeOf(key)}`)
  const passed = Object.keys(variables).map((key) => `, ${key}: $${key}`)
  const facets =
    name === 'search'
      ? 'facets { kind count { value } } termFacets { dimension term { code } count { value } } beyond { hit { title entry { ... on Node { id } } } }'
      : ''
  const query = `query ($first: Int, $after: String${declared.join('')}) {
    ${name}(first: $first, after: $after${passed.join('')}${args ? `, ${args}` : ''}) {
      edges { cursor node { ${ids} ${selection} } }
      pageInfo { hasNextPage endCursor } totalCount { value isExact } ${facets} } }`
  const nodes: Node[] = []
  let page: List | undefined
  do {
    const after = page?.pageInfo.endCursor ?? null
    const { data, codes } = await probe.ask(channel, query, {
      ...variables,
      first: pageLength,
      after,
    })
    if (probe.row.refused) return
    if (codes.length > 0 || !data)
      return probe.report(channel, `fails: ${codes.join()}`, query, variables)
    page = data[name] as List
    nodes.push(...page.edges.map(({ node }) => node))
  } while (page.pageInfo.hasNextPage)

  const { byId, things } = probe.register
  const came = nodes.flatMap(({ id, entry }) => byId.get(entry?.id ?? id ?? '') ?? [])
  const due = things.filter(wanted)
  const request = `${query} ${JSON.stringify(variables)}`
  probe.expectThings(channel, request, came, due)
  probe.expectEqual(`${channel} totalCount`, request, page.totalCount, {
    value: nodes.length,
    isExact: true,
  })
  probe.expectEqual(`${channel} once each`, request, new Set(came).size, came.length)
  if (page.facets && !('filter' in variables)) {
    const sum = page.facets.reduce((sum, { count }) => sum + count.value, 0)
    probe.expectEqual(`${channel} facets`, request, sum, nodes.length)
  }
}

/** Fields of the root that give no object of the matrix: whatever they say, of whomever they are asked. */
export async function askOthers(probe: Probe, selections: Selections): Promise<void> {
  for (const field of selections.rootFields.filter(({ name }) => others.includes(name))) {
    const type = getNamedType(field.type)
    if (!isObjectType(type)) continue
    const required = field.args.filter(isRequiredArgument)
    const declared = required.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ')
    const passed = required.map(({ name }) => `${name}: $${name}`).join(', ')
    for (const code of ['owner', 'stranger', 'association'])
      for (const inner of selections.on(nodeTypeOf(type), 1)) {
        const isPage = nodeTypeOf(type) !== type
        const selection = isPage ? `edges { cursor node { ${inner} } } totalCount { value }` : inner
        const organisation = await probe.world.organisationId(code)
        const variables = required.map(({ name, type }) => [
          name,
          String(type) === 'ID!' ? organisation : exampleInput(type, { text: 'x' }, name),
        ])
        await probe.ask(
          `Query.${field.name}`,
          `query${declared && `(${declared})`} { ${field.name}${passed && `(${passed})`} { ${selection} } }`,
          Object.fromEntries(variables),
        )
      }
  }
}
