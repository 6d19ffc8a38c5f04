import type { GraphQLSchema } from 'graphql'
import { cloneWorld, createWorld, type World } from '#test/world.ts'
import { linkThings, makeThings, reportAndLock } from './objects.ts'
import type { ViewerName } from './oracle.ts'
import { Probe, Register } from './probe.ts'
import { privateRows } from './rows.ts'
import { makeOrganisations, makeViewers } from './viewers.ts'

/** A world with all objects and viewers, that nobody is connected to: for clones to be made of. */
export interface Ground {
  url: string
  register: Register
  headers: Record<ViewerName, Record<string, string>>
}

/** Makes all organisations, objects and viewers of the matrix. */
export async function layGround(): Promise<Ground> {
  const world = await createWorld()
  await makeOrganisations(world)
  const things = await makeThings(world)
  await linkThings(world, things)
  await reportAndLock(world, things)
  const callers = Object.entries(await makeViewers(world))
  await world.sql.query(`begin; ${privateRows}; commit`)
  await world.close()
  return {
    url: world.url,
    register: new Register(things),
    headers: Object.fromEntries(
      callers.map(([name, { headers }]) => [name, headers]),
    ) as Ground['headers'],
  }
}

/** A clone of it with a probe for each viewer. */
export async function standOn(
  ground: Ground,
  schema?: GraphQLSchema,
): Promise<{ world: World; probes: Probe[] }> {
  const world = await cloneWorld(ground.url, schema)
  const probes = Object.entries(ground.headers).map(
    ([name, headers]) => new Probe(world, ground.register, name as ViewerName, headers),
  )
  return { world, probes }
}
