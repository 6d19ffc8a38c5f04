import { MikroORM } from '@mikro-orm/postgresql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseConfig } from '#database/mikro-orm.config.ts'
import { checkRegister } from '#modules/privacy/check-register.ts'
import { impersonalTables, personalTables } from '#modules/privacy/register/index.ts'
import {
  AnswerProblemDocument,
  DeleteAccountDocument,
  EmployeeDataDocument,
  MyDataDocument,
  PostProblemDocument,
  UpdateProblemDocument,
  ViewerDocument,
} from '#test/__generated__/operations.ts'
import { faultsOf } from '#test/refusals.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

let world: World
let orm: MikroORM

beforeAll(async () => {
  world = await createWorld()
  await world.organisation('asking')
  await world.organisation('helping')
  orm = await MikroORM.init(databaseConfig(world.appUrl))
})

afterAll(async () => {
  await orm.close()
  await world.close()
})

async function dataOf(caller: Caller) {
  const { myData } = await caller.run(MyDataDocument)
  return Object.fromEntries(
    myData.map(({ code, rows }) => [
      code,
      rows.map(({ values }) => Object.fromEntries(values.map(({ name, value }) => [name, value]))),
    ]),
  )
}

describe('employeeData', () => {
  it('tells anybody what is stored, what for and for how long, in both languages', async () => {
    for (const language of ['de', 'en']) {
      const { employeeData } = await world.visitor.run(
        EmployeeDataDocument,
        {},
        { 'accept-language': language },
      )
      const session = employeeData.find(({ code }) => code === 'AuthSession')
      expect(session?.title).toBe(language === 'de' ? 'Anmeldungen' : 'Sessions')
      for (const { title, readBy, data } of employeeData) {
        for (const text of [title, readBy, ...data.flatMap((datum) => Object.values(datum))])
          expect(text).not.toBe('')
        expect(data.length).toBeGreaterThan(0)
      }
    }
  })

  it('cannot go stale: each table and each column about a person must be explained', () => {
    const entities = [...orm.getMetadata()]
    expect(checkRegister(entities, personalTables, impersonalTables)).toEqual([])
    const { Account, ...others } = personalTables
    expect(checkRegister(entities, others, impersonalTables)).toContain(
      'Account is in neither list of the register.',
    )
    const { userName: _, ...data } = Account?.data ?? {}
    const shortened = { ...others, Account: { ...Account!, data } }
    expect(checkRegister(entities, shortened, impersonalTables)).toEqual([
      'Account.userName is stored but not explained.',
    ])
    const { Problem: __, ...withoutProblem } = personalTables
    expect(
      checkRegister(entities, withoutProblem, { ...impersonalTables, Problem: 'wrong', Gone: '' }),
    ).toEqual([
      'Gone is in the register but is no entity.',
      'Problem.authorId looks as if it were about a person, but the table is listed as impersonal.',
    ])
  })
})

describe('myData', () => {
  it('is for persons alone', async () => {
    for (const caller of [world.visitor, await world.token('helping')]) {
      const { data, errors } = await caller.send(MyDataDocument)
      expect(data).toBeNull()
      expect(errors[0]?.extensions?.['code']).toBe('UNAUTHENTICATED')
    }
  })

  it('holds everything about oneself and nothing about others', async () => {
    const asker = await world.person({ asking: 'EDITOR' })
    const helper = await world.person({ helping: 'PRACTITIONER', asking: 'PRACTITIONER' })
    const mine = await dataOf(helper)
    expect(mine['Account']).toHaveLength(1)
    expect(
      mine['RoleAssignment']?.map(({ organisationId, role }) => [organisationId, role]),
    ).toEqual(
      expect.arrayContaining([
        ['Organisation helping', 'PRACTITIONER'],
        ['Organisation asking', 'PRACTITIONER'],
      ]),
    )
    expect(mine['AuthSession']).toMatchObject([{ method: 'PASSWORD', isSharedDevice: 'false' }])
    const askers = await dataOf(asker)
    expect(askers['Account']?.[0]?.['userName']).toMatch(/^person-/)
    expect(JSON.stringify(mine)).not.toContain(askers['Account']?.[0]?.['userName'])
  })

  it('gives no secret back, not even its hash', async () => {
    const person = await world.person({ helping: 'PRACTITIONER' })
    const { myData } = await person.run(MyDataDocument)
    const values = myData.flatMap(({ rows }) => rows.flatMap((row) => row.values))
    const fingerprints = values.filter(({ isFingerprint }) => isFingerprint)
    expect(fingerprints.map(({ name }) => name).sort()).toEqual(['passwordHash', 'tokenHash'])
    expect(fingerprints.every(({ value }) => value === null)).toBe(true)
    expect(JSON.stringify(myData)).not.toMatch(/argon2|\\\\x[0-9a-f]{20}/)
  })

  it('keeps an answer for who wrote it, also when the asker has narrowed the problem', async () => {
    const asker = await world.person({ asking: 'EDITOR' })
    const helper = await world.person({ helping: 'PRACTITIONER' })
    const { postProblem } = await asker.run(PostProblemDocument, {
      input: { title: 'Wer hilft?', fieldsOfWork: ['elder-care'] },
    })
    const problemId = postProblem.problem?.id ?? ''
    await helper.run(AnswerProblemDocument, {
      input: { problemId, type: 'EXPERIENCE', body: 'So ging es bei uns.' },
    })
    await asker.run(UpdateProblemDocument, {
      input: { id: problemId, visibility: 'OWN_ORGANISATION' },
    })
    expect((await dataOf(helper))['Contribution']).toMatchObject([
      { kind: 'Antwort', body: 'So ging es bei uns.', organisationName: 'Organisation helping' },
    ])
    expect((await dataOf(asker))['Contribution']).toMatchObject([
      { kind: 'Problem', title: 'Wer hilft?' },
    ])
  })
})

describe('deleteAccount', () => {
  const remove = async (caller: Caller, confirmed = true) =>
    (await caller.run(DeleteAccountDocument, { confirmed })).deleteAccount

  it('is for persons alone, and for those who mean it', async () => {
    for (const caller of [world.visitor, await world.token('helping')]) {
      const { errors } = await caller.send(DeleteAccountDocument)
      expect(errors[0]?.extensions?.['code']).toBe('UNAUTHENTICATED')
    }
    const person = await world.person({ helping: 'PRACTITIONER' })
    expect(faultsOf(await remove(person, false))).toEqual(['REQUIRED confirmed'])
    expect((await person.run(ViewerDocument)).viewer.kind).toBe('PERSON')
  })

  it('forgets the person at once, and leaves what was written to the organisation', async () => {
    const person = await world.person({ helping: 'PRACTITIONER', asking: 'PRACTITIONER' })
    const name = (await dataOf(person))['Account']?.[0]?.['userName']
    const { postProblem } = await person.run(PostProblemDocument, {
      input: { title: 'Das bleibt', fieldsOfWork: ['elder-care'], anonymousToNetwork: false },
    })
    expect(postProblem.problem?.id).toBeTruthy()
    const removed = await remove(person)
    expect(removed).toMatchObject({ viewer: { kind: 'VISITOR' }, userErrors: [] })
    expect((await person.run(ViewerDocument)).viewer.kind).toBe('VISITOR')
    const { rows: accounts } = await world.sql.query(
      'select id from account where user_name = $1',
      [name],
    )
    expect(accounts).toEqual([])
    const { rows: problems } = await world.sql.query(
      "select author_id from problem where title = 'Das bleibt'",
    )
    expect(problems).toEqual([{ author_id: null }])
  })

  it('leaves no colleagues behind without anybody to manage them, but lets the last one go', async () => {
    await world.organisation('small')
    const chief = await world.person({ small: 'EXECUTIVE' })
    const colleague = await world.person({ small: 'PRACTITIONER' })
    expect(faultsOf(await remove(chief))).toEqual(['LAST_MANAGER'])
    expect((await chief.run(ViewerDocument)).viewer.kind).toBe('PERSON')
    expect((await remove(colleague)).userErrors).toEqual([])
    expect((await remove(chief)).userErrors).toEqual([])
  })
})
