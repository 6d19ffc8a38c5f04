import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { statements } from '#database/read.ts'
import { fromGlobalId, toGlobalId } from '#lib/global-id.ts'
import type { Role } from '#modules/identity/role-assignment.entity.ts'
import {
  AccessLogDocument,
  AddTeamMemberDocument,
  ChangeTeamRoleDocument,
  NodeDocument,
  SignInDocument,
  TeamDocument,
  type TeamFilter,
} from '#test/__generated__/operations.ts'
import { contentOf, faultsOf, topLevelCode } from '#test/refusals.ts'
import { Caller, createWorld, type World } from '#test/world.ts'

let world: World
let own: string
let other: string
let executive: Caller
let editor: Caller
let practitioner: Caller
let stranger: Caller
let suffix = 0

beforeAll(async () => {
  world = await createWorld()
})

afterAll(() => world.close())

/** Each test has organisations of its own. */
beforeEach(async () => {
  suffix += 1
  own = await world.organisation(`own-${suffix}`)
  other = await world.organisation(`other-${suffix}`)
  executive = await member('Xenia', { [`own-${suffix}`]: 'EXECUTIVE' })
  editor = await member('Edda', { [`own-${suffix}`]: 'EDITOR' })
  practitioner = await member('Pia', { [`own-${suffix}`]: 'PRACTITIONER' })
  stranger = await member('Stella', { [`other-${suffix}`]: 'EXECUTIVE' })
})

async function member(name: string, roles: Record<string, Role>): Promise<Caller> {
  const userName = `${name.toLowerCase()}-${suffix}`
  const { password } = await world.account(userName, roles)
  const { signIn } = await world.visitor.run(SignInDocument, { input: { userName, password } })
  return new Caller(world.api, { cookie: `session=${signIn.sessionToken}` })
}

async function list(caller: Caller, filter?: TeamFilter, organisationId = own) {
  const { team } = await caller.run(TeamDocument, { organisationId, filter: filter ?? null })
  return team?.edges.map(({ node }) => node) ?? null
}

const nameOf = (word: string) => `${word}-${suffix}`

async function idOf(word: string): Promise<string> {
  const found = (await list(executive))?.find(({ name }) => name === nameOf(word))
  return found?.id ?? ''
}

const change = async (caller: Caller, memberId: string, role: Role, unit?: string) =>
  (await caller.run(ChangeTeamRoleDocument, { input: { memberId, role, unit: unit ?? null } }))
    .changeTeamRole

describe('the people of an organisation', () => {
  it('are for those who manage it, by name, with no more than they need', async () => {
    expect((await list(editor))?.map(({ name }) => name)).toEqual(
      ['edda', 'pia', 'xenia'].map(nameOf),
    )
    const [first] = (await list(executive)) ?? []
    expect(first).toEqual({
      id: expect.stringMatching(/^[\w-]{23}$/),
      name: nameOf('edda'),
      role: 'EDITOR',
      unit: null,
      since: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      cardOpenUntil: null,
      waysIn: { password: true, pin: false, passkey: false, singleSignOn: false },
      viewerCanManage: true,
      isViewer: false,
    })
    expect((await list(editor))?.map(({ viewerCanManage }) => viewerCanManage)).toEqual([
      true,
      true,
      false,
    ])
  })

  it('are hidden from everybody else, alike for organisations that do not exist', async () => {
    const id = await idOf('pia')
    const unknown = toGlobalId('Organisation', crypto.randomUUID())
    const nothing = await world.visitor.send(TeamDocument, { organisationId: unknown })
    const noNode = await world.visitor.send(NodeDocument, {
      id: toGlobalId('TeamMember', crypto.randomUUID()),
    })
    for (const caller of [
      world.visitor,
      stranger,
      practitioner,
      await world.token(nameOf('own')),
    ]) {
      expect(await caller.send(TeamDocument, { organisationId: own })).toEqual(nothing)
      expect(await caller.send(NodeDocument, { id })).toEqual(noNode)
    }
    expect(await list(executive, {}, other)).toBeNull()
    expect((await executive.run(NodeDocument, { id })).node).toMatchObject({
      __typename: 'TeamMember',
    })
  })

  it('have another id in each organisation', async () => {
    const both = await member('Bo', {
      [nameOf('own')]: 'VOLUNTEER',
      [nameOf('other')]: 'VOLUNTEER',
    })
    const here = await list(executive, { query: 'bo-' })
    const there = await list(stranger, { query: 'bo-' }, other)
    expect([here?.length, there?.length]).toEqual([1, 1])
    expect(here?.[0]?.id).not.toBe(there?.[0]?.id)
    const { rows } = await world.sql.query('select id from account where user_name = $1', [
      nameOf('bo'),
    ])
    expect(fromGlobalId(here?.[0]?.id ?? '')?.uuid).not.toBe(rows[0].id)
    expect(await list(both)).toBeNull()
  })

  it('can be filtered by role, name, unit and open card, and read in pages', async () => {
    await executive.run(AddTeamMemberDocument, {
      input: { organisationId: own, displayName: 'Anna', role: 'MANAGER', unit: 'Kita Igelbau' },
    })
    const names = async (filter: TeamFilter) =>
      (await list(editor, filter))?.map(({ name }) => name)
    expect(await names({ roles: ['MANAGER'] })).toEqual(['Anna'])
    expect(await names({ query: 'igel' })).toEqual(['Anna'])
    expect(await names({ cardOpen: true })).toEqual(['Anna'])
    expect(await names({ cardOpen: false, roles: ['EDITOR', 'EXECUTIVE'] })).toEqual(
      ['edda', 'xenia'].map(nameOf),
    )
    const seen: string[] = []
    let after: string | null = null
    do {
      const { team }: { team?: Awaited<ReturnType<typeof page>> } = { team: await page(after) }
      expect(team?.totalCount).toEqual({ value: 4, isExact: true })
      seen.push(...(team?.edges.map(({ node }) => node.name) ?? []))
      after = team?.pageInfo.hasNextPage ? (team.pageInfo.endCursor ?? null) : null
    } while (after)
    expect(seen).toEqual(['Anna', ...['edda', 'pia', 'xenia'].map(nameOf)])
  })

  async function page(after: string | null) {
    return (await editor.run(TeamDocument, { organisationId: own, first: 1, after })).team
  }

  it('are read by as few statements for thirty as for two', async () => {
    await world.sql.query(
      `with made as (
         insert into account (display_name) select 'Nummer ' || n from generate_series(1, 40) n
         returning id)
       insert into role_assignment (account_id, organisation_id, role)
         select made.id, $1, 'VOLUNTEER' from made`,
      [fromGlobalId(own)?.uuid],
    )
    const countFor = async (first: number) => {
      let count = 0
      const note = () => (count += 1)
      statements.subscribe(note)
      const { team } = await editor.run(TeamDocument, { organisationId: own, first })
      statements.unsubscribe(note)
      expect(team?.edges).toHaveLength(first)
      return count
    }
    const two = await countFor(2)
    expect(await countFor(30)).toBe(two)
    // Session, page and count.
    expect(two).toBe(3)
  })

  it('cannot be read past the API either: neither hashes nor rows of others', async () => {
    const { rows } = await world.sql.query<{ column: string }>(
      `select attname as column from pg_attribute
       where attrelid = 'account'::regclass and attnum > 0 and not attisdropped
         and has_column_privilege('netzwerkdiakonie_app', attrelid, attnum, 'select')`,
    )
    expect(rows.map(({ column }) => column)).not.toContain('password_hash')
    expect(rows.map(({ column }) => column)).toContain('display_name')
  })
})

describe('changeTeamRole', () => {
  it('is refused to visitors, tokens, strangers and practitioners, and changes nothing', async () => {
    const memberId = await idOf('edda')
    const before = await contentOf(world)
    const input = { memberId, role: 'IT' as const }
    for (const caller of [world.visitor, await world.token(nameOf('own'))]) {
      const refused = await caller.send(ChangeTeamRoleDocument, { input })
      expect([refused.status, topLevelCode(refused)]).toEqual([401, 'UNAUTHENTICATED'])
    }
    expect(faultsOf(await change(stranger, memberId, 'IT'))).toEqual(['NOT_FOUND memberId'])
    expect(faultsOf(await change(practitioner, memberId, 'IT'))).toEqual(['FORBIDDEN'])
    expect(faultsOf(await change(stranger, 'nonsense', 'IT'))).toEqual(['NOT_FOUND memberId'])
    expect(await contentOf(world)).toBe(before)
  })

  it('counts at once, and is in the log of the organisation and of the person', async () => {
    const changed = await change(editor, await idOf('pia'), 'MANAGER', ' Kita  Igelbau ')
    expect(changed).toMatchObject({ userErrors: [], member: { role: 'MANAGER' } })
    const { viewer } = await practitioner.run(AccessLogDocument)
    expect(viewer.viewerCanManageTeam).toBe(false)
    expect(viewer.accessLog.edges.map(({ node }) => node)).toEqual([
      {
        action: 'ROLE_CHANGED',
        on: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        organisation: { code: nameOf('own') },
      },
    ])
    expect((await editor.run(AccessLogDocument)).viewer.accessLog.totalCount.value).toBe(0)
    const { rows } = await world.sql.query(
      "select details from audit_entry where action = 'ROLE_CHANGED' order by occurred_on desc, position desc limit 1",
    )
    expect(rows[0].details).toEqual({ from: 'PRACTITIONER', to: 'MANAGER' })
  })

  it('lets executives alone make and unmake executives', async () => {
    const [pia, xenia, edda] = [await idOf('pia'), await idOf('xenia'), await idOf('edda')]
    const before = await contentOf(world)
    for (const attempt of [
      () => change(editor, pia, 'EXECUTIVE'),
      () => change(editor, xenia, 'VOLUNTEER'),
      () => change(editor, edda, 'EXECUTIVE'),
    ])
      expect(faultsOf(await attempt())).toEqual(['FORBIDDEN'])
    expect(await contentOf(world)).toBe(before)
    expect((await change(executive, pia, 'EXECUTIVE')).member?.role).toBe('EXECUTIVE')
    expect((await change(practitioner, xenia, 'VOLUNTEER')).member?.role).toBe('VOLUNTEER')
    expect(await list(executive)).toBeNull()
  })

  it('never demotes the last who manages, not even when two demote each other at once', async () => {
    const [edda, xenia] = [await idOf('edda'), await idOf('xenia')]
    expect((await change(executive, edda, 'IT')).userErrors).toEqual([])
    expect(faultsOf(await change(executive, xenia, 'IT'))).toEqual(['LAST_MANAGER role'])
    expect((await change(executive, edda, 'EXECUTIVE')).userErrors).toEqual([])
    const results = await Promise.all([change(executive, edda, 'IT'), change(editor, xenia, 'IT')])
    expect(results.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1)
    const { rows } = await world.sql.query(
      `select from role_assignment where organisation_id = $1 and role = 'EXECUTIVE'`,
      [fromGlobalId(own)?.uuid],
    )
    expect(rows).toHaveLength(1)
  })
})
