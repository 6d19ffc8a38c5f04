import { readFileSync } from 'node:fs'
import { buildSchema, type GraphQLObjectType } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '#api/context.ts'
import { guardFields } from '#api/field-access/guard.ts'
import { fieldAccess } from '#api/field-access/index.ts'
import { createSchema } from '#api/schema.ts'
import { person, serviceAccount } from '#test/viewers.ts'
import { visitor } from '#modules/identity/viewer.ts'
import { checksums } from '#test/checksums.ts'
import { exampleInput } from '#test/example-input.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

const access: Record<string, string> = fieldAccess

describe('the classification', () => {
  const without = (name: string) =>
    Object.fromEntries(Object.entries(access).filter(([other]) => other !== name))

  it.each([
    ['Problem.body', 'AS_OBJECT'],
    ['Mutation.postProblem', 'WRITE'],
    ['Query.node', 'ANYBODY'],
  ])('keeps the API from starting without %s, and says what to write', (name, guess) => {
    expect(() => createSchema(without(name))).toThrow(`'${name}': '${guess}', // or `)
  })

  it('keeps it from starting with a field that does not exist, or a class that does not', () => {
    expect(() => createSchema({ ...access, 'Problem.author': 'AS_OBJECT' })).toThrow(
      "Remove them there:\n  'Problem.author'",
    )
    expect(() => createSchema({ ...access, 'Problem.body': 'WRITE' })).toThrow(
      "'Problem.body': 'WRITE' (there are ANYBODY, AS_OBJECT,",
    )
    expect(() => createSchema({ ...access, 'Mutation.signOut': 'AS_OBJECT' })).toThrow(
      "'Mutation.signOut': 'AS_OBJECT' (there are ANYBODY, WRITE,",
    )
  })

  it('keeps it from starting where a closed field could not say nothing', () => {
    expect(() => createSchema({ ...access, 'Problem.body': 'MANAGERS' })).toThrow(
      'Problem.body is not for everybody, so it must be able to say nothing',
    )
  })

  it('lies in one place: each domain of the contract has its file', () => {
    const index = readFileSync(new URL('index.ts', import.meta.url), 'utf8')
    for (const name of Object.keys(access)) expect(name).toMatch(/^\w+\.\w+$/)
    expect(index.match(/\.\.\.\w+Access/g)?.length).toBe(
      index.match(/^import \{ \w+Access/gm)?.length,
    )
  })
})

describe('a closed field', () => {
  const schema = guardFields(
    buildSchema(`
      type Query { own: String, list: [String!]!, thing: Thing }
      type Thing { people: String, managed: String, self: String }
      type Organisation { managed: String }
    `),
    {
      'Query.own': 'MANAGERS',
      'Query.list': 'MEMBERS',
      'Query.thing': 'ANYBODY',
      'Thing.people': 'OWN_PEOPLE',
      'Thing.managed': 'MANAGERS',
      'Thing.self': 'SELF',
      'Organisation.managed': 'MANAGERS',
    },
  )
  const ask = (type: string, field: string, viewer: Context['viewer'], parent: object) => {
    const parentType = schema.getType(type) as GraphQLObjectType
    return parentType.getFields()[field]!.resolve!(parent, {}, { viewer }, {
      fieldName: field,
      parentType,
    } as never)
  }
  const thing = { organisationId: 'a', accountId: 'person', people: '!', managed: '!', self: '!' }
  const manager = { ...person({ a: 'EDITOR' }), managedOrganisationIds: ['a'] }
  const colleague = { ...person({ a: 'PRACTITIONER' }), actorId: 'colleague' }
  const token = serviceAccount('a', ['READ', 'WRITE'])
  const stranger = {
    ...manager,
    actorId: 'x',
    organisationIds: ['b'],
    managedOrganisationIds: ['b'],
  }

  it.each([
    ['manager', manager, ['!', '!', '!']],
    ['colleague', colleague, ['!', null, null]],
    ['token', token, [null, null, null]],
    ['manager elsewhere', stranger, [null, null, null]],
    ['visitor', visitor, [null, null, null]],
  ])('shows to a %s what is theirs', (_, viewer, seen) => {
    const fields = ['people', 'managed', 'self']
    expect(fields.map((field) => ask('Thing', field, viewer, thing))).toEqual(seen)
  })

  it('says nothing as its type can: null, or a list of nothing', () => {
    const root = { own: '!', list: ['!'] }
    expect(ask('Query', 'own', manager, root)).toBe('!')
    expect(ask('Query', 'own', colleague, root)).toBeNull()
    expect(ask('Query', 'list', token, root)).toEqual(['!'])
    expect(ask('Query', 'list', visitor, root)).toEqual([])
  })

  it('takes an organisation for its own owner', () => {
    expect(ask('Organisation', 'managed', manager, { id: 'a', managed: '!' })).toBe('!')
    expect(ask('Organisation', 'managed', manager, { id: 'b', managed: '!' })).toBeNull()
  })
})

describe('every mutation', () => {
  const schema = createSchema()
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {}).map((field) => {
    const input = field.args[0]
    const document = input
      ? `mutation ($input: ${String(input.type)}) { ${field.name}(input: $input) { userErrors { code } } }`
      : `mutation { ${field.name} { userErrors { code } } }`
    const variables = input ? { input: exampleInput(input.type, { text: '' }) } : {}
    return { name: field.name, kind: access[`Mutation.${field.name}`]!, document, variables }
  })
  const callers: Record<string, Caller> = {}
  let world: World

  beforeAll(async () => {
    world = await createWorld()
    await world.organisation('own')
    callers['visitor'] = world.visitor
    callers['reading token'] = await world.token('own', ['read'])
    callers['writing token'] = await world.token('own')
    callers['practitioner'] = await world.person({ own: 'PRACTITIONER' })
  })
  afterAll(() => world.close())

  /** What each class answers: a top-level code, a user error, or nothing that the class decides. */
  const answers: Record<string, Record<string, string>> = {
    ANYBODY: {},
    WRITE: { visitor: '401 UNAUTHENTICATED', 'reading token': '403 FORBIDDEN_SCOPE' },
    PERSON: {
      visitor: '401 UNAUTHENTICATED',
      'reading token': '401 UNAUTHENTICATED',
      'writing token': '401 UNAUTHENTICATED',
    },
    MANAGER: {
      visitor: '401 UNAUTHENTICATED',
      'reading token': '401 UNAUTHENTICATED',
      'writing token': '401 UNAUTHENTICATED',
      practitioner: '200 FORBIDDEN',
    },
  }

  it.each(mutations)(
    '$name ($kind) refuses whom its class does not let in, and changes nothing',
    async (mutation) => {
      const operation = { toString: () => mutation.document } as never
      for (const [who, caller] of Object.entries(callers)) {
        const before = await checksums(world)
        const response = await caller.send<
          Record<string, { userErrors: { code: string }[] }>,
          object
        >(operation, mutation.variables)
        const fault = response.data?.[mutation.name]?.userErrors[0]?.code
        const code = response.errors[0]?.extensions?.['code'] ?? fault
        const wanted = answers[mutation.kind]?.[who]
        if (wanted) expect(`${who}: ${response.status} ${String(code)}`).toBe(`${who}: ${wanted}`)
        else expect({ who, errors: response.errors }).toEqual({ who, errors: [] })
        // Whoever is let in may succeed with an input that says nothing; whoever is refused leaves no trace.
        if (code !== undefined)
          expect({ who, rows: await checksums(world) }).toEqual({ who, rows: before })
      }
      // Signing out is allowed to everybody: the next mutation needs the person again.
      if (mutation.name === 'signOut')
        callers['practitioner'] = await world.person({ own: 'PRACTITIONER' })
    },
  )
})
