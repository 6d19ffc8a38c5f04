import {
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql'
import { toGlobalId } from '#lib/global-id.ts'

/**
 * An example of an input: nothing that may be left out, ids of nobody, the first word of an enum.
 *
 * @param text what stands for each text
 */
export function exampleInput(
  type: GraphQLInputType,
  { text }: { text: string },
  name = 'input',
): unknown {
  if (isNonNullType(type)) return exampleInput(type.ofType, { text }, name)
  if (isListType(type)) return []
  if (isEnumType(type)) return type.getValues()[0]?.name
  if (isInputObjectType(type))
    return Object.fromEntries(
      Object.values(type.getFields())
        .filter((field) => isNonNullType(field.type))
        .map((field) => [field.name, exampleInput(field.type, { text }, field.name)]),
    )
  const kind = /organisation/i.test(name)
    ? 'Organisation'
    : /answer/i.test(name)
      ? 'Answer'
      : 'Problem'
  const examples: Record<string, unknown> = {
    ID: toGlobalId(kind, '00000000-0000-4000-8000-000000000000'),
    Int: 1,
    Boolean: false,
    Date: '2026-01-31',
  }
  return examples[type.name] ?? text
}
