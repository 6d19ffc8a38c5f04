import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core'
import {
  getNamedType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from 'graphql'

/** A change of the contract that would break a member system. */
export interface BreakingChange {
  /** What changed, such as `Problem.body`. */
  path: string
  message: string
}

/**
 * The changes from `old` to `next` that break callers. Removing what was `@deprecated` with a
 * reason that ends in `until YYYY-MM-DD` is no break once that day is over.
 */
export async function breakingChanges(
  old: GraphQLSchema,
  next: GraphQLSchema,
  today: Date,
): Promise<BreakingChange[]> {
  const changes = await diff(old, next)
  return changes
    .filter((change) => change.criticality.level === CriticalityLevel.Breaking)
    .filter((change) => !isDueRemoval(change, old, today))
    .map(({ path = '', message }) => ({ path, message }))
}

function isDueRemoval({ type, path = '' }: Change, old: GraphQLSchema, today: Date): boolean {
  if (type === 'TYPE_REMOVED') {
    const uses = usesOf(path, old)
    return uses.length > 0 && uses.every((use) => isOver(use, old, today))
  }
  return type.endsWith('_REMOVED') && isOver(path, old, today)
}

/** Whether the term of the element at `path`, or of the field around it, is over. */
function isOver(path: string, schema: GraphQLSchema, today: Date): boolean {
  return reasonsAt(path, schema).some((reason) => {
    const [, day] = /until (\d{4}-\d{2}-\d{2})\.?$/.exec(reason) ?? []
    return !!day && day < today.toISOString().slice(0, 10)
  })
}

/** Deprecation reasons of `Type.field.argument`, `Enum.VALUE` or `Input.field`. */
function reasonsAt(path: string, schema: GraphQLSchema): string[] {
  const [typeName = '', member = '', argument] = path.split('.')
  const type = schema.getType(typeName)
  if (isEnumType(type)) return given(type.getValue(member)?.deprecationReason)
  if (isInputObjectType(type)) return given(type.getFields()[member]?.deprecationReason)
  if (!isObjectType(type) && !isInterfaceType(type)) return []
  const field = type.getFields()[member]
  const reason = field?.args.find(({ name }) => name === argument)?.deprecationReason
  return [...given(field?.deprecationReason), ...given(reason)]
}

function given(reason: string | null | undefined): string[] {
  return reason ? [reason] : []
}

/** Where a type is used: `Type.field`, `Type.field.argument`, or the union that holds it. */
function usesOf(name: string, schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => !type.name.startsWith('__'))
    .flatMap((type) => usesIn(type, name))
}

function usesIn(type: GraphQLNamedType, name: string): string[] {
  if (isUnionType(type)) return type.getTypes().some((one) => one.name === name) ? [type.name] : []
  if (isInputObjectType(type)) {
    return Object.values(type.getFields())
      .filter((field) => getNamedType(field.type).name === name)
      .map((field) => `${type.name}.${field.name}`)
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return []
  return Object.values(type.getFields()).flatMap((field) => [
    ...(getNamedType(field.type).name === name ? [`${type.name}.${field.name}`] : []),
    ...field.args
      .filter((argument) => getNamedType(argument.type).name === name)
      .map((argument) => `${type.name}.${field.name}.${argument.name}`),
  ])
}
