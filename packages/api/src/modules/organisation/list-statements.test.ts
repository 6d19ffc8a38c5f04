import { afterAll, beforeAll, expect, it } from 'vitest'
import { statements } from '#database/read.ts'
import {
  MandatesDocument,
  MembershipRequestsDocument,
  MembershipsDocument,
  OrganisationClaimsDocument,
  OrganisationUnitsDocument,
} from '#test/__generated__/operations.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

// The number of statements of a list must not depend on the number of its rows.

let world: World
let manager: Caller
let association: string

beforeAll(async () => {
  world = await createWorld()
  association = await world.association('assoc')
  for (let index = 0; index < 30; index += 1)
    await world.organisation(`member-${index}`, { associations: ['assoc'] })
  await world.sql.query(`
    insert into mandate (organisation_id, association_id, last_day)
      select organisation_id, association_id, current_date from membership;
    insert into membership_request (organisation_id, association_id)
      select organisation_id, association_id from membership;
    insert into organisation_claim (organisation_id, reference, secret_hash)
      select organisation_id, organisation_id::text, organisation_id::text::bytea from membership;
    insert into organisation_unit (organisation_id, name, kind)
      select association_id, organisation_id::text, 'TEAM' from membership`)
  manager = await world.person({ assoc: 'EXECUTIVE' })
})
afterAll(() => world.close())

async function countStatements(run: () => Promise<unknown>): Promise<number> {
  const texts: string[] = []
  const note = (message: unknown) => texts.push((message as { text: string }).text)
  statements.subscribe(note)
  await run()
  statements.unsubscribe(note)
  return texts.length
}

const lists: Record<string, (first: number) => Promise<{ edges: unknown[] }>> = {
  mandates: async (first) => (await manager.run(MandatesDocument, { first })).mandates,
  memberships: async (first) => (await manager.run(MembershipsDocument, { first })).memberships,
  requests: async (first) =>
    (await manager.run(MembershipRequestsDocument, { first })).membershipRequests,
  claims: async (first) =>
    (await manager.run(OrganisationClaimsDocument, { first })).organisationClaims,
  units: async (first) =>
    (await manager.run(OrganisationUnitsDocument, { organisationId: association, first }))
      .organisationUnits,
}

it.each(Object.entries(lists))('reads 30 %s by as few statements as 2', async (_, list) => {
  const two = await countStatements(() => list(2))
  let edges: unknown[] = []
  const thirty = await countStatements(async () => {
    ;({ edges } = await list(30))
  })
  expect(edges).toHaveLength(30)
  expect(thirty).toBe(two)
  expect(thirty).toBeLessThanOrEqual(5)
})
