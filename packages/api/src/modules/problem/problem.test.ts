import { vocabularies } from '@netzwerkdiakonie/schema'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  PostProblemDocument,
  type PostProblemMutationVariables,
  ProblemDocument,
  ProblemsDocument,
} from '#test/__generated__/operations.ts'
import { contentOf, expectNeedsContributor, faultsOf } from '#test/refusals.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

let world: World
let practitioner: Caller
let editor: Caller
let token: Caller
let stranger: Caller

beforeAll(async () => {
  world = await createWorld()
  await world.organisation('asker')
  await world.organisation('other')
  practitioner = await world.person({ asker: 'PRACTITIONER' })
  editor = await world.person({ asker: 'EDITOR' })
  token = await world.token('asker')
  stranger = await world.person({ other: 'EDITOR' })
})

afterAll(() => world.close())

type Input = PostProblemMutationVariables['input']

const minimal: Input = { title: 'Wer hat Wertgrenzen eingeführt?', fieldsOfWork: ['elder-care'] }

async function post(caller: Caller, input: Partial<Input>, headers?: Record<string, string>) {
  const { postProblem } = await caller.run(
    PostProblemDocument,
    { input: { ...minimal, ...input } },
    headers,
  )
  return postProblem
}

describe('postProblem', () => {
  it('is closed to visitors and to tokens that only read', () =>
    expectNeedsContributor(world, 'asker', PostProblemDocument, { input: minimal }))

  it('takes one sentence and a field of work, and fills in the rest', async () => {
    const { problem, userErrors } = await post(practitioner, {})
    expect(userErrors).toEqual([])
    expect(problem).toMatchObject({
      ...minimal,
      fieldsOfWork: [{ code: 'elder-care' }],
      body: '',
      competences: [],
      status: 'OPEN',
      state: 'PUBLISHED',
      visibility: 'ALL_MEMBERS',
      aiShare: 'NONE',
      licence: 'CC-BY-4.0',
      version: 1,
      answerCount: 0,
      sameHereCount: 0,
      organisation: { code: 'asker' },
      code: null,
    })
    const { problem: read } = await stranger.run(ProblemDocument, { id: problem!.id })
    expect(read).toMatchObject({ title: minimal.title, versions: [{ number: 1 }] })
  })

  it('keeps everything that is given, without white space at the ends and without doubles', async () => {
    const { problem } = await post(token, {
      title: '  Viele Unterschriften \n',
      body: '\tSeit Jahren. ',
      fieldsOfWork: ['elder-care', 'child-daycare', 'elder-care'],
      competences: ['process-management'],
      visibility: 'PUBLIC',
    })
    expect(problem).toMatchObject({
      title: 'Viele Unterschriften',
      body: 'Seit Jahren.',
      fieldsOfWork: [{ code: 'elder-care' }, { code: 'child-daycare' }],
      competences: [{ code: 'process-management' }],
      visibility: 'PUBLIC',
      organisation: { code: 'asker' },
    })
  })

  it('tells all faults at once, each with its place, and writes nothing', async () => {
    const before = await contentOf(world)
    const { problem, userErrors } = await post(practitioner, {
      title: ' \n ',
      body: 'x'.repeat(10_001),
      fieldsOfWork: ['elder-care', 'no-such-field'],
      competences: ['no-such-competence'],
      idempotencyKey: 'k'.repeat(256),
    })
    expect(problem).toBeNull()
    expect(faultsOf({ userErrors })).toEqual([
      'REQUIRED title',
      'TOO_LONG body',
      'UNKNOWN_CODE fieldsOfWork',
      'UNKNOWN_CODE competences',
      'TOO_LONG idempotencyKey',
    ])
    expect(userErrors[1]?.message).toContain('10000')
    expect(userErrors[2]?.message).toContain('no-such-field')
    expect(await contentOf(world)).toBe(before)
  })

  it('answers faults in the language of the header', async () => {
    const german = await post(practitioner, { title: '' })
    expect(german.userErrors[0]?.message).toMatch(/^Hier fehlt/)
    const english = await post(practitioner, { title: '' }, { 'accept-language': 'fr, en;q=0.8' })
    expect(english.userErrors[0]?.message).toMatch(/^Something is missing/)
  })

  it.each<[string, Partial<Input>, string[]]>([
    ['a title of 200 characters', { title: 'x'.repeat(200) }, []],
    ['a title of 201 characters', { title: 'x'.repeat(201) }, ['TOO_LONG title']],
    ['a body of 10,000 characters', { body: 'x'.repeat(10_000) }, []],
    ['no field of work', { fieldsOfWork: [] }, ['REQUIRED fieldsOfWork']],
    ['five fields of work', { fieldsOfWork: codes('fieldsOfWork', 5) }, []],
    ['six fields of work', { fieldsOfWork: codes('fieldsOfWork', 6) }, ['TOO_MANY fieldsOfWork']],
    ['eight competences', { competences: codes('competences', 8) }, []],
    ['nine competences', { competences: codes('competences', 9) }, ['TOO_MANY competences']],
    ['a code of another vocabulary', { competences: ['elder-care'] }, ['UNKNOWN_CODE competences']],
    ['a key of 255 characters', { idempotencyKey: 'k'.repeat(255) }, []],
  ])('has its limits: %s', async (_, input, faults) => {
    expect(faultsOf(await post(practitioner, input))).toEqual(faults)
  })

  it('keeps a text that holds control characters, without them', async () => {
    const { problem } = await post(practitioner, {
      title: 'Vor\u0000her',
      body: 'Zeile\n\u0000mehr',
    })
    expect(problem).toMatchObject({ title: 'Vorher', body: 'Zeile\nmehr' })
  })
})

describe('data of clients', () => {
  it.each([
    [
      'date of birth',
      'Das Kind, geb. 12.03.2019, braucht einen Platz.',
      'Geburtsdatum',
      '12.03.2019',
    ],
    ['case number', 'Siehe Aktenzeichen 4711/22.', 'Aktenzeichen', '4711/22'],
    [
      'phone number',
      'Die Tochter erreicht man unter 0511 12345678.',
      'Telefonnummer',
      '0511 12345678',
    ],
    ['IBAN', 'Sie zahlt von DE89 3704 0044 0532 0130 00.', 'IBAN', 'DE89 3704 0044 0532 0130 00'],
    ['name and age', 'Lena (7) kommt nicht mehr.', 'Name mit Alter', 'Lena (7)'],
    ['name with title', 'Frau Müller ruft jede Nacht.', 'Name mit Anrede', 'Frau Müller'],
  ])('warns of a %s and names it, in title and body', async (_, text, kind, excerpt) => {
    for (const field of ['title', 'body'] as const) {
      const { problem, userErrors } = await post(practitioner, { [field]: text })
      expect(problem).toBeNull()
      expect(new Set(faultsOf({ userErrors }))).toEqual(new Set([`CLIENT_DATA_SUSPECTED ${field}`]))
      const messages = userErrors.map(({ message }) => message).join()
      expect(messages).toContain(kind)
      expect(messages).toContain(excerpt)
    }
    const confirmed = await post(practitioner, { body: text, confirmedNoClientData: true })
    expect(confirmed.problem?.body).toBe(text)
  })

  it.each([
    'Bei Sorgen hilft die TelefonSeelsorge unter 0800 1110111.',
    'Wir haben 310 Fachkräfte an 12 Standorten und seit 2021 drei neue Programme.',
  ])('lets ordinary text pass: %s', async (body) => {
    expect((await post(practitioner, { body })).problem?.body).toBe(body)
  })
})

describe('AI text', () => {
  it('of a person is published', async () => {
    expect((await post(practitioner, { aiShare: 'AI_GENERATED' })).problem?.state).toBe('PUBLISHED')
  })

  it('of a token waits for review, where its own organisation alone sees it', async () => {
    const { problem } = await post(token, { title: 'Vom System', aiShare: 'AI_ASSISTED' })
    expect(problem).toMatchObject({
      state: 'IN_REVIEW',
      publishedOn: null,
      viewerCanRelease: false,
    })
    const { id } = problem!
    expect((await stranger.run(ProblemDocument, { id })).problem).toBeNull()
    expect((await practitioner.run(ProblemDocument, { id })).problem?.viewerCanRelease).toBe(false)
    expect((await editor.run(ProblemDocument, { id })).problem?.viewerCanRelease).toBe(true)
    const waiting = async (caller: Caller) => {
      const { problems } = await caller.run(ProblemsDocument, { filter: { inReview: true } })
      return problems.edges.map(({ node }) => node.id)
    }
    expect(await waiting(practitioner)).toEqual([id])
    expect(await waiting(stranger)).toEqual([])
    expect(await waiting(world.visitor)).toEqual([])
    const { problems } = await practitioner.run(ProblemsDocument, { first: 100 })
    expect(problems.edges.map(({ node }) => node.id)).not.toContain(id)
  })
})

/** The first so many codes of a vocabulary. */
function codes(name: 'fieldsOfWork' | 'competences', count: number): string[] {
  return vocabularies[name].slice(0, count).map(({ code }) => code)
}
