import {
  defaultFieldResolver,
  type GraphQLField,
  getNamedType,
  getNullableType,
  type GraphQLSchema,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import type { Context } from '#api/context.ts'
import {
  type FieldClass,
  fieldClasses,
  type MutationClass,
  mutationClasses,
  type Parent,
} from '#api/field-access/classes.ts'
import { emptyPage } from '#lib/page.ts'
import { payload } from '#lib/payload.ts'

type Field = GraphQLField<unknown, Context>
type Resolve = NonNullable<Field['resolve']>

/** The classes of fields as a text may name them: tests take some away. */
export type Classification = Readonly<Record<string, string>>

/**
 * Puts the check of its class before the resolver of every field.
 *
 * @throws for a field without a class, a class without a field, and a class that the type of its
 *   field has no answer for
 */
export function guardFields(schema: GraphQLSchema, access: Classification): GraphQLSchema {
  const fields = fieldsOf(schema)
  assertClassified(Object.keys(fields), access)
  for (const [name, field] of Object.entries(fields)) {
    const resolve = field.resolve ?? defaultFieldResolver
    const isMutation = name.startsWith('Mutation.')
    field.resolve = isMutation
      ? guardMutation(access[name] as MutationClass, resolve)
      : guardField(name, field, access[name] as FieldClass, resolve)
  }
  return schema
}

/** Every field of every object type, by `Type.field`. */
function fieldsOf(schema: GraphQLSchema): Record<string, Field> {
  const types = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type))
    .filter(({ name }) => !name.startsWith('__'))
  return Object.fromEntries(
    types.flatMap((type) =>
      Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, field]),
    ),
  )
}

function assertClassified(names: string[], access: Classification): void {
  const missing = names.filter((name) => !access[name])
  const gone = Object.keys(access).filter((name) => !names.includes(name))
  const wrong = names.filter((name) => access[name] && !classesFor(name).includes(access[name]))
  const list = (heading: string, lines: string[]) =>
    lines.length > 0 ? [heading, ...lines.map((line) => `  ${line}`)] : []
  const problems = [
    ...list(
      'Fields that nobody has classified. Say who sees each, one line in packages/api/src/field-access/<domain>.ts:',
      missing.map((name) => {
        const [first, ...others] = name.startsWith('Mutation.')
          ? ['WRITE', 'PERSON', 'MANAGER', 'ANYBODY']
          : [
              name.startsWith('Query.') ? 'ANYBODY' : 'AS_OBJECT',
              'MEMBERS',
              'OWNERS',
              'OWN_PEOPLE',
              'MANAGERS',
              'SELF',
            ]
        return `'${name}': '${first}', // or ${others.join(', ')}`
      }),
    ),
    ...list(
      'Fields that the contract does not have. Remove them there:',
      gone.map((name) => `'${name}'`),
    ),
    ...list(
      'Classes that do not exist for these fields. Choose one of field-access/classes.ts:',
      wrong.map(
        (name) => `'${name}': '${access[name]}' (there are ${classesFor(name).join(', ')})`,
      ),
    ),
  ]
  if (problems.length > 0) throw new Error(problems.join('\n'))
}

function classesFor(name: string): string[] {
  return Object.keys(name.startsWith('Mutation.') ? mutationClasses : fieldClasses)
}

function guardMutation(name: MutationClass, resolve: Resolve) {
  const guarded: Resolve = (parent, args, context, info) => {
    let refusal: unknown
    try {
      mutationClasses[name](context.viewer)
    } catch (error) {
      refusal = error
    }
    if (refusal === undefined) return resolve(parent, args, context, info)
    // What the caller can mend goes into the payload, all else to the top.
    return payload(context, async () => Promise.reject(refusal))
  }
  return guarded
}

function guardField(name: string, field: Field, fieldClass: FieldClass, resolve: Resolve): Resolve {
  if (fieldClass === 'AS_OBJECT' || fieldClass === 'ANYBODY') return resolve
  const allows: (viewer: Context['viewer'], parent: Parent | null) => boolean =
    fieldClasses[fieldClass]
  const nothing = nothingFor(name, field)
  return (parent, args, context, info) =>
    allows(context.viewer, parentOf(parent, info.parentType.name))
      ? resolve(parent, args, context, info)
      : nothing
}

/** What whoever may not see a field gets: the same as where there is nothing. */
function nothingFor(name: string, { type }: Field): unknown {
  if (!isNonNullType(type)) return null
  if (isListType(getNullableType(type))) return []
  if (getNamedType(type).name.endsWith('Connection')) return emptyPage
  throw new Error(
    `${name} is not for everybody, so it must be able to say nothing: make it nullable, a list or a connection.`,
  )
}

function parentOf(parent: unknown, typeName: string): Parent | null {
  if (typeName === 'Query' || typeof parent !== 'object' || parent === null) return null
  if (typeName !== 'Organisation') return parent
  return { organisationId: (parent as { id?: unknown }).id }
}
