import { MikroORM } from '@mikro-orm/postgresql'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { databaseConfig } from '#database/mikro-orm.config.ts'
import { viewerSettings } from '#database/viewer-context.ts'
import { fromGlobalId, toGlobalId } from '#lib/global-id.ts'
import { audit, auditActions } from '#modules/identity/audit.ts'
import { visitor } from '#modules/identity/viewer.ts'
import {
  AuditEntriesDocument,
  AuditLogCheckDocument,
  ObjectToDecisionDocument,
} from '#test/__generated__/operations.ts'
import {
  createModeratedWorld,
  decide,
  type ModeratedWorld,
  post,
  report,
} from '#test/moderation.ts'
import type { Caller } from '#test/world.ts'

const length = 30

let all: ModeratedWorld
let orm: MikroORM
let organisationId: string
let uuid: string

beforeAll(async () => {
  all = await createModeratedWorld()
  orm = await MikroORM.init(databaseConfig(all.world.appUrl))
})

afterAll(async () => {
  await orm.close()
  await all.world.close()
})

/** Writes an entry in the name of nobody. */
async function write(index: number): Promise<void> {
  const em = orm.em.fork()
  em.setSessionContext({ variables: viewerSettings(visitor) })
  await em.transactional((em) =>
    audit(em, visitor, {
      organisationId: uuid,
      action: auditActions[index % auditActions.length]!,
      subject: `S-${index}`,
      details: { index },
    }),
  )
}

async function check(caller: Caller) {
  return (await caller.run(AuditLogCheckDocument, { organisationId })).auditLogCheck
}

describe('the log', () => {
  beforeAll(async () => {
    organisationId = await all.world.organisation('logged')
    uuid = fromGlobalId(organisationId)!.uuid
  })

  it('keeps its chain and its head while twenty write at once', async () => {
    const manager = await all.world.person({ logged: 'EDITOR' })
    await Promise.all(Array.from({ length: 20 }, (_, index) => write(index)))
    expect(await check(manager)).toMatchObject({ entries: 20, brokenAt: null })
    const { auditEntries } = await manager.run(AuditEntriesDocument, { organisationId, first: 1 })
    expect(auditEntries.edges[0]?.node.fingerprint).toBe((await check(manager))?.fingerprint)
  })

  it('is read by managers of the organisation alone, paged and filtered', async () => {
    const manager = await all.world.person({ logged: 'EXECUTIVE' })
    const closed = { auditEntries: expect.objectContaining({ edges: [] }) }
    for (const caller of [
      all.world.visitor,
      all.stranger,
      await all.world.person({ logged: 'PRACTITIONER' }),
      await all.world.token('logged'),
      all.first,
    ]) {
      expect(await caller.run(AuditEntriesDocument, { organisationId })).toEqual(closed)
      expect(await check(caller)).toBeNull()
    }
    const page = async (after: string | null) =>
      (await manager.run(AuditEntriesDocument, { organisationId, first: 7, after })).auditEntries
    const positions: number[] = []
    for (let after: string | null | undefined = null; after !== undefined;) {
      const { edges, pageInfo } = await page(after)
      positions.push(...edges.map(({ node }) => node.position))
      after = pageInfo.hasNextPage ? (pageInfo.endCursor ?? undefined) : undefined
    }
    expect(positions).toEqual(Array.from({ length: 20 }, (_, index) => 20 - index))
    const count = async (filter: { action?: string; since?: string; until?: string }) => {
      const { auditEntries } = await manager.run(AuditEntriesDocument, { organisationId, filter })
      return auditEntries.totalCount.value
    }
    expect(await count({ action: 'CARD_ISSUED' })).toBe(1)
    expect(await count({ since: '2999-01-01' })).toBe(0)
    expect(await count({ until: '2999-01-01' })).toBe(20)
  })

  it('can be changed, shortened and emptied by nobody, nor its head', async () => {
    const em = orm.em.fork()
    em.setSessionContext({
      variables: viewerSettings({ ...visitor, kind: 'member', managedOrganisationIds: [uuid] }),
    })
    for (const change of [
      "update audit_entry set action = 'x'",
      'delete from audit_entry',
      'truncate audit_entry',
      'select * from organisation_audit_head',
      'update organisation_audit_head set entries = 0',
      'delete from organisation_audit_head',
      `insert into organisation_audit_head values ('${uuid}', 0, '')`,
    ])
      await expect(em.execute(change)).rejects.toThrow(/permission denied/)
    for (const change of ["update audit_entry set action = 'x'", 'truncate audit_entry'])
      await expect(all.world.sql.query(change)).rejects.toThrow(/never changed/)
  })
})

describe('tampering by somebody who may do everything', () => {
  let manager: Caller

  beforeAll(async () => {
    organisationId = await all.world.organisation('tampered')
    uuid = fromGlobalId(organisationId)!.uuid
    manager = await all.world.person({ tampered: 'EDITOR' })
    for (let index = 0; index < length; index += 1) await write(index)
    await all.world.sql.query(`create table untouched as
      select * from audit_entry where organisation_id = '${uuid}'`)
    await all.world.sql.query('alter table untouched enable row level security')
    await all.world.sql.query('alter table untouched force row level security')
    await all.world.sql.query('alter table audit_entry disable trigger user')
  })

  beforeEach(async () => {
    await all.world.sql.query(`delete from audit_entry where organisation_id = '${uuid}'`)
    await all.world.sql.query('insert into audit_entry select * from untouched')
  })

  it('is none as long as nobody does it', async () => {
    expect(await check(manager)).toMatchObject({ entries: length, brokenAt: null })
  })

  afterAll(() => all.world.sql.query('alter table audit_entry enable trigger user'))

  const columns = [
    "action = 'ROLE_CHANGED!'",
    "subject = 'anders'",
    "details = '{}'",
    'details = null',
    'actor_id = gen_random_uuid()',
    'occurred_on = occurred_on - 1',
    "hash = decode('00', 'hex')",
    "previous_hash = decode('00', 'hex')",
    'id = gen_random_uuid()',
  ]

  // A number that only looks random: failures must come back.
  let seed = 42
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
    return seed % below
  }

  const tamperings = Array.from({ length: 100 }, (_, index) => {
    const at = 1 + random(length)
    const row = `organisation_id = $1 and position = ${at}`
    const kinds = [
      {
        what: `changes a column of ${at}`,
        sql: [`update audit_entry set ${columns[random(columns.length)]} where ${row}`],
        found: at,
      },
      { what: `removes ${at}`, sql: [`delete from audit_entry where ${row}`], found: at },
      {
        what: `cuts off the end from ${at}`,
        sql: [`delete from audit_entry where organisation_id = $1 and position >= ${at}`],
        found: at,
      },
      {
        what: `rewrites ${at} with a hash that fits`,
        sql: [
          `update audit_entry set subject = 'anders' where ${row}`,
          `update audit_entry set hash = audit_hash(audit_entry) where ${row}`,
        ],
        // Its own hash is right: the next one gives it away, at the end the head does.
        found: Math.min(at + 1, length),
      },
      {
        what: 'adds one that was never written',
        sql: [
          `insert into audit_entry (organisation_id, position, action, previous_hash, hash)
             select organisation_id, position + 1, 'CARD_ISSUED', hash, '' from audit_entry
             where organisation_id = $1 and position = ${length}`,
          `update audit_entry set hash = audit_hash(audit_entry)
             where organisation_id = $1 and position = ${length + 1}`,
        ],
        found: length + 1,
      },
      {
        what: `removes ${at} and closes the gap`,
        sql: [
          `delete from audit_entry where ${row}`,
          `update audit_entry set position = -position where organisation_id = $1 and position > ${at}`,
          `update audit_entry set position = -position - 1 where organisation_id = $1 and position < 0`,
        ],
        found: at,
      },
    ]
    return kinds[index % kinds.length]!
  })

  it.each(tamperings)('$what: found at $found', async ({ sql, found }) => {
    for (const statement of sql) await all.world.sql.query(statement.replaceAll('$1', `'${uuid}'`))
    expect(await check(manager)).toMatchObject({ entries: length, brokenAt: found })
  })

  it('all at once, from one entry to the end with new hashes: the head tells', async () => {
    await all.world.sql.query(
      `update audit_entry set subject = 'anders' where organisation_id = '${uuid}' and position = 5`,
    )
    for (let position = 5; position <= length; position += 1)
      await all.world.sql.query(
        `update audit_entry set previous_hash = (select hash from audit_entry before
             where before.organisation_id = '${uuid}' and before.position = ${position - 1})
           where organisation_id = '${uuid}' and position = ${position};
         update audit_entry set hash = audit_hash(audit_entry)
           where organisation_id = '${uuid}' and position = ${position}`,
      )
    expect(await check(manager)).toMatchObject({ brokenAt: length })
  })
})

describe('what moderation writes to the log', () => {
  it('is in the logs of both sides, without texts, and never says who reported', async () => {
    const { world, author, executive, stranger, first } = all
    const id = await post(author, { title: 'Ein Kanarienvogel' })
    const hidden = { hideAtOnce: true, contact: 'Rita Rot' }
    const { reference, secret } = await report(stranger, id, 'PERSONAL_DATA', hidden)
    await decide(first, reference, 'LOCK')
    await author.run(ObjectToDecisionDocument, { input: { reference, text: 'Widerspruch!' } })
    const read = async (caller: Caller, code: string) => {
      const { rows } = await world.sql.query('select id from organisation where code = $1', [code])
      const { auditEntries } = await caller.run(AuditEntriesDocument, {
        organisationId: toGlobalId('Organisation', rows[0].id),
      })
      return auditEntries.edges.map(({ node }) => node)
    }
    const owners = await read(executive, 'owner')
    expect(owners.map(({ action, actor }) => [action, actor.kind])).toEqual([
      ['DECISION_OBJECTED', 'MEMBER'],
      ['NOTICE_DECIDED', 'SYSTEM'],
      ['ENTRY_HIDDEN', 'SYSTEM'],
    ])
    const moderators = await read(first, 'north')
    expect(moderators[0]).toMatchObject({
      action: 'NOTICE_DECIDED',
      actor: { kind: 'MEMBER' },
      subject: reference,
      details: [{ name: 'decision', value: 'LOCK' }],
    })
    const { rows } = await world.sql.query('select audit_entry::text as text from audit_entry')
    const text = rows.map((row) => row.text).join()
    for (const secretText of ['Kanarienvogel', 'Rita', 'So geht', 'Darum', 'Widerspruch!', secret])
      expect(text).not.toContain(secretText)
  })
})
