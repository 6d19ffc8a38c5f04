import { Pool } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { doChores } from '#api/housekeeping.ts'
import { decideClaim } from '#api/index.ts'
import { toGlobalId } from '#lib/global-id.ts'
import {
  ClaimStatusDocument,
  ConfirmOrganisationClaimDocument,
  OrganisationClaimsDocument,
  RefuseOrganisationClaimDocument,
  SubmitOrganisationClaimDocument,
} from '#test/__generated__/operations.ts'
import { expectNeedsContributor, faultsOf } from '#test/refusals.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

let world: World
let association: Caller

beforeAll(async () => {
  world = await createWorld()
  await world.association('assoc')
  await world.association('assoc-2')
  await world.organisation('member', { associations: ['assoc'] })
  association = await world.person({ assoc: 'EDITOR' })
})
afterAll(() => world.close())

/** An entry of the directory that nobody has taken over yet. */
async function unclaimed(code: string, associations = ['assoc']): Promise<string> {
  const id = await world.organisation(code, { associations })
  await world.sql.query('update organisation set claimed = false where code = $1', [code])
  return id
}

const person = { claimantName: 'Ute Beispiel', claimantRole: 'Vorstand', claimantContact: '0555 1' }

async function submit(organisationId: string, input = person) {
  // Each from a network of its own; what one network may do has its own test.
  await world.sql.query('delete from attempt_budget')
  const { submitOrganisationClaim } = await world.visitor.run(SubmitOrganisationClaimDocument, {
    input: { organisationId, ...input },
  })
  return submitOrganisationClaim
}

async function list(caller: Caller) {
  const { organisationClaims } = await caller.run(OrganisationClaimsDocument, { first: 100 })
  expect(organisationClaims.totalCount.value).toBe(organisationClaims.edges.length)
  return organisationClaims.edges.map(({ node }) => node)
}

async function claimTo(organisationId: string) {
  const { reference, secret } = await submit(organisationId)
  const claim = (await list(association)).find((each) => each.reference === reference)
  return { id: claim!.id, secret: secret! }
}

async function confirm(caller: Caller, id: string) {
  const payload = await caller.run(ConfirmOrganisationClaimDocument, { input: { id } })
  return payload.confirmOrganisationClaim
}

async function refuse(caller: Caller, id: string, reason = 'Wir kennen euch nicht.') {
  const payload = await caller.run(RefuseOrganisationClaimDocument, { input: { id, reason } })
  return payload.refuseOrganisationClaim
}

async function status(secret: string) {
  return (await world.visitor.run(ClaimStatusDocument, { secret })).claimStatus
}

/** Whether anything of the claimant is left in the table of claims. */
async function remembered(): Promise<number> {
  const { rows } = await world.sql.query(
    `select from organisation_claim where state <> 'OPEN'
     and coalesce(claimant_name, claimant_role, claimant_contact) is not null`,
  )
  return rows.length
}

/** How many people are executives of an organisation and have a card with which they come in. */
async function executivesWithCards(code: string): Promise<number> {
  const { rows } = await world.sql.query(
    `select from role_assignment join organisation on organisation.id = organisation_id
     join access_card using (account_id, organisation_id)
     where code = $1 and role = 'EXECUTIVE' and revoked_on is null`,
    [code],
  )
  return rows.length
}

it('anybody claims what nobody has taken over, and nothing else', async () => {
  const id = await unclaimed('free')
  const { reference, secret, userErrors } = await submit(id)
  expect(userErrors).toEqual([])
  expect(reference).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/)
  expect(await status(secret!)).toEqual({
    reference,
    state: 'OPEN',
    reason: null,
    organisation: { id, claimed: false },
  })
  expect(await status('guessed')).toBeNull()
  const taken = toGlobalId(
    'Organisation',
    (await world.sql.query(`select id from organisation where code = 'member'`)).rows[0].id,
  )
  expect(faultsOf(await submit(taken))).toEqual(['WRONG_STATE organisationId'])
  expect(faultsOf(await submit('nothing'))).toEqual(['NOT_FOUND organisationId'])
  expect(
    faultsOf(await submit(id, { claimantName: '', claimantRole: ' ', claimantContact: '' })),
  ).toEqual(['REQUIRED claimantName', 'REQUIRED claimantRole', 'REQUIRED claimantContact'])
})

it('from one network come no more claims than a day needs', async () => {
  const organisationId = await unclaimed('wanted')
  await world.sql.query('delete from attempt_budget')
  const codes: string[][] = []
  for (let index = 0; index < 11; index += 1) {
    const { submitOrganisationClaim } = await world.visitor.run(SubmitOrganisationClaimDocument, {
      input: { organisationId, ...person },
    })
    codes.push(faultsOf(submitOrganisationClaim))
  }
  expect(codes.flat()).toEqual(['TOO_MANY_ATTEMPTS'])
  expect(codes[10]).toEqual(['TOO_MANY_ATTEMPTS'])
})

it('only the association of an organisation sees and decides claims to it', async () => {
  const { id } = await claimTo(await unclaimed('mine'))
  await expectNeedsContributor(world, 'member', ConfirmOrganisationClaimDocument, { input: { id } })
  await expectNeedsContributor(world, 'member', RefuseOrganisationClaimDocument, {
    input: { id, reason: 'x' },
  })
  for (const caller of [
    await world.person({ member: 'EXECUTIVE' }),
    await world.person({ 'assoc-2': 'EXECUTIVE' }),
    await world.person({ assoc: 'ADVISOR' }),
    await world.token('assoc'),
  ]) {
    expect(await list(caller)).toEqual([])
    expect(faultsOf(await confirm(caller, id))).toEqual(['NOT_FOUND id'])
    expect(faultsOf(await refuse(caller, id))).toEqual(['NOT_FOUND id'])
  }
  expect(await list(world.visitor)).toEqual([])
  const seen = (await list(association)).find((claim) => claim.id === id)
  expect(seen).toMatchObject({ ...person, openClaimCount: 1 })
})

it('a confirmed claim makes an executive with a card, and settles the others', async () => {
  const organisationId = await unclaimed('contested')
  const first = await claimTo(organisationId)
  const second = await claimTo(organisationId)
  expect((await list(association)).filter((claim) => claim.openClaimCount === 2)).toHaveLength(2)
  const both = await Promise.all([confirm(association, first.id), confirm(association, second.id)])
  const done = both.filter(({ userErrors }) => userErrors.length === 0)
  expect(done).toHaveLength(1)
  expect(done[0]).toMatchObject({
    organisation: { id: organisationId, claimed: true },
    executive: 'Ute Beispiel',
  })
  expect(done[0]!.card!.code).toMatch(/\w{4}/)
  expect(await executivesWithCards('contested')).toBe(1)
  const states = [(await status(first.secret))?.state, (await status(second.secret))?.state]
  expect(states.toSorted((a, b) => (a! < b! ? -1 : 1))).toEqual(['CONFIRMED', 'REFUSED'])
  expect(await remembered()).toBe(0)
})

it('nobody becomes executive of an organisation that was taken over meanwhile', async () => {
  const organisationId = await unclaimed('late')
  const { id } = await claimTo(organisationId)
  await world.sql.query(`update organisation set claimed = true where code = 'late'`)
  const before = await world.sql.query('select count(*) from account')
  expect(faultsOf(await confirm(association, id))).toEqual(['WRONG_STATE id'])
  const after = await world.sql.query('select count(*) from account')
  expect(after.rows).toEqual(before.rows)
  await expect(
    world.sql.query(
      `set role netzwerkdiakonie_app; select carry_out_claim('${id}', gen_random_uuid())`,
    ),
  ).rejects.toThrow(/permission denied/)
  await world.sql.query('reset role')
})

it('a refused claim says why and forgets the person', async () => {
  const { id, secret } = await claimTo(await unclaimed('refused'))
  expect(faultsOf(await refuse(association, id, ' '))).toEqual(['REQUIRED reason'])
  expect((await refuse(association, id)).userErrors).toEqual([])
  expect(await status(secret)).toMatchObject({
    state: 'REFUSED',
    reason: 'Wir kennen euch nicht.',
    organisation: { claimed: false },
  })
  expect(await remembered()).toBe(0)
  expect(faultsOf(await confirm(association, id))).toEqual(['WRONG_STATE id'])
  const { rows } = await world.sql.query(
    `select code, action from audit_entry join organisation on organisation.id = organisation_id
     where subject = $1 order by code`,
    [id],
  )
  expect(rows).toEqual([
    { code: 'assoc', action: 'CLAIM_REFUSED' },
    { code: 'refused', action: 'CLAIM_REFUSED' },
  ])
})

it('after 60 days a claim is gone, and so is its row', async () => {
  const { id, secret } = await claimTo(await unclaimed('old'))
  await world.sql.query(
    'update organisation_claim set submitted_on = current_date - 60 where id = $1',
    [id],
  )
  expect(await status(secret)).toBeNull()
  expect(faultsOf(await confirm(association, id))).toEqual(['NOT_FOUND id'])
  const database = new Pool({ connectionString: world.appUrl })
  await doChores(database)
  await database.end()
  const { rows } = await world.sql.query('select from organisation_claim where id = $1', [id])
  expect(rows).toHaveLength(0)
})

it('claims to an association are for the operator, who also refuses', async () => {
  const [first, second] = [await unclaimed('umbrella-1', []), await unclaimed('umbrella-2', [])]
  await world.sql.query(
    `update organisation set kind = 'regional-association' where code like 'umbrella-_'`,
  )
  const [{ reference, secret }, other] = [await submit(first), await submit(second)]
  expect((await list(association)).map((claim) => claim.reference)).not.toContain(reference)
  await expect(decideClaim({ url: world.url, reference: 'NONE-NONE' })).rejects.toThrow(
    'Es gibt keinen offenen Antrag „NONE-NONE“.',
  )
  const { code, organisation } = await decideClaim({
    url: world.url,
    reference: reference!.toLowerCase(),
  })
  expect(organisation).toBe('Organisation umbrella-1')
  expect(code).toMatch(/\w{4}/)
  expect(await executivesWithCards('umbrella-1')).toBe(1)
  expect(await status(secret!)).toMatchObject({
    state: 'CONFIRMED',
    organisation: { claimed: true },
  })
  await decideClaim({ url: world.url, reference: other.reference!, refusal: 'Nein.' })
  expect(await status(other.secret!)).toMatchObject({ state: 'REFUSED', reason: 'Nein.' })
})
