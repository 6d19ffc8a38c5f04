import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  CreateOrganisationUnitDocument,
  OrganisationUnitsDocument,
  RemoveOrganisationUnitDocument,
  UpdateOrganisationUnitDocument,
} from '#test/__generated__/operations.ts'
import { expectNeedsContributor, faultsOf } from '#test/refusals.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

let world: World
let organisationId: string
let editor: Caller

beforeAll(async () => {
  world = await createWorld()
  await world.association('assoc')
  organisationId = await world.organisation('home', { associations: ['assoc'] })
  await world.organisation('other')
  editor = await world.person({ home: 'EDITOR' })
})
afterAll(() => world.close())

async function create(caller: Caller, name: string, idempotencyKey?: string) {
  const { createOrganisationUnit } = await caller.run(CreateOrganisationUnitDocument, {
    input: {
      organisationId,
      name,
      kind: 'INSTITUTION',
      ...(idempotencyKey && { idempotencyKey }),
    },
  })
  return createOrganisationUnit
}

async function names(): Promise<string[]> {
  const { organisationUnits } = await world.visitor.run(OrganisationUnitsDocument, {
    organisationId,
  })
  return organisationUnits.edges.map(({ node }) => node.name)
}

it('only editors and executives keep the units of their organisation', async () => {
  const id = (await create(editor, 'Haus Linde')).unit!.id
  const input = { organisationId, name: 'Fremd', kind: 'TEAM' } as const
  await expectNeedsContributor(world, 'home', CreateOrganisationUnitDocument, { input })
  await expectNeedsContributor(world, 'home', UpdateOrganisationUnitDocument, { input: { id } })
  await expectNeedsContributor(world, 'home', RemoveOrganisationUnitDocument, { input: { id } })
  for (const caller of [
    await world.person({ other: 'EXECUTIVE' }),
    await world.person({ assoc: 'EXECUTIVE' }),
    await world.person({ home: 'MANAGER' }),
    await world.token('home'),
  ]) {
    expect(faultsOf(await create(caller, 'Fremd'))).toEqual(['FORBIDDEN'])
    const { updateOrganisationUnit } = await caller.run(UpdateOrganisationUnitDocument, {
      input: { id, name: 'Fremd' },
    })
    expect(faultsOf(updateOrganisationUnit)).toEqual(['FORBIDDEN'])
    const { removeOrganisationUnit } = await caller.run(RemoveOrganisationUnitDocument, {
      input: { id },
    })
    expect(faultsOf(removeOrganisationUnit)).toEqual(['FORBIDDEN'])
  }
  expect(await names()).toEqual(['Haus Linde'])
  const { updateOrganisationUnit } = await editor.run(UpdateOrganisationUnitDocument, {
    input: { id, name: 'Haus Eiche', kind: 'SERVICE', place: 'Westertal' },
  })
  expect(updateOrganisationUnit.unit).toMatchObject({
    name: 'Haus Eiche',
    kind: 'SERVICE',
    place: 'Westertal',
  })
  await editor.run(RemoveOrganisationUnitDocument, { input: { id } })
  expect(await names()).toEqual([])
  const { removeOrganisationUnit } = await editor.run(RemoveOrganisationUnitDocument, {
    input: { id },
  })
  expect(faultsOf(removeOrganisationUnit)).toEqual(['NOT_FOUND id'])
})

it('knows each name once in an organisation, and makes nothing twice', async () => {
  const first = await create(editor, 'Team Nord', 'once')
  expect(await create(editor, 'Team Nord', 'once')).toEqual(first)
  expect(faultsOf(await create(editor, 'Team Nord'))).toEqual(['UNIT_EXISTS name'])
  const { unit } = await create(editor, 'Team Süd')
  const { updateOrganisationUnit } = await editor.run(UpdateOrganisationUnitDocument, {
    input: { id: unit!.id, name: 'Team Nord' },
  })
  expect(faultsOf(updateOrganisationUnit)).toEqual(['UNIT_EXISTS name'])
  expect(faultsOf(await create(editor, ' '))).toEqual(['REQUIRED name'])
  expect(await names()).toEqual(['Team Nord', 'Team Süd'])
})

it('lists units by pages', async () => {
  const page = async (after: string | null) =>
    (await world.visitor.run(OrganisationUnitsDocument, { organisationId, first: 1, after }))
      .organisationUnits
  const first = await page(null)
  expect(first.totalCount.value).toBe(2)
  expect(first.pageInfo.hasNextPage).toBe(true)
  const second = await page(first.edges[0]!.cursor)
  expect(second.edges.map(({ node }) => node.name)).toEqual(['Team Süd'])
  expect(second.pageInfo.hasNextPage).toBe(false)
})
