import { MikroORM } from '@mikro-orm/postgresql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseConfig } from '#database/mikro-orm.config.ts'
import { viewerSettings } from '#database/viewer-context.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import {
  type CardRequest,
  createAccessCard,
  createAccount,
} from '#modules/identity/card.service.ts'
import { person } from '#test/viewers.ts'
import { createWorld, type World } from '#test/world.ts'

let world: World
let orm: MikroORM
const ids: Record<string, string> = {}

beforeAll(async () => {
  world = await createWorld()
  for (const code of ['own', 'other']) {
    await world.organisation(code)
    const { rows } = await world.sql.query('select id from organisation where code = $1', [code])
    ids[code] = rows[0].id
  }
  orm = await MikroORM.init(databaseConfig(world.appUrl))
})

afterAll(async () => {
  await orm.close()
  await world.close()
})

/** A person with roles who manages some organisations, as the services see them. */
function managerOf(...codes: string[]) {
  const viewer = {
    ...person(Object.fromEntries(codes.map((code) => [ids[code], 'EDITOR' as const]))),
    actorId: crypto.randomUUID(),
    managedOrganisationIds: codes.map((code) => ids[code] ?? ''),
  }
  const em = orm.em.fork()
  em.setSessionContext({ variables: viewerSettings(viewer) })
  return {
    issue: (request: CardRequest) => unitOfWork(em, (em) => createAccessCard(em, viewer, request)),
    createAccount: (displayName: string) =>
      unitOfWork(em, (em) => createAccount(em, { displayName })),
  }
}

/** An account with a role in each organisation, without a user name. */
async function colleague(displayName: string, ...codes: string[]): Promise<string> {
  const accountId = await managerOf('own').createAccount(displayName)
  for (const code of codes)
    await world.sql.query('insert into role_assignment values ($1, $2, $3)', [
      accountId,
      ids[code],
      'PRACTITIONER',
    ])
  return accountId
}

describe('an access card', () => {
  it('is issued by those who manage the organisation, and voids the one before', async () => {
    const accountId = await colleague('Anna', 'own')
    const manager = managerOf('own')
    const request = { accountId, organisationId: ids['own']! }
    const first = await manager.issue(request)
    expect(first.code).toMatch(
      /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{5}){2}-[0-9A-HJKMNP-TV-Z]$/,
    )
    await manager.issue(request)
    const { rows } = await world.sql.query(
      `select expires_on - issued_on as days, revoked_on is not null as void
       from access_card order by revoked_on`,
    )
    expect(rows).toEqual([
      { days: 14, void: true },
      { days: 14, void: false },
    ])
    const { rows: trace } = await world.sql.query(
      `select action, subject from audit_entry where organisation_id = $1`,
      [ids['own']],
    )
    expect(trace).toEqual(Array(2).fill({ action: 'CARD_ISSUED', subject: accountId }))
  })

  it('is refused to everybody else, and for people who also belong where others manage', async () => {
    const own = { accountId: await colleague('Ben', 'own'), organisationId: ids['own']! }
    const both = { accountId: await colleague('Cem', 'own', 'other'), organisationId: ids['own']! }
    for (const attempt of [
      () => managerOf('other').issue(own),
      () => managerOf().issue(own),
      () => managerOf('other').issue({ ...own, organisationId: ids['other']! }),
      () => managerOf('own').issue(both),
      () => managerOf('own').issue({ ...own, accountId: crypto.randomUUID() }),
    ])
      await expect(attempt()).rejects.toThrow('FORBIDDEN')
    await expect(managerOf('own', 'other').issue(both)).resolves.toHaveProperty('code')
  })
})
