import { getNamedType, isEnumType, isInputObjectType } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSchema } from '#api/schema.ts'
import type { World } from '#test/world.ts'
import { byId, lists, mutations, mutationsWithoutObject, others } from './cases.ts'
import { openEach, readAll, searchWords } from './channels.ts'
import { Selections } from './documents.ts'
import { layGround, standOn } from './ground.ts'
import { tryMutations } from './mutations.ts'
import { reachOf, readWithoutViewer, tryRows } from './row-access.ts'
import { sees, shows, showsAnswer, viewerTable } from './oracle.ts'
import type { Finding, Probe } from './probe.ts'
import { askOthers, walkLists } from './walk-lists.ts'

const schema = createSchema()
const selections = new Selections(schema)

describe('the oracle has a row for', () => {
  const valuesOf = (name: string) => {
    const type = schema.getType(name)
    if (!isEnumType(type)) throw new Error(`${name} is no enum`)
    return type
      .getValues()
      .map((value) => value.name)
      .sort()
  }

  it('every tier and every state', () => {
    expect([...sees.OWN].sort()).toEqual(valuesOf('Visibility'))
    // What needs an update is published; it is not stored.
    const states = valuesOf('EntryState').filter((state) => state !== 'NEEDS_UPDATE')
    expect(Object.keys(shows).sort()).toEqual(states)
    expect(Object.keys(showsAnswer).sort()).toEqual(states)
  })

  it('every field of the root, and every mutation', () => {
    const rows = [...Object.keys(lists), ...Object.keys(byId), ...others]
    expect(rows.sort()).toEqual(selections.rootFields.map(({ name }) => name).sort())
    const known = [...Object.keys(mutations), ...mutationsWithoutObject]
    expect(known.sort()).toEqual(Object.keys(schema.getMutationType()!.getFields()).sort())
  })

  it.each(Object.entries(lists))('every filter of %s', (name, { filters }) => {
    const field = selections.rootFields.find((field) => field.name === name)!
    const filter = field.args.find((arg) => arg.name === 'filter')
    const input = filter && getNamedType(filter.type)
    const used = new Set(filters.flatMap(({ filter }) => Object.keys(filter)))
    const names = isInputObjectType(input) ? Object.keys(input.getFields()) : []
    expect([...used].sort()).toEqual(names.sort())
  })
})

describe('the matrix', () => {
  let world: World
  let probes: Probe[] = []

  beforeAll(async () => {
    const made = await standOn(await layGround())
    world = made.world
    probes = made.probes
  }, 120_000)

  afterAll(async () => {
    const cells = probes.reduce((sum, probe) => sum + probe.cells, 0)
    const findings = probes.flatMap((probe) => probe.findings)
    console.log(
      `Matrix: ${probes.length} viewers × ${probes[0]?.register.things.length} objects, ${cells} cells, ${findings.length} findings`,
    )
    await world.close()
  })

  it('shows nothing without a viewer', async () => {
    await readWithoutViewer(probes[0]!, await reachOf(world))
    expect(probes[0]!.findings).toEqual([])
  })

  it.each(Object.keys(viewerTable))(
    'shows to: %s, exactly what the oracle says',
    async (name) => {
      const probe = probes.find((probe) => probe.name === name)!
      await walkLists(probe, selections)
      await askOthers(probe, selections)
      await openEach(probe, selections)
      await readAll(probe, selections)
      await searchWords(probe)
      await tryMutations(probe, selections)
      expect(probe.findings.slice(0, 5).map(inWords)).toEqual([])
    },
    120_000,
  )

  it.each(Object.keys(viewerTable))(
    'gives and takes, as the app’s login for: %s, exactly the rows of the tables’ rules',
    async (name) => {
      const probe = probes.find((probe) => probe.name === name)!
      probe.findings.splice(0)
      await tryRows(probe, await reachOf(world))
      expect(probe.findings.slice(0, 9).map(inWords)).toEqual([])
    },
    120_000,
  )
})

function inWords({ viewer, channel, what, request }: Finding): string {
  return `${viewer}: ${channel} ${what}\n${request}`
}
