import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  AnswerProblemDocument,
  OrganisationsDocument,
  PostProblemDocument,
  type ProblemFilter,
  type ProblemOrder,
  ProblemsDocument,
  SameHereDocument,
  SetProblemStatusDocument,
} from '#test/__generated__/operations.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

let world: World
let large: Caller
let small: Caller
let reader: Caller

/** Four problems; their titles are their names here. Posted in this order. */
const posts = [
  {
    by: 'large',
    title: 'Öffnungszeiten',
    fieldsOfWork: ['elder-care.home-care'],
    competences: ['process-management'],
    body: 'Der Dienstplan fällt aus.',
  },
  {
    by: 'small',
    title: 'Abrechnung',
    fieldsOfWork: ['elder-care'],
    competences: ['change-management'],
    body: '',
  },
  {
    by: 'large',
    title: 'zulagen',
    fieldsOfWork: ['child-daycare'],
    competences: [],
    body: 'Dienstpläne sind unbeliebt.',
  },
  {
    by: 'small',
    title: 'Ärger',
    fieldsOfWork: ['child-daycare.kindergarten', 'elder-care'],
    competences: ['process-management', 'data-management'],
    body: '',
  },
] as const
const ids = new Map<string, string>()

beforeAll(async () => {
  world = await createWorld()
  await world.organisation('large', { sizeClass: 'xl', umbrella: 'caritas' })
  await world.organisation('small', { sizeClass: 's', umbrella: 'diakonie' })
  await world.organisation('reader')
  large = await world.person({ large: 'PRACTITIONER' })
  small = await world.person({ small: 'PRACTITIONER' })
  reader = await world.person({ reader: 'PRACTITIONER' })
  for (const { by, title, body, fieldsOfWork, competences } of posts) {
    const { postProblem } = await (by === 'large' ? large : small).run(PostProblemDocument, {
      input: { title, body, fieldsOfWork: [...fieldsOfWork], competences: [...competences] },
    })
    ids.set(title, postProblem.problem!.id)
  }
  // What orders and filters go by: answers, organisations that share it, status, day.
  const answer = (title: string) =>
    reader.run(AnswerProblemDocument, {
      input: { problemId: ids.get(title)!, type: 'EXPERIENCE', body: 'Ja.' },
    })
  await answer('Öffnungszeiten')
  await answer('Öffnungszeiten')
  await answer('zulagen')
  const same = (caller: Caller, title: string) =>
    caller.run(SameHereDocument, { input: { problemId: ids.get(title)! } })
  await same(reader, 'Abrechnung')
  await same(large, 'Abrechnung')
  await same(small, 'zulagen')
  await small.run(SetProblemStatusDocument, { input: { id: ids.get('Ärger')!, status: 'SOLVED' } })
  const setDay = (title: string, day: string) =>
    world.sql.query('update problem set as_of = $1 where title = $2', [day, title])
  await setDay('Öffnungszeiten', '2026-05-03')
  await setDay('Abrechnung', '2026-05-04')
  await setDay('zulagen', '2026-05-02')
  await setDay('Ärger', '2026-05-01')
})

afterAll(() => world.close())

async function titles(variables: { filter?: ProblemFilter; orderBy?: ProblemOrder }) {
  const { problems } = await reader.run(ProblemsDocument, variables)
  expect(problems.totalCount).toEqual({ value: problems.edges.length, isExact: true })
  return problems.edges.map(({ node }) => node.title)
}

describe('orders', () => {
  it.each<[ProblemOrder | undefined, string[]]>([
    [undefined, ['Ärger', 'zulagen', 'Abrechnung', 'Öffnungszeiten']],
    ['NEWEST', ['Ärger', 'zulagen', 'Abrechnung', 'Öffnungszeiten']],
    ['RECENTLY_UPDATED', ['Abrechnung', 'Öffnungszeiten', 'zulagen', 'Ärger']],
    ['MOST_SAME_HERE', ['Abrechnung', 'zulagen', 'Ärger', 'Öffnungszeiten']],
    ['FEWEST_ANSWERS', ['Abrechnung', 'Ärger', 'zulagen', 'Öffnungszeiten']],
    ['TITLE', ['Abrechnung', 'Ärger', 'Öffnungszeiten', 'zulagen']],
  ])('%s', async (orderBy, expected) => {
    expect(await titles({ ...(orderBy && { orderBy }) })).toEqual(expected)
  })

  it.each<ProblemOrder>([
    'NEWEST',
    'RECENTLY_UPDATED',
    'MOST_SAME_HERE',
    'FEWEST_ANSWERS',
    'TITLE',
  ])('%s reads on where a page ended', async (orderBy) => {
    const walked: string[] = []
    let after: string | null = null
    do {
      const { problems }: { problems: Page } = await reader.run(ProblemsDocument, {
        orderBy,
        first: 1,
        after,
      })
      walked.push(...problems.edges.map(({ node }) => node.title))
      after = problems.pageInfo.hasNextPage ? (problems.pageInfo.endCursor ?? null) : null
    } while (after)
    expect(walked).toEqual(await titles({ orderBy }))
  })

  interface Page {
    edges: { node: { title: string } }[]
    pageInfo: { hasNextPage: boolean; endCursor?: string | null }
  }
})

describe('filters', () => {
  it.each<[string, ProblemFilter, string[]]>([
    ['a narrow field of work', { fieldsOfWork: ['elder-care.home-care'] }, ['Öffnungszeiten']],
    [
      'a broad one, with all narrower',
      { fieldsOfWork: ['elder-care'] },
      ['Abrechnung', 'Ärger', 'Öffnungszeiten'],
    ],
    [
      'one of several fields',
      { fieldsOfWork: ['elder-care.home-care', 'child-daycare'] },
      ['Ärger', 'Öffnungszeiten', 'zulagen'],
    ],
    ['an unknown field', { fieldsOfWork: ['no-such-field'] }, []],
    ['no field at all', { fieldsOfWork: [] }, ['Abrechnung', 'Ärger', 'Öffnungszeiten', 'zulagen']],
    ['a competence', { competences: ['process-management'] }, ['Ärger', 'Öffnungszeiten']],
    [
      'one of several competences',
      { competences: ['data-management', 'change-management'] },
      ['Abrechnung', 'Ärger'],
    ],
    ['a status', { statuses: ['ANSWERED'] }, ['Öffnungszeiten', 'zulagen']],
    ['one of several statuses', { statuses: ['OPEN', 'SOLVED'] }, ['Abrechnung', 'Ärger']],
    ['the size of the asker', { sizeClasses: ['s'] }, ['Abrechnung', 'Ärger']],
    [
      'one of several sizes',
      { sizeClasses: ['s', 'xl'] },
      ['Abrechnung', 'Ärger', 'Öffnungszeiten', 'zulagen'],
    ],
    ['the umbrella of the asker', { umbrella: 'caritas' }, ['Öffnungszeiten', 'zulagen']],
    ['the asker by its code', { organisation: 'small' }, ['Abrechnung', 'Ärger']],
    ['an asker that does not exist', { organisation: 'nobody' }, []],
    [
      'words in text and title, in any inflection',
      { query: 'dienstplan' },
      ['Öffnungszeiten', 'zulagen'],
    ],
    ['words of which all must occur', { query: 'Dienstplan ausfallen' }, []],
    ['words in the title', { query: 'Öffnungszeit' }, ['Öffnungszeiten']],
    ['a blank query', { query: '  ' }, ['Abrechnung', 'Ärger', 'Öffnungszeiten', 'zulagen']],
    ['odd characters', { query: `'"&|!:*()\\ -- \u{1F600}` }, []],
    [
      'the day of the last change, that day included',
      { updatedSince: '2026-05-03' },
      ['Abrechnung', 'Öffnungszeiten'],
    ],
    [
      'several conditions, which must all hold',
      { umbrella: 'diakonie', competences: ['process-management'] },
      ['Ärger'],
    ],
    ['what waits for review, of which there is none', { inReview: true }, []],
  ])('%s', async (_, filter, expected) => {
    expect(await titles({ filter, orderBy: 'TITLE' })).toEqual(expected)
  })

  it('the asker by its id', async () => {
    const { organisations } = await reader.run(OrganisationsDocument, {
      filter: { query: 'Organisation large' },
    })
    const organisation = organisations.edges[0]!.node.id
    expect(await titles({ filter: { organisation }, orderBy: 'TITLE' })).toEqual([
      'Öffnungszeiten',
      'zulagen',
    ])
  })

  it('refuses a day that is none, as a fault of the caller', async () => {
    const { data, errors } = await reader.send(ProblemsDocument, {
      filter: { updatedSince: '2026-13-01' },
    })
    expect(data).toBeNull()
    expect(errors[0]?.extensions?.['code']).toBe('BAD_USER_INPUT')
  })

  it('refuses a text that PostgreSQL has no place for, as a fault of the caller', async () => {
    for (const filter of [{ organisation: '\u0000' }, { competences: ['\u0000'] }]) {
      const { errors } = await reader.send(ProblemsDocument, { filter })
      expect(errors.map(({ extensions }) => extensions?.['code'])).toEqual(['BAD_USER_INPUT'])
    }
  })

  it('refuses the cursor of another order, as a fault of the caller', async () => {
    const { problems } = await reader.run(ProblemsDocument, { orderBy: 'TITLE', first: 1 })
    const after = problems.pageInfo.endCursor ?? null
    for (const orderBy of ['NEWEST', 'MOST_SAME_HERE', 'RECENTLY_UPDATED'] as const) {
      const { errors } = await reader.send(ProblemsDocument, { orderBy, after })
      expect(errors.map(({ extensions }) => extensions?.['code'])).toEqual(['BAD_USER_INPUT'])
    }
  })
})
