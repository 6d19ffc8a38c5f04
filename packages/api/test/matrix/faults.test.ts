import type { GraphQLSchema } from 'graphql'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Context } from '#api/context.ts'
import { fieldAccess } from '#api/field-access/index.ts'
import { createSchema } from '#api/schema.ts'
import { toGlobalId } from '#lib/global-id.ts'
import type { World } from '#test/world.ts'
import { mutations } from './cases.ts'
import { openEach, readAll } from './channels.ts'
import { Selections } from './documents.ts'
import { codeFaults, policyFaults, secondDoors, slipFaults, triggers } from './faults.ts'
import { type Ground, layGround, standOn } from './ground.ts'
import { tryMutations } from './mutations.ts'
import { canary, type Thing } from './objects.ts'
import type { ViewerName } from './oracle.ts'
import { type Finding, Probe, Register } from './probe.ts'
import { reachOf, readWithoutViewer, tryRows } from './row-access.ts'
import { keepUnusedSession } from './viewers.ts'

/** The rule in the code that says yes to everybody just now; `breakable` makes a module whose rules can. */
const { broken, breakable } = await vi.hoisted(async () => {
  const { codeFaults } = await import('./faults.ts')
  const broken = { rule: '' }
  const breakable =
    (file: keyof typeof codeFaults) => async (load: () => Promise<Record<string, unknown>>) => {
      const original = await load()
      const rules = codeFaults[file].map((name) => {
        const rule = original[name] as (...args: unknown[]) => unknown
        const yes = (...args: unknown[]) => (name === 'authorizeContributor' ? args[0] : true)
        return [
          name,
          (...args: unknown[]) => (broken.rule === `${file}: ${name}` ? yes : rule)(...args),
        ]
      })
      return { ...original, ...(Object.fromEntries(rules) as Record<string, unknown>) }
    }
  return { broken, breakable }
})
vi.mock('#modules/identity/viewer.ts', breakable('modules/identity/viewer.ts'))
vi.mock('#modules/identity/authorize.ts', breakable('modules/identity/authorize.ts'))
vi.mock('#modules/entry/entry.policy.ts', breakable('modules/entry/entry.policy.ts'))
vi.mock('#modules/problem/problem.policy.ts', breakable('modules/problem/problem.policy.ts'))
vi.mock(
  '#modules/mediation/mediation.policy.ts',
  breakable('modules/mediation/mediation.policy.ts'),
)
vi.mock('#modules/solution/solution.policy.ts', breakable('modules/solution/solution.policy.ts'))

/** Few viewers stand for all: one of each relation, with and without powers, and those with an end. */
const viewers: ViewerName[] = [
  'visitor',
  'practitioner of the owner',
  'executive of the stranger',
  'mediator of the association',
  'member of the other umbrella',
  'writing token of the neighbour',
  'member whose membership has ended',
  'member whose membership is to come',
  'session of before the move',
  'session unused for too long',
  'expired token',
  'reading token of the owner',
]

type Channel = (probe: Probe) => Promise<void>

const selections = new Selections(createSchema())
const table: [fault: string, cell: string][] = []
let ground: Ground

beforeAll(async () => {
  ground = await layGround()
}, 120_000)

afterAll(() => {
  const width = Math.max(...table.map(([fault]) => fault.length))
  console.log(table.map(([fault, cell]) => `${fault.padEnd(width)}  ${cell}`).join('\n'))
  console.log(
    `${table.length} faults, ${table.filter(([, cell]) => cell === green).length} unnoticed`,
  )
})

const green = 'NOT NOTICED'

/** The first cell that turns red, by channel and then by viewer; findings do not outlive it. */
async function firstRed(probes: Probe[], channels: Channel[]): Promise<Finding | undefined> {
  for (const channel of channels)
    for (const probe of probes) {
      await channel(probe)
      const [first] = probe.findings.splice(0)
      if (first) return first
    }
  return undefined
}

/** Notes what a fault turned red, and gives it. */
function note(fault: string, finding: Finding | undefined): string {
  const cell = finding ? `${finding.viewer}: ${finding.channel} ${finding.what}` : green
  table.push([fault, cell])
  return cell
}

const read: Channel = (probe) => readAll(probe, selections, 1)

describe('in the database', () => {
  let world: World
  let probes: Probe[]

  beforeAll(async () => {
    const made = await standOn(ground)
    world = made.world
    probes = made.probes.filter(({ name }) => viewers.includes(name))
  })
  afterAll(() => world.close())

  it('without a fault nothing is red, before and after', async () => {
    const reach = await reachOf(world)
    expect(await firstRed(probes, [read, (probe) => tryRows(probe, reach)])).toBeUndefined()
  }, 120_000)

  it('every policy, dropped or open to all, and every slip is noticed', async () => {
    const reach = await reachOf(world)
    const unnoticed: string[] = []
    await keepUnusedSession(world, ground.headers)
    const faults = [...(await slipFaults(world.sql)), ...(await policyFaults(world.sql))]
    for (const fault of faults.filter(({ name }) => !secondDoors.includes(name))) {
      const rows: Channel = async (probe) => {
        await tryRows(probe, reach, fault.table ? [fault.table] : undefined)
        if (probe.name === 'visitor') await readWithoutViewer(probe, reach)
      }
      await world.sql.query(fault.make)
      try {
        const cell = note(fault.name, await firstRed(probes, fault.reads ? [read, rows] : [rows]))
        if (cell === green) unnoticed.push(fault.name)
      } finally {
        await world.sql.query(fault.undo)
      }
    }
    expect(unnoticed).toEqual([])
    expect(await firstRed(probes, [(probe) => tryRows(probe, reach)])).toBeUndefined()
  }, 300_000)

  it.each([null, ...triggers])(
    'a trigger that does not fire is noticed: %o',
    async (trigger) => {
      const made = await standOn(ground)
      try {
        if (trigger)
          await made.world.sql.query(`alter table ${trigger.table} disable trigger ${trigger.name}`)
        const register = await narrowAndAnswer(made.world)
        const narrowed = viewers.map(
          (name) => new Probe(made.world, register, name, ground.headers[name]),
        )
        const reach = await reachOf(made.world)
        const found: Channel = (probe) => tryRows(probe, reach, ['search_entry'])
        const finding = await firstRed(narrowed, [read, found])
        if (!trigger) expect(finding).toBeUndefined()
        else expect(note(`${trigger.table}: trigger ${trigger.name} off`, finding)).not.toBe(green)
      } finally {
        await made.world.close()
      }
    },
    120_000,
  )
})

describe('in the code', () => {
  const rules = Object.entries(codeFaults).flatMap(([file, names]) =>
    names.map((name) => `${file}: ${name}`),
  )

  it.each(rules)(
    '%s saying yes to everybody is noticed',
    async (rule) => {
      const { world, probes } = await standOn(ground)
      // Who may only read comes first: most rules keep that viewer from writing.
      const some = [viewers.at(-1)!, ...viewers.slice(1, 4)].map((name) =>
        probes.find((probe) => probe.name === name)!,
      )
      broken.rule = rule
      try {
        const draft: Channel = (probe) => openEach(probe, selections, ['solutionDraft'])
        const change: Channel = (probe) => tryMutations(probe, selections)
        expect(note(rule, await firstRed(some, [read, draft, change]))).not.toBe(green)
      } finally {
        broken.rule = ''
        await world.close()
      }
    },
    120_000,
  )

  const access: Record<string, string> = fieldAccess
  const scoped = Object.keys(mutations).filter((name) => access[`Mutation.${name}`] === 'WRITE')

  it.each(scoped)(
    '%s without its scope is noticed',
    async (name) => {
      const { world, probes } = await standOn(ground, withoutScope(name))
      const readers = probes.filter(({ name }) => name === 'reading token of the owner')
      try {
        const finding = await firstRed(readers, [
          (probe) => tryMutations(probe, selections, [name]),
        ])
        expect(note(`Mutation.${name}: scope not asked for`, finding)).not.toBe(green)
      } finally {
        await world.close()
      }
    },
    120_000,
  )
})

/** The contract with one mutation that takes every token for one that may write. */
function withoutScope(mutation: string): GraphQLSchema {
  const schema = createSchema()
  const field = schema.getMutationType()!.getFields()[mutation]!
  const resolve = field.resolve!
  field.resolve = (parent, args, context: Context, info) =>
    resolve(
      parent,
      args,
      { ...context, viewer: { ...context.viewer, scopes: ['READ', 'WRITE'] } },
      info,
    )
  return schema
}

/**
 * What happens every day: a public problem and a public solution become internal, another problem gets
 * one more answer and support.
 */
async function narrowAndAnswer(world: World): Promise<Register> {
  const open = ground.register.things.filter(
    ({ tier, state }) => tier === 'PUBLIC' && state === 'PUBLISHED',
  )
  const [narrowed, asked] = open.filter(({ kind }) => kind === 'problem') as [Thing, Thing]
  const solution = open.find(({ kind }) => kind === 'solution')!
  const { sql } = world
  await sql.query(`update problem set visibility = 'OWN_ORGANISATION' where id = $1`, [
    narrowed.uuid,
  ])
  await sql.query(`update solution set visibility = 'OWN_ORGANISATION' where id = $1`, [
    solution.uuid,
  ])
  await sql.query('delete from same_here where problem_id = $1', [narrowed.uuid])
  const number = ground.register.things.length
  const { rows } = await sql.query<{ id: string }>(
    `insert into answer (problem_id, answering_organisation_id, organisation_id, type, body)
     select id, organisation_id, organisation_id, 'EXPERIENCE', $2 from problem where id = $1
     returning id`,
    [asked.uuid, canary({ number }, 'b')],
  )
  const uuid = rows[0]!.id
  const things = ground.register.things.map((thing) =>
    thing.id === narrowed.id ||
    thing.id === solution.id ||
    (thing.problemId === narrowed.id && thing.kind === 'answer')
      ? { ...thing, tier: 'OWN_ORGANISATION' }
      : thing.id === asked.id
        ? { ...thing, answers: 3 }
        : thing,
  )
  const answer: Thing = {
    ...asked,
    kind: 'answer',
    number,
    uuid,
    id: toGlobalId('Answer', uuid),
    problemId: asked.id,
    answeredBy: asked.owner,
  }
  return new Register([...things, answer])
}
