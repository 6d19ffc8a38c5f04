import { globSync, readFileSync } from 'node:fs'
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  print,
  typeFromAST,
  visit,
} from 'graphql'
import { exampleInput } from '#test/example-input.ts'
import type { World } from '#test/world.ts'
import { lists } from './cases.ts'

/** A request that both of two worlds get. */
export interface Request {
  query: string
  variables: Record<string, unknown>
}

/** Values to try, by the name of a variable. */
export interface Values {
  ids: string[]
  words: string[]
}

/** Where documents of the product and of its tests lie. */
const folders = ['packages/web/src/**/*.graphql', 'packages/api/test/operations/*.graphql']
const root = new URL('../../../../', import.meta.url).pathname

/** Every query of the product and its tests, each with everything that its variables can say. */
export function requestsOf(schema: GraphQLSchema, values: Values): Request[] {
  return folders.flatMap((folder) => {
    const files = globSync(folder, { cwd: root }).sort()
    const text = files.map((file) => readFileSync(`${root}${file}`, 'utf8')).join('\n')
    const document = parse(text)
    return document.definitions
      .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
      .filter(({ operation }) => operation === OperationTypeNode.QUERY)
      .flatMap((operation) => variantsOf(schema, document, operation, values))
  })
}

/** The operation with what it must be told, and then with each other thing that it can be told. */
function variantsOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  values: Values,
): Request[] {
  const query = withFragments(document, operation)
  const [field] = operation.selectionSet.selections
  const list = field?.kind === Kind.FIELD ? lists[field.name.value] : undefined
  const required: Record<string, unknown[]> = {}
  const optional: [name: string, value: unknown][] = []
  for (const { variable, type } of operation.variableDefinitions ?? []) {
    const name = variable.name.value
    const choices = choicesFor(
      name,
      getNamedType(typeFromAST(schema, type as never)!),
      list,
      values,
    )
    if (type.kind === Kind.NON_NULL_TYPE) required[name] = choices
    else optional.push(...choices.map((choice): [string, unknown] => [name, choice]))
  }
  const bases = Object.entries(required).reduce<Record<string, unknown>[]>(
    (made, [name, choices]) =>
      made.flatMap((base) => choices.map((choice) => ({ ...base, [name]: choice }))),
    [{}],
  )
  return [
    ...bases.map((variables) => ({ query, variables })),
    ...optional.map(([name, value]) => ({ query, variables: { ...bases[0], [name]: value } })),
  ]
}

function choicesFor(
  name: string,
  type: ReturnType<typeof getNamedType>,
  list: (typeof lists)[string] | undefined,
  { ids, words }: Values,
): unknown[] {
  if (isEnumType(type)) return type.getValues().map((value) => value.name)
  if (type?.name.endsWith('Filter')) return list ? list.filters.map(({ filter }) => filter) : [{}]
  if (name === 'ids') return [ids.slice(0, 100)]
  if (type?.name === 'ID') return ids
  if (name === 'first') return [3]
  // Cursors come from the answers: `walk` reads on with them.
  if (name === 'after') return []
  if (type?.name === 'Boolean') return [true, false]
  if (isInputObjectType(type)) return [exampleInput(type, { text: 'Ja' })]
  if (type?.name === 'String') return words
  throw new Error(`Say what the variable $${name} (${String(type)}) can be`)
}

function withFragments(document: DocumentNode, operation: OperationDefinitionNode): string {
  const fragments = new Map<string, FragmentDefinitionNode>()
  const collect = (node: OperationDefinitionNode | FragmentDefinitionNode) =>
    visit(node, {
      FragmentSpread({ name }) {
        const found = document.definitions.find(
          (each): each is FragmentDefinitionNode =>
            each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === name.value,
        )
        if (!found || fragments.has(name.value)) return
        fragments.set(name.value, found)
        collect(found)
      },
    })
  collect(operation)
  return [operation, ...fragments.values()].map((each) => print(each)).join('\n')
}

/** A request that two worlds answer differently, and how. */
export interface Difference extends Request {
  one: string
  other: string
}

/** Sends requests to two worlds, page after page, and gives those whose answers differ in a byte. */
export async function compare(
  worlds: readonly [World, World],
  headers: Record<string, string>,
  requests: readonly Request[],
): Promise<{ answers: number; refused: number; bytes: number; differences: Difference[] }> {
  const result = { answers: 0, refused: 0, bytes: 0, differences: [] as Difference[] }
  for (const request of requests) {
    let after: string | null = null
    do {
      const sent: Request = after
        ? { ...request, variables: { ...request.variables, after } }
        : request
      const [one, other] = await Promise.all(worlds.map((world) => answerOf(world, headers, sent)))
      result.answers++
      // Some are for members, or for people: that is an answer, too.
      if (!/^(200|401|403)\n/.test(one!)) result.refused++
      result.bytes += one!.length
      if (one !== other) result.differences.push({ ...sent, one: one!, other: other! })
      const next = /"pageInfo":\{"hasNextPage":true[^}]*"endCursor":"([\w-]+)"/.exec(one!)?.[1]
      after = request.query.includes('$after') && next && next !== after ? next : null
    } while (after)
  }
  return result
}

/** All that comes back, as it would go over the wire, but for what names the request itself. */
async function answerOf(
  world: World,
  headers: Record<string, string>,
  payload: Request,
): Promise<string> {
  const response = await world.api.app.inject({ method: 'POST', url: '/graphql', headers, payload })
  const { date: _, ...kept } = response.headers
  return `${response.statusCode}\n${JSON.stringify(kept)}\n${response.payload}`
}
