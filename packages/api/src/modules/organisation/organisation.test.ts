import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareDatabase, withOwner } from '#database/prepare.ts'
import { mergeAssociations } from '#modules/organisation/organisation.service.ts'
import {
  AssociationsDocument,
  DemoAccountsDocument,
  NodeDocument,
  OrganisationDocument,
  type OrganisationFilter,
  OrganisationsDocument,
  PostProblemDocument,
  ProblemDocument,
  ProblemsDocument,
  SearchDocument,
} from '#test/__generated__/operations.ts'
import { createWorld, type World } from '#test/world.ts'

let world: World

afterAll(() => world.close())

async function codes(filter?: OrganisationFilter): Promise<(string | null | undefined)[]> {
  const { organisations } = await world.visitor.run(OrganisationsDocument, {
    filter: filter ?? null,
    first: 100,
  })
  expect(organisations.totalCount.value).toBe(organisations.edges.length)
  return organisations.edges.map(({ node }) => node.code)
}

/** Everything that stands in the tables of the product. */
async function everything(): Promise<string> {
  const { rows: tables } = await world.sql.query<{ name: string }>(
    `select relname as name from pg_class
     where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname`,
  )
  const digests = tables.map(
    ({ name }) => `(select md5(string_agg(row::text, '' order by row::text)) from ${name} row)`,
  )
  const { rows } = await world.sql.query(`select concat_ws('/', ${digests.join(', ')}) as content`)
  return rows[0].content
}

describe('without demo content', () => {
  beforeAll(async () => {
    world = await createWorld()
  })

  it('the 17 real associations are there, unclaimed and owning nothing', async () => {
    const { associations } = await world.visitor.run(AssociationsDocument)
    expect(associations).toHaveLength(17)
    expect(new Set(associations.map(({ claimed }) => claimed))).toEqual(new Set([false]))
    expect(new Set(associations.map(({ memberCount }) => memberCount))).toEqual(new Set([0]))
    expect(await codes()).toHaveLength(17)
    for (const table of ['problem', 'solution', 'answer', 'same_here', 'account', 'membership']) {
      const { rows } = await world.sql.query(`select from ${table}`)
      expect([table, rows.length]).toEqual([table, 0])
    }
  })

  it('memberships hold from their first day until the day before their last', async () => {
    for (const code of ['d-assoc', 'd-other']) await world.association(code)
    const member = await world.organisation('d-member')
    const join = (association: string, from: string, until: string | null) =>
      world.sql.query(
        `insert into membership (organisation_id, association_id, valid_from, valid_until)
         select member.id, association.id, current_date + $2::int, current_date + $3::int
         from organisation member, organisation association
         where member.code = 'd-member' and association.code = $1`,
        [association, from, until],
      )
    const associations = async () => {
      const { organisation } = await world.visitor.run(OrganisationDocument, { id: member })
      return organisation!.associations.map(({ code }) => code)
    }
    const ends = (days: string) =>
      world.sql.query(`update membership set valid_until = current_date + $1::int`, [days])
    await join('d-assoc', '1', null)
    expect(await associations()).toEqual([])
    await world.sql.query('delete from membership')
    await join('d-assoc', '-1', null)
    await join('d-other', '0', null)
    expect(await associations()).toEqual(['d-assoc', 'd-other'])
    expect(await codes({ association: 'd-other' })).toEqual(['d-member'])
    await ends('1')
    expect(await associations()).toEqual(['d-assoc', 'd-other'])
    await world.sql.query(`update membership set valid_from = valid_from - 10`)
    await ends('0')
    expect(await associations()).toEqual([])
    expect(await codes({ association: 'd-other' })).toEqual([])
  })

  it('filters by each condition, and all must hold', async () => {
    await world.association('f-assoc')
    await world.organisation('f-large', {
      sizeClass: 'xl',
      umbrella: 'caritas',
      associations: ['f-assoc'],
    })
    await world.organisation('f-small', {
      sizeClass: 's',
      kind: 'volunteer-club',
      associations: ['f-assoc'],
    })
    expect(await codes({ query: 'organisation F-' })).toEqual(['f-assoc', 'f-large', 'f-small'])
    expect(await codes({ query: '%' })).toEqual([])
    expect(await codes({ kinds: ['volunteer-club'] })).toEqual(['f-small'])
    expect(await codes({ kinds: ['volunteer-club', 'provider'], query: 'f-' })).toEqual([
      'f-large',
      'f-small',
    ])
    expect(await codes({ umbrellas: ['caritas'] })).toEqual(['f-large'])
    expect(await codes({ sizeClasses: ['xl', 's'], query: 'f-' })).toEqual(['f-large', 'f-small'])
    expect(await codes({ association: 'f-assoc' })).toEqual(['f-large', 'f-small'])
    const { associations } = await world.visitor.run(AssociationsDocument)
    const { id } = associations.find(({ code }) => code === 'f-assoc')!
    expect(await codes({ association: id })).toEqual(['f-large', 'f-small'])
    expect(await codes({ association: 'f-assoc', umbrellas: ['caritas'] })).toEqual(['f-large'])
    expect(await codes({ association: 'nobody' })).toEqual([])
  })

  it('a merger moves members, keeps the old id resolving and hides it from lists', async () => {
    const from = await world.association('m-from')
    const into = await world.association('m-into')
    const only = await world.organisation('m-only', { associations: ['m-from'] })
    await world.organisation('m-both', { associations: ['m-from', 'm-into'] })
    const future = await world.organisation('m-future')
    await world.sql.query(
      `insert into membership (organisation_id, association_id, valid_from)
       select member.id, association.id, current_date + 30
       from organisation member, organisation association
       where member.code = 'm-future' and association.code = 'm-from'`,
    )
    const { rows } = await world.sql.query<{ today: string }>(`select current_date::text as today`)
    await withOwner(world.url, (orm) =>
      mergeAssociations(orm, { from: 'm-from', into: 'm-into', on: rows[0]!.today }),
    )
    const open = async (id: string) =>
      (await world.visitor.run(OrganisationDocument, { id })).organisation
    expect(await open(from)).toMatchObject({
      code: 'm-from',
      mergedInto: { code: 'm-into' },
      memberCount: 0,
    })
    expect(await open(into)).toMatchObject({ mergedInto: null, memberCount: 2 })
    expect((await open(only))?.associations).toEqual([{ code: 'm-into' }])
    expect((await open(future))?.associations).toEqual([])
    const planned = await world.sql.query(
      `select association.code from membership
       join organisation association on association.id = association_id
       join organisation member on member.id = organisation_id
       where member.code = 'm-future' and (valid_until is null or valid_until > current_date)`,
    )
    expect(planned.rows).toEqual([{ code: 'm-into' }])
    expect((await world.visitor.run(NodeDocument, { id: from })).node?.id).toBe(from)
    expect(await codes({ query: 'm-' })).not.toContain('m-from')
    const { associations } = await world.visitor.run(AssociationsDocument)
    expect(associations.map(({ code }) => code)).not.toContain('m-from')
    const { search } = await world.visitor.run(SearchDocument, { query: 'm-from' })
    expect(search.edges.map(({ node }) => node.title)).not.toContain('Organisation m-from')
  })

  it('a merger of a later day changes nothing before it', async () => {
    const from = await world.association('l-from')
    await world.association('l-into')
    await world.organisation('l-member', { associations: ['l-from'] })
    await withOwner(world.url, (orm) =>
      mergeAssociations(orm, { from: 'l-from', into: 'l-into', on: '2999-01-01' }),
    )
    const { organisation } = await world.visitor.run(OrganisationDocument, { id: from })
    expect(organisation).toMatchObject({ mergedInto: null, memberCount: 1 })
    expect(await codes({ query: 'l-' })).toContain('l-from')
  })

  it('a merger lets former members see what the new association shares', async () => {
    await world.association('s-from')
    await world.association('s-into')
    await world.organisation('s-old', { associations: ['s-from'] })
    await world.organisation('s-new', { associations: ['s-into'] })
    const [reader, author] = [
      await world.person({ 's-old': 'MANAGER' }),
      await world.person({ 's-new': 'MANAGER' }),
    ]
    const { postProblem } = await author.run(PostProblemDocument, {
      input: { title: 'Unter uns', fieldsOfWork: ['elder-care'], visibility: 'OWN_ASSOCIATION' },
    })
    const { id } = postProblem.problem!
    expect((await reader.run(ProblemDocument, { id })).problem).toBeNull()
    const { rows } = await world.sql.query<{ today: string }>(`select current_date::text as today`)
    const merge = { from: 's-from', into: 's-into', on: rows[0]!.today }
    await withOwner(world.url, (orm) => mergeAssociations(orm, merge))
    expect((await reader.run(ProblemDocument, { id })).problem?.title).toBe('Unter uns')
    await expect(
      withOwner(world.url, (orm) => mergeAssociations(orm, { ...merge, from: 's-into' })),
    ).rejects.toThrow()
  })
})

describe('with demo content', () => {
  beforeAll(async () => {
    await world.close()
    world = await createWorld('demo')
  })

  it('23 fictional organisations are claimed beside the 17 real ones, which still own nothing', async () => {
    const { organisations } = await world.visitor.run(OrganisationsDocument, { first: 100 })
    const claimed = organisations.edges.map(({ node }) => node).filter(({ claimed }) => claimed)
    expect(claimed).toHaveLength(23)
    expect(organisations.edges).toHaveLength(40)
    for (const { name } of claimed) expect(name).toContain('(Demo)')
    const { rows } = await world.sql.query(
      `select code from organisation where not claimed and (
        exists (select from problem where organisation_id = organisation.id)
        or exists (select from solution where organisation_id = organisation.id)
        or exists (select from answer where answering_organisation_id = organisation.id)
        or exists (select from membership where organisation.id in (organisation_id, association_id)))`,
    )
    expect(rows).toEqual([])
  })

  it('some belong to several associations, and associations have several members', async () => {
    const { organisations } = await world.visitor.run(OrganisationsDocument, { first: 100 })
    const nodes = organisations.edges.map(({ node }) => node)
    expect(Math.max(...nodes.map(({ associations }) => associations.length))).toBeGreaterThan(1)
    expect(Math.max(...nodes.map(({ memberCount }) => memberCount))).toBeGreaterThan(1)
    const links = nodes.flatMap(({ associations }) => associations.map(({ code }) => code))
    for (const { code, memberCount } of nodes)
      expect(links.filter((link) => link === code)).toHaveLength(memberCount)
  })

  it('preparing once more changes nothing', async () => {
    const before = await everything()
    await prepareDatabase({ url: world.url, demoContent: true, progress: () => {} })
    expect(await everything()).toBe(before)
  })

  it('an association that was claimed is left alone by the next start', async () => {
    await world.sql.query(
      `update organisation set claimed = true, name = 'Unser Name' where code = 'dwbo'`,
    )
    await prepareDatabase({ url: world.url, demoContent: true, progress: () => {} })
    expect(await codes({ query: 'Unser Name' })).toEqual(['dwbo'])
  })

  it('demo content that was deleted does not come back', async () => {
    await world.sql.query(
      `truncate answer, same_here, problem_version, solution_version, problem, solution, auth_session,
         role_assignment, account, membership cascade;
       delete from organisation where is_demo`,
    )
    await prepareDatabase({ url: world.url, demoContent: true, progress: () => {} })
    expect(await codes()).toHaveLength(17)
    const { problems } = await world.visitor.run(ProblemsDocument)
    expect(problems.totalCount.value).toBe(0)
    expect(await world.visitor.run(DemoAccountsDocument)).toEqual({ demoAccounts: [] })
  })
})
