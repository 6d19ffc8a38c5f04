import {
  getNamedType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql'

/** Fields that one document may ask for: below the limit of the contract. */
const fieldsPerDocument = 260

/** Types whose objects belong to nobody: their codes are enough. */
const openTypes = new Set(['Term'])

/** A part of a selection and how many fields it has. */
interface Branch {
  text: string
  size: number
  /** Goes into a document of its own: fields of several types under one name may not agree. */
  isAlone?: true
}

/** Writes selections from the schema, so that no field and no path is forgotten. */
export class Selections {
  readonly schema: GraphQLSchema

  constructor(schema: GraphQLSchema) {
    this.schema = schema
  }

  /**
   * Selections on a type that together ask for every field and follow every path of a number of steps
   * through other objects. Connections and their edges are no step of their own.
   */
  on(type: GraphQLObjectType, steps: number): string[] {
    const { leaves, branches } = this.#partsOf(type, steps)
    const id = type.getFields()['id'] ? '__typename id' : '__typename'
    const selections = [leaves]
    for (const branch of branches) {
      const last = selections.at(-1)!
      if (last.isAlone || branch.isAlone || last.size + branch.size > fieldsPerDocument)
        selections.push({ ...branch, text: `${id} ${branch.text}`, size: branch.size + 2 })
      else {
        last.text += ` ${branch.text}`
        last.size += branch.size
      }
    }
    return selections.map(({ text }) => text)
  }

  /** Fields of the root of reading, by name. */
  get rootFields(): GraphQLField<unknown, unknown>[] {
    return Object.values(this.schema.getQueryType()!.getFields())
  }

  #partsOf(type: GraphQLObjectType, steps: number): { leaves: Branch; branches: Branch[] } {
    const leaves: Branch = { text: '__typename', size: 1 }
    const branches: Branch[] = []
    for (const field of Object.values(type.getFields())) {
      if (field.args.some(isRequiredArgument)) continue
      const target = getNamedType(field.type)
      if (isAbstractType(target)) {
        for (const possible of steps > 0 ? this.schema.getPossibleTypes(target) : []) {
          const inner = this.#wholeOf(possible, steps - 1)
          const text = `${field.name} { __typename ... on ${possible.name} { ${inner.text} } }`
          branches.push({ text, size: inner.size + 3, isAlone: true })
        }
      } else if (isObjectType(target)) {
        const inner = this.#branchTo(target, steps)
        const page = field.args.some(({ name }) => name === 'first') ? '(first: 100)' : ''
        if (inner)
          branches.push({ text: `${field.name}${page} { ${inner.text} }`, size: inner.size + 1 })
      } else if (isLeafType(target)) {
        leaves.text += ` ${field.name}`
        leaves.size++
      }
    }
    return { leaves, branches }
  }

  #branchTo(type: GraphQLObjectType, steps: number): Branch | null {
    if (openTypes.has(type.name)) return { text: 'code', size: 1 }
    if (steps === 0) return null
    const node = nodeTypeOf(type)
    if (node === type) return this.#wholeOf(type, steps - 1)
    const inner = this.#wholeOf(node, steps - 1)
    return {
      text: `edges { cursor node { ${inner.text} } } pageInfo { hasNextPage endCursor } totalCount { value isExact }`,
      size: inner.size + 8,
    }
  }

  #wholeOf(type: GraphQLObjectType, steps: number): Branch {
    const { leaves, branches } = this.#partsOf(type, steps)
    return branches
      .filter(({ isAlone }) => !isAlone)
      .reduce(
        (all, { text, size }) => ({ text: `${all.text} ${text}`, size: all.size + size }),
        leaves,
      )
  }
}

/** The type of the nodes of a connection, or the type itself. */
export function nodeTypeOf(type: GraphQLObjectType): GraphQLObjectType {
  const edges = type.getFields()['edges']
  const edge = edges && getNamedType(edges.type)
  const node = isObjectType(edge) ? getNamedType(edge.getFields()['node']!.type) : type
  return isObjectType(node) ? node : type
}
