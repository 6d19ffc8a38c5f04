import { getNamedType, type GraphQLInputType, isInputObjectType, isNonNullType } from 'graphql'
import { checksums } from '#test/checksums.ts'
import { exampleInput } from '#test/example-input.ts'
import { mutations } from './cases.ts'
import type { Selections } from './documents.ts'
import type { Thing } from './objects.ts'
import { mayDo } from './oracle.ts'
import type { Probe } from './probe.ts'

/**
 * Every mutation that names an object: with one that is hidden it answers as with one that does not
 * exist, with one that may be seen and not changed it refuses; and no row of any table changes.
 */
export async function tryMutations(
  probe: Probe,
  selections: Selections,
  only = Object.keys(mutations),
): Promise<void> {
  const fields = selections.schema.getMutationType()!.getFields()
  for (const [name, { on, needs }] of Object.entries(mutations)) {
    if (!only.includes(name)) continue
    const input = fields[name]!.args[0]!.type
    const idField = idFieldOf(input, on)
    const query = `mutation ($input: ${String(input)}) { ${name}(input: $input) { __typename userErrors { code message path } } }`
    const call = (id: string) => {
      const example = exampleInput(input, { text: 'Ja' }) as Record<string, unknown>
      return probe.ask(`Mutation.${name}`, query, { input: { ...example, [idField]: id } })
    }
    const before = await checksums(probe.world)
    const unknown = await call(unknownId(on, probe.register.things))
    if (needs !== 'nothing' && probe.row.powers === 'none' && unknown.codes.length === 0)
      probe.report(`Mutation.${name}`, 'lets in who may not write', query)
    for (const thing of oneOfEachClass(probe.register.things, on)) {
      if (!probe.sees(thing)) {
        const { status, text } = await call(thing.id)
        if (status !== unknown.status || text !== unknown.text)
          probe.report(
            `Mutation.${name}`,
            `tells hidden from unknown: ${text} / ${unknown.text}`,
            query,
            thing,
          )
      } else if (!mayDo(probe.row, needs, thing)) {
        const { data, codes } = await call(thing.id)
        const result = data?.[name] as { userErrors: unknown[] } | null
        if (codes.length === 0 && result?.userErrors.length === 0)
          probe.report(
            `Mutation.${name}`,
            `lets change ${thing.tier} ${thing.state} of the ${thing.owner}`,
            query,
            thing,
          )
      }
    }
    const after = await checksums(probe.world)
    for (const [table, rows] of Object.entries(after))
      if (rows !== before[table])
        probe.report(`Mutation.${name}`, `changes rows of ${table}`, query)
  }
}

/** One object of each tier, state and owner, and each answer of such a problem. */
function oneOfEachClass(things: readonly Thing[], kind: Thing['kind']): Thing[] {
  const classes = things
    .filter((thing) => thing.kind === kind)
    .map((thing) => {
      const { tier, state, owner, answeredBy, isWithdrawnAnswer } = thing
      return [[tier, state, owner, answeredBy, isWithdrawnAnswer].join(), thing] as const
    })
  return [...new Map(classes).values()]
}

function idFieldOf(type: GraphQLInputType, kind: Thing['kind']): string {
  const input = getNamedType(type)
  if (!isInputObjectType(input)) throw new Error(`${input.name} is no input object`)
  const ids = Object.values(input.getFields())
    .filter(({ type }) => isNonNullType(type) && getNamedType(type).name === 'ID')
    .map(({ name }) => name)
  const named = [`${kind}Id`, 'entryId', 'id'].find((name) => ids.includes(name))
  if (!named) throw new Error(`${input.name} names no ${kind}`)
  return named
}

/** An id of the same type that nothing has: the last object's with other bytes. */
function unknownId(kind: Thing['kind'], things: readonly Thing[]): string {
  const { id } = things.find((thing) => thing.kind === kind)!
  return `${id.slice(0, 2)}${'A'.repeat(20)}A`
}
