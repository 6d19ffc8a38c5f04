import { ActForDocument, SignOutDocument } from '#test/__generated__/operations.ts'
import type { Caller, World } from '#test/world.ts'
import type { ViewerName } from './oracle.ts'

/** Makes organisations and associations: who belongs to whom, since when and until when. */
export async function makeOrganisations(world: World): Promise<void> {
  await world.association('association')
  await world.association('other-association')
  await world.association('caritas-association')
  await world.organisation('owner', { associations: ['association'] })
  await world.organisation('neighbour', { associations: ['association'] })
  await world.organisation('stranger', { associations: ['other-association'] })
  await world.organisation('former', { associations: ['association', 'other-association'] })
  await world.organisation('future', { associations: ['association'] })
  await world.organisation('caritas', {
    associations: ['caritas-association'],
    umbrella: 'caritas',
  })
  await world.organisation('unclaimed', { associations: ['association'] })
  await world.sql.query(`update organisation set claimed = false where code = 'unclaimed'`)
  const membership = `organisation_id = (select id from organisation where code = $1)
    and association_id = (select id from organisation where code = 'association')`
  await world.sql.query(
    `update membership set valid_until = current_date - 30 where ${membership}`,
    ['former'],
  )
  await world.sql.query(
    `update membership set valid_from = current_date + 30 where ${membership}`,
    ['future'],
  )
}

/** How each viewer comes to be what it is. */
const ways: Record<ViewerName, (world: World) => Promise<Caller>> = {
  visitor: async (world) => world.visitor,
  'practitioner of the owner': (world) => world.person({ owner: 'PRACTITIONER' }),
  'editor of the owner': (world) => world.person({ owner: 'EDITOR' }),
  'executive of the owner': (world) => world.person({ owner: 'EXECUTIVE' }),
  'neighbour in the association': (world) => world.person({ neighbour: 'PRACTITIONER' }),
  'editor of the association': (world) => world.person({ association: 'EDITOR' }),
  'mediator of the association': async (world) => {
    const person = await world.person({ association: 'EDITOR' })
    await world.sql.query(
      `insert into mediator (association_id, account_id)
       select organisation_id, account_id from role_assignment where ${personOf}`,
      [secretOf(person)],
    )
    await world.sql.query(
      `update pseudonym set mediating_association_id = (select association_id from mediator) where ${inOwner}`,
    )
    return person
  },
  'executive of the stranger': (world) => world.person({ stranger: 'EXECUTIVE' }),
  'editor of the other association': (world) => world.person({ 'other-association': 'EDITOR' }),
  'member of the other umbrella': (world) => world.person({ caritas: 'EXECUTIVE' }),
  'member whose membership has ended': (world) => world.person({ former: 'EXECUTIVE' }),
  'member whose membership is to come': (world) => world.person({ future: 'EXECUTIVE' }),
  'person with roles in two': async (world) => {
    const person = await world.person({ owner: 'PRACTITIONER', stranger: 'PRACTITIONER' })
    const organisationId = await world.organisationId('stranger')
    await person.run(ActForDocument, { input: { organisationId } })
    return person
  },
  'person moved to the stranger': async (world) => {
    const person = await world.person({ owner: 'PRACTITIONER', stranger: 'PRACTITIONER' })
    const organisationId = await world.organisationId('stranger')
    await person.run(ActForDocument, { input: { organisationId } })
    await world.sql.query(`delete from role_assignment where ${personOf} and ${inOwner}`, [
      secretOf(person),
    ])
    return person
  },
  'session of before the move': async (world) => {
    const person = await world.person({ owner: 'EXECUTIVE' })
    await world.sql.query(
      `update role_assignment set organisation_id = (select id from organisation where code = 'stranger')
       where ${personOf}`,
      [secretOf(person)],
    )
    return person
  },
  'person without a role': async (world) => {
    const person = await world.person({ owner: 'EXECUTIVE' })
    await world.sql.query(`delete from role_assignment where ${personOf}`, [secretOf(person)])
    return person
  },
  'session signed out': async (world) => {
    const person = await world.person({ owner: 'EXECUTIVE' })
    await person.run(SignOutDocument)
    return person
  },
  'session unused for too long': async (world) => {
    const person = await world.person({ owner: 'EXECUTIVE' })
    await world.sql.query(
      `update auth_session set idle_expires_at = now() - interval '1 second' where ${personOf}`,
      [secretOf(person)],
    )
    return person
  },
  'reading token of the owner': (world) => world.token('owner', ['read']),
  'writing token of the owner': (world) => world.token('owner'),
  'writing token of the neighbour': (world) => world.token('neighbour'),
  'expired token': async (world) => {
    const token = await world.token('owner')
    await world.sql.query(
      `update api_token set expires_at = now() - interval '1 second' where ${tokenItself}`,
      [secretOf(token)],
    )
    return token
  },
  'revoked token': async (world) => {
    const token = await world.token('owner')
    await world.sql.query(`delete from api_token where ${tokenItself}`, [secretOf(token)])
    return token
  },
}

const personOf = `account_id = (select account_id from auth_session where token_hash = sha256($1::bytea))`
const inOwner = `organisation_id = (select id from organisation where code = 'owner')`
const tokenItself = `token_hash = sha256($1::bytea)`

/** Makes every viewer of the oracle. */
export async function makeViewers(world: World): Promise<Record<ViewerName, Caller>> {
  const made = {} as Record<ViewerName, Caller>
  for (const [name, way] of Object.entries(ways)) made[name as ViewerName] = await way(world)
  return made
}

/** Puts the session back that nobody used for too long: housekeeping sweeps such away. */
export async function keepUnusedSession(
  world: World,
  headers: Record<ViewerName, Record<string, string>>,
): Promise<void> {
  await world.sql.query(
    `insert into auth_session (token_hash, account_id, organisation_id, method, expires_at, idle_expires_at)
     select sha256($1::bytea), account_id, organisation_id, 'PASSWORD', now() + interval '1 day',
       now() - interval '1 second'
     from role_assignment where role = 'EXECUTIVE' and ${inOwner} limit 1
     on conflict do nothing`,
    [secretOf({ headers: headers['session unused for too long'] })],
  )
}

/** The secret that a caller sends: of its session or token. */
function secretOf({ headers }: Pick<Caller, 'headers'>): Buffer {
  return Buffer.from((headers['cookie'] ?? headers['authorization'] ?? '').replace(/^.*[= ]/, ''))
}
