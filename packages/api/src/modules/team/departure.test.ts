import { Client, Pool } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sessionOptions } from '#database/mikro-orm.config.ts'
import { fromGlobalId } from '#lib/global-id.ts'
import { startHousekeeping } from '#api/housekeeping.ts'
import {
  AcceptAnswerDocument,
  AnswerProblemDocument,
  HandedOverEntriesDocument,
  LeaveOrganisationDocument,
  PostProblemDocument,
  PublishSolutionDocument,
  RemoveTeamMemberDocument,
  SignInDocument,
  ViewerDocument,
} from '#test/__generated__/operations.ts'
import { contentOf, faultsOf, topLevelCode } from '#test/refusals.ts'
import { createTeam, type Team } from '#test/team.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

let world: World
let own: Team
let other: Team
let editor: Caller
let leaver: Caller
let round = 0

beforeAll(async () => {
  world = await createWorld()
})

afterAll(() => world.close())

beforeEach(async () => {
  round += 1
  own = await createTeam(world, `own-${round}`)
  other = await createTeam(world, `other-${round}`)
  editor = await own.add(`edda-${round}`, 'EDITOR')
  leaver = await own.add(`lea-${round}`, 'PRACTITIONER')
})

const kindOf = async (caller: Caller) => (await caller.run(ViewerDocument)).viewer.kind
const remove = async (caller: Caller, memberId: string, successorId: string | null = null) =>
  (await caller.run(RemoveTeamMemberDocument, { input: { memberId, successorId } }))
    .removeTeamMember
const leave = async (caller: Caller, successorId: string | null = null, organisationId = own.id) =>
  (await caller.run(LeaveOrganisationDocument, { input: { organisationId, successorId } }))
    .leaveOrganisation
const handOvers = async (caller: Caller) =>
  (await caller.run(HandedOverEntriesDocument, { organisationId: own.id })).handedOverEntries
const leaverId = async () => (await own.member(`lea-${round}`)).id

async function post(caller: Caller, title: string): Promise<string> {
  const { postProblem } = await caller.run(PostProblemDocument, {
    input: { title, fieldsOfWork: ['elder-care'], visibility: 'PUBLIC' },
  })
  return postProblem.problem?.id ?? ''
}

async function answer(caller: Caller, problemId: string, body: string): Promise<string> {
  const { answerProblem } = await caller.run(AnswerProblemDocument, {
    input: { problemId, type: 'EXPERIENCE', body },
  })
  return answerProblem.answer?.id ?? ''
}

/** Entries of the leaver in every state; three of them are open. */
async function leaveTraces(): Promise<void> {
  await post(leaver, 'Offen')
  const parked = await post(leaver, 'Geparkt')
  await world.sql.query("update problem set status = 'PARKED' where id = $1", [
    fromGlobalId(parked)?.uuid,
  ])
  await leaver.run(PublishSolutionDocument, {
    input: { title: 'Wartet', summary: 'Kurz', kind: 'PROCESS', fieldsOfWork: ['elder-care'] },
  })
  const foreign = await post(other.executive, 'Von anderen')
  await answer(leaver, foreign, 'Vielleicht so')
  const helped = await answer(leaver, foreign, 'Das hat geholfen')
  await other.executive.run(AcceptAnswerDocument, { input: { answerId: helped } })
}

async function authorsOf(organisation: Team): Promise<Record<string, string | null>> {
  const { rows } = await world.sql.query<{ title: string; author: string | null }>(
    `select title, coalesce(display_name, user_name) as author from (
       select title, author_id, organisation_id from problem
       union all select title, author_id, organisation_id from solution
       union all select body, author_id, answering_organisation_id from answer
     ) entry left join account on account.id = author_id where organisation_id = $1`,
    [organisation.uuid],
  )
  return Object.fromEntries(rows.map(({ title, author }) => [title, author]))
}

describe('removeTeamMember', () => {
  it('is for those who manage the organisation, and executives for executives', async () => {
    const memberId = (await own.member(`edda-${round}`)).id
    const before = await contentOf(world)
    for (const caller of [world.visitor, await world.token(own.code)]) {
      const refused = await caller.send(RemoveTeamMemberDocument, { input: { memberId } })
      expect([refused.status, topLevelCode(refused)]).toEqual([401, 'UNAUTHENTICATED'])
    }
    expect(faultsOf(await remove(other.executive, memberId))).toEqual(['NOT_FOUND memberId'])
    expect(faultsOf(await remove(leaver, memberId))).toEqual(['FORBIDDEN'])
    const chief = await own.member(`chef-${own.code}`)
    expect(faultsOf(await remove(editor, chief.id))).toEqual(['FORBIDDEN'])
    const stranger = await other.member(`chef-${other.code}`)
    expect(faultsOf(await remove(editor, await leaverId(), stranger.id))).toEqual([
      'NOT_FOUND successorId',
    ])
    expect(await contentOf(world)).toBe(before)
  })

  it('ends sessions and every way in within a second', async () => {
    await own.bindDevice(`lea-${round}`)
    const start = performance.now()
    expect((await remove(editor, await leaverId())).userErrors).toEqual([])
    expect(await kindOf(leaver)).toBe('VISITOR')
    expect(performance.now() - start).toBeLessThan(1_000)
    const input = { userName: `lea-${round}`, password: 'ein langes Passwort' }
    const { signIn } = await world.visitor.run(SignInDocument, { input })
    expect(faultsOf(signIn)).toEqual(['WRONG_CREDENTIALS password'])
    for (const table of ['auth_session', 'device_binding', 'access_card']) {
      const { rows } = await world.sql.query(
        `select from ${table} join account on account.id = account_id where leaves_on is not null`,
      )
      expect([table, rows.length]).toEqual([table, 0])
    }
  })

  it('hands open entries to the successor, and forgets the author of all others', async () => {
    await leaveTraces()
    const successor = await own.add(`sam-${round}`, 'MANAGER')
    const removed = await remove(editor, await leaverId(), (await own.member(`sam-${round}`)).id)
    expect(removed).toEqual({ handedOver: 3, userErrors: [] })
    expect(await authorsOf(own)).toEqual({
      Offen: `sam-${round}`,
      Geparkt: null,
      Wartet: `sam-${round}`,
      'Vielleicht so': `sam-${round}`,
      'Das hat geholfen': null,
    })
    const list = await handOvers(editor)
    expect(list?.totalCount.value).toBe(3)
    expect(list?.edges.map(({ node }) => node.entry.__typename).sort()).toEqual([
      'Answer',
      'Problem',
      'Solution',
    ])
    expect(new Set(list?.edges.map(({ node }) => node.successor?.name))).toEqual(
      new Set([`sam-${round}`]),
    )
    expect(await handOvers(successor)).toBeNull()
    expect(await handOvers(other.executive)).toBeNull()
    // The next who leaves hands them on.
    await leave(successor)
    const next = await handOvers(editor)
    expect(next?.totalCount.value).toBe(3)
    expect(next?.edges.map(({ node }) => node.successor)).toEqual([null, null, null])
  })

  it('hands them to whoever removes, unless somebody else is named', async () => {
    await post(leaver, 'Offen')
    await remove(editor, await leaverId())
    expect(await authorsOf(own)).toEqual({ Offen: `edda-${round}` })
  })

  it('leaves roles elsewhere as they are', async () => {
    const both = await own.add(`bo-${round}`, 'PRACTITIONER', { [other.code]: 'VOLUNTEER' })
    await remove(editor, (await own.member(`bo-${round}`)).id)
    const { rows } = await world.sql.query('select leaves_on from account where user_name = $1', [
      `bo-${round}`,
    ])
    expect(rows).toEqual([{ leaves_on: null }])
    // This session acted for the other organisation, whose name comes first.
    expect((await both.run(ViewerDocument)).viewer.roles).toHaveLength(1)
  })
})

describe('leaveOrganisation', () => {
  it('is for people with a role there', async () => {
    const input = { organisationId: own.id }
    const before = await contentOf(world)
    for (const caller of [world.visitor, await world.token(own.code)]) {
      const refused = await caller.send(LeaveOrganisationDocument, { input })
      expect([refused.status, topLevelCode(refused)]).toEqual([401, 'UNAUTHENTICATED'])
    }
    expect(faultsOf(await leave(other.executive))).toEqual(['NOT_FOUND organisationId'])
    expect(faultsOf(await leave(leaver, null, 'nonsense'))).toEqual(['NOT_FOUND organisationId'])
    expect(await contentOf(world)).toBe(before)
  })

  it('ends the account with the last role, and leaves the entries to the managers', async () => {
    await post(leaver, 'Offen')
    expect(await leave(leaver)).toEqual({
      viewer: { kind: 'VISITOR' },
      handedOver: 1,
      userErrors: [],
    })
    expect(await kindOf(leaver)).toBe('VISITOR')
    expect((await handOvers(editor))?.edges[0]?.node).toMatchObject({
      successor: null,
      entry: { title: 'Offen', viewerCanWithdraw: true },
    })
  })

  it('keeps the last who manages until a successor is named, who takes the role over', async () => {
    expect((await leave(editor)).userErrors).toEqual([])
    const chief = own.executive
    expect(faultsOf(await leave(chief))).toEqual(['LAST_MANAGER successorId'])
    const own_id = (await own.member(`chef-${own.code}`)).id
    expect(faultsOf(await remove(chief, own_id))).toEqual(['LAST_MANAGER successorId'])
    expect(faultsOf(await leave(chief, own_id))).toEqual(['NOT_FOUND successorId'])
    const successorId = await leaverId()
    expect((await leave(chief, successorId)).userErrors).toEqual([])
    expect(await own.members(leaver)).toMatchObject([{ id: successorId, role: 'EXECUTIVE' }])
  })

  it('never leaves an organisation to nobody, not even when two leave at once', async () => {
    const results = await Promise.all([leave(own.executive), leave(editor)])
    expect(results.map(faultsOf).filter(([fault]) => fault)).toEqual([['LAST_MANAGER successorId']])
  })
})

describe('thirty days later', () => {
  /** Whether a text stands in any column of any table. */
  async function isAnywhere(text: string): Promise<string[]> {
    const { rows: columns } = await world.sql.query<{ table_name: string; column_name: string }>(
      `select table_name, column_name from information_schema.columns
       where table_schema = 'public' and table_name not in
         (select viewname from pg_views where schemaname = 'public')`,
    )
    const found: string[] = []
    for (const { table_name: table, column_name: column } of columns) {
      const { rows } = await world.sql.query(
        `select from "${table}" where position($1 in "${column}"::text) > 0`,
        [text],
      )
      if (rows.length > 0) found.push(`${table}.${column}`)
    }
    return found
  }

  async function asProduct<Result>(run: (client: Client) => Promise<Result>): Promise<Result> {
    const client = new Client({ connectionString: world.appUrl, options: sessionOptions })
    await client.connect()
    try {
      return await run(client)
    } finally {
      await client.end()
    }
  }

  const forget = () =>
    asProduct(async (client) => {
      const { rows } = await client.query('select anonymise_departed() as count')
      return rows[0].count as number
    })

  it('nothing is left of the person, and everything of the organisation', async () => {
    await leaveTraces()
    const canary = `lea-${round}`
    const { rows } = await world.sql.query('select id from account where user_name = $1', [canary])
    const accountId: string = rows[0].id
    await remove(editor, await leaverId())
    expect(await forget()).toBe(0)
    expect(await isAnywhere(canary)).toEqual(['account.display_name'])
    const { rows: term } = await world.sql.query(
      'select leaves_on - current_date as days from account where id = $1',
      [accountId],
    )
    expect(term).toEqual([{ days: 30 }])
    await world.sql.query('update account set leaves_on = current_date where id = $1', [accountId])
    expect(await forget()).toBe(1)
    expect(await isAnywhere(canary)).toEqual([])
    // The log says that somebody was removed; nothing says any more who that was.
    expect(await isAnywhere(accountId)).toEqual(['audit_entry.subject'])
    expect(Object.keys(await authorsOf(own))).toHaveLength(5)
  })

  it('whoever got a role again stays', async () => {
    await world.sql.query('update account set leaves_on = current_date - 1 where user_name = $1', [
      `lea-${round}`,
    ])
    expect(await forget()).toBe(0)
    expect(await kindOf(leaver)).toBe('PERSON')
  })

  it('one replica does it, as one of the hourly chores', async () => {
    await remove(editor, await leaverId())
    await forget()
    await world.sql.query(
      'update account set leaves_on = null where leaves_on is not null and display_name <> $1',
      [`lea-${round}`],
    )
    await world.sql.query('update account set leaves_on = current_date where leaves_on is not null')
    await world.sql.query('begin')
    await world.sql.query('select pg_advisory_xact_lock(5040114)')
    expect(await forget()).toBe(0)
    await world.sql.query('rollback')
    const pool = new Pool({ connectionString: world.appUrl, options: sessionOptions, max: 1 })
    const endHousekeeping = startHousekeeping(pool, { warn: expect.fail })
    await endHousekeeping()
    await pool.end()
    const { rows } = await world.sql.query('select id from account where display_name = $1', [
      `lea-${round}`,
    ])
    expect(rows).toEqual([])
  })

  it('each foreign key to an account says what becomes of the row', async () => {
    const { rows } = await world.sql.query(
      `select conname from pg_constraint
       where confrelid = 'account'::regclass and confdeltype not in ('c', 'n')`,
    )
    expect(rows).toEqual([])
  })

  it('a person who deletes the account is forgotten at once', async () => {
    await leaveTraces()
    const { rows } = await world.sql.query('select id from account where user_name = $1', [
      `lea-${round}`,
    ])
    await asProduct(async (client) => {
      await client.query('begin')
      await client.query("select set_config('viewer.actor_id', $1, true)", [rows[0].id])
      await client.query('select erase_own_account()')
      await client.query('commit')
    })
    expect(await isAnywhere(`lea-${round}`)).toEqual([])
    expect((await handOvers(editor))?.totalCount.value).toBe(3)
  })
})
