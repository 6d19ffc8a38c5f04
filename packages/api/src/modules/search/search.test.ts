import { limits } from '@netzwerkdiakonie/schema'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  PostProblemDocument,
  PublishSolutionDocument,
  SearchDocument,
  type SearchFilter,
} from '#test/__generated__/operations.ts'
import { topLevelCode } from '#test/refusals.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

let world: World
let caller: Caller

const elder = ['elder-care']

beforeAll(async () => {
  world = await createWorld()
  await world.organisation('seeker')
  await world.sql.query(
    `update organisation set name = 'Stiftung Ahlenbrook' where code = 'seeker'`,
  )
  await world.index()
  caller = await world.person({ seeker: 'EDITOR' })
  await post('Dienstplan bei Ausfällen', 'Wer springt nachts ein?')
  await post('Rufbereitschaft', 'Der Dienstplan nennt niemanden.', ['elder-care.home-care'])
  await post('Schlüssel verloren', 'Nachts kommt niemand ins Haus.')
  await post('Küchenhilfe gesucht', 'Größere Mengen für dreißig Gäste.', ['child-daycare'])
  await post('Rechnungen bleiben liegen', 'Niemand weiß, wer dran ist.', elder, [
    'process-management',
  ])
  await post(
    '<script>alert("Eulen")</script>',
    'Eulen <img src=x onerror=alert(1)> & 3 < 5 <b>Käuze</b>',
  )
  await publish('Springerpool', 'Ein Pool für Ausfälle im Dienstplan.', 'PROCESS')
  await publish('Dienstplanheld', 'Eine App.', 'TOOL')
})

afterAll(() => world.close())

async function post(title: string, body: string, fieldsOfWork = elder, competences: string[] = []) {
  const input = { title, body, fieldsOfWork, competences }
  const { postProblem } = await caller.run(PostProblemDocument, { input })
  expect(postProblem.userErrors).toEqual([])
}

async function publish(title: string, summary: string, kind: 'PROCESS' | 'TOOL') {
  const input = { title, summary, kind, fieldsOfWork: elder }
  await caller.run(PublishSolutionDocument, { input })
}

async function search(query: string, filter?: SearchFilter, headers?: Record<string, string>) {
  const { search } = await caller.run(
    SearchDocument,
    { query, filter: filter ?? null, first: 100 },
    headers,
  )
  expect(search.totalCount.value).toBe(search.edges.length)
  return { ...search, hits: search.edges.map(({ node }) => node) }
}

const titles = async (query: string, filter?: SearchFilter) =>
  (await search(query, filter)).hits.map(({ title }) => title)

describe('finds', () => {
  it.each([
    ['a word of the title', 'Rufbereitschaft', 'Rufbereitschaft'],
    ['a word of the text', 'Gäste', 'Küchenhilfe gesucht'],
    ['another inflection', 'Schlüsseln', 'Schlüssel verloren'],
    ['the beginning of a compound', 'Küche', 'Küchenhilfe gesucht'],
    ['a word while it is typed', 'Rufbere', 'Rufbereitschaft'],
    ['umlauts written as such', 'größer', 'Küchenhilfe gesucht'],
    ['capitals as small letters', 'KÜCHENHILFE', 'Küchenhilfe gesucht'],
    ['a synonym of a vocabulary', 'Genehmigungsweg', 'Rechnungen bleiben liegen'],
    [
      'the label of a term within a question',
      'Wer kennt sich mit Prozessmanagement aus?',
      'Rechnungen bleiben liegen',
    ],
    ['an organisation by its name', 'Ahlenbrook', 'Stiftung Ahlenbrook'],
    ['an organisation by the beginning of its name', 'ahlenb', 'Stiftung Ahlenbrook'],
    ['a solution by its summary', 'Pool', 'Springerpool'],
  ])('%s', async (_, query, title) => {
    expect(await titles(query)).toContain(title)
  })

  it.each([
    ['ue for ü', 'Kuechenhilfe'],
    ['ss for ß', 'dreissig'],
  ])('%s', async (_, query) => {
    expect(await titles(query)).toContain('Küchenhilfe gesucht')
  })

  it('nothing where there is nothing', async () => {
    const { hits, facets, pageInfo } = await search('Quastenflosser')
    expect([hits, facets, pageInfo.hasNextPage, pageInfo.endCursor]).toEqual([[], [], false, null])
  })
})

describe('order', () => {
  it('puts all words before any, and title before text', async () => {
    const found = await titles('Dienstplan Ausfälle')
    const both = ['Dienstplan bei Ausfällen', 'Springerpool']
    expect(found.slice(0, 2).sort()).toEqual(both)
    expect(found.slice(2).sort()).toEqual(['Dienstplanheld', 'Rufbereitschaft'])
    expect((await titles('Dienstplan')).indexOf('Dienstplan bei Ausfällen')).toBeLessThan(
      (await titles('Dienstplan')).indexOf('Rufbereitschaft'),
    )
  })

  it('puts what only shares a topic last', async () => {
    await post('Genehmigungsweg unklar', '')
    expect(await titles('Genehmigungsweg')).toEqual([
      'Genehmigungsweg unklar',
      'Rechnungen bleiben liegen',
    ])
  })
})

describe('a hit', () => {
  const hit = async (query: string, title: string, language?: string) => {
    const headers = language ? { 'accept-language': language } : {}
    return (await search(query, undefined, headers)).hits.find((found) => found.title === title)
  }

  it('marks what was searched for in its passage', async () => {
    const found = await hit('nachts', 'Dienstplan bei Ausfällen')
    expect(found?.highlight).toBe('Wer springt <mark>nachts</mark> ein?')
    expect(found?.entry.__typename).toBe('Problem')
  })

  it('escapes everything else', async () => {
    const found = await hit('Eulen', '<script>alert("Eulen")</script>')
    expect(found?.highlight).toContain('<mark>Eulen</mark>')
    expect(found?.highlight.replaceAll(/<\/?mark>/g, '')).not.toMatch(/[<>]/)
    expect(found?.highlight).toContain('&amp;')
    expect(found?.highlight).toContain('3 &lt; 5')
  })

  it.each([
    [
      'nachts',
      'Dienstplan bei Ausfällen',
      'Gefunden im Text: „nachts“',
      'Found in the text: “nachts”',
    ],
    [
      'Dienstplan',
      'Dienstplan bei Ausfällen',
      'Gefunden im Titel: „Dienstplan“',
      'Found in the title: “Dienstplan”',
    ],
    [
      'Genehmigungsweg',
      'Rechnungen bleiben liegen',
      'Passt zum Thema „Prozessmanagement“',
      'Fits the topic “Process management”',
    ],
    [
      'Ahlenbrook',
      'Stiftung Ahlenbrook',
      'Gefunden im Titel: „Ahlenbrook“',
      'Found in the title: “Ahlenbrook”',
    ],
  ])('tells why %s found %s', async (query, title, german, english) => {
    expect((await hit(query, title))?.reason).toBe(german)
    expect((await hit(query, title, 'en-GB'))?.reason).toBe(english)
  })
})

describe('filters and facets', () => {
  it('tell how many hits of each kind there are, whatever kinds are asked for', async () => {
    const facets = [
      { kind: 'PROBLEM', count: { value: 2 } },
      { kind: 'SOLUTION', count: { value: 1 } },
      { kind: 'TOOL', count: { value: 1 } },
    ]
    expect((await search('Dienstplan')).facets).toEqual(facets)
    const tools = await search('Dienstplan', { kinds: ['TOOL'] })
    expect(tools.hits.map(({ title }) => title)).toEqual(['Dienstplanheld'])
    expect(tools.facets).toEqual(facets)
  })

  it('by several kinds', async () => {
    expect((await titles('Dienstplan', { kinds: ['TOOL', 'SOLUTION'] })).sort()).toEqual([
      'Dienstplanheld',
      'Springerpool',
    ])
    expect(await titles('Ahlenbrook', { kinds: ['PROBLEM'] })).toEqual([])
  })

  it('by field of work, the narrower included; organisations drop out', async () => {
    expect(await titles('Dienstplan', { fieldsOfWork: ['elder-care.home-care'] })).toEqual([
      'Rufbereitschaft',
    ])
    expect(await titles('Dienstplan', { fieldsOfWork: elder })).toHaveLength(4)
    expect(await titles('Küchenhilfe', { fieldsOfWork: elder })).toEqual([])
    expect(await titles('Ahlenbrook', { fieldsOfWork: elder })).toEqual([])
    expect((await search('Dienstplan', { fieldsOfWork: ['elder-care.home-care'] })).facets).toEqual(
      [{ kind: 'PROBLEM', count: { value: 1 } }],
    )
  })
})

describe('pages', () => {
  it('cover everything once, also where many rank the same', async () => {
    for (let n = 0; n < 7; n++) await post('Mauersegler', 'Im Turm.')
    const walked: string[] = []
    let after: string | null = null
    do {
      const { search }: { search: Page } = await caller.run(SearchDocument, {
        query: 'Mauersegler Turm',
        first: 3,
        after,
      })
      expect(search.totalCount.value).toBe(7)
      walked.push(...search.edges.map(({ node }) => node.entry.id))
      after = search.pageInfo.hasNextPage ? (search.pageInfo.endCursor ?? null) : null
    } while (after)
    expect(walked).toHaveLength(7)
    expect(new Set(walked).size).toBe(7)
  })

  interface Page {
    edges: { node: { entry: { id: string } } }[]
    pageInfo: { hasNextPage: boolean; endCursor?: string | null }
    totalCount: { value: number }
  }
})

describe('odd queries', () => {
  it.each(['', ' ', '\n\t', 'und oder der die das', '?', '...', '\u{1F600}'])(
    '%j finds nothing',
    async (query) => {
      expect((await search(query)).hits).toEqual([])
    },
  )

  it.each([
    `'`,
    `''`,
    `"`,
    `\\`,
    `a\\b`,
    `C:\\Ordner\\Dienstplan`,
    ':*',
    'a:*',
    '&|!',
    '!(',
    '<->',
    'a <-> b',
    '%',
    '_',
    '$1',
    '${x}',
    '{a,b}',
    '--',
    '/* */',
    ';',
    'Dienstplan:ABCD',
    `Dienst'plan`,
    `https://example.org/it's?a=b&c='d'\\e`,
    `pfad/'quote'/x`,
    `name@example.org'`,
    '<b>Dienstplan</b>',
    '\uD800',
    '\u202E',
    '\uE000',
    'ﬁ',
    'İ',
    '漢字',
    '-1e5',
    '0x1F',
    '1.2.3',
    'a\u0000b',
    'a'.repeat(limits.searchQuery),
  ])('%j is no fault', async (query) => {
    const { status, errors } = await caller.send(SearchDocument, { query })
    expect([status, errors]).toEqual([200, []])
  })

  it('too long a query is a fault of the caller', async () => {
    const refused = await caller.send(SearchDocument, { query: 'a'.repeat(limits.searchQuery + 1) })
    expect([refused.data, topLevelCode(refused)]).toEqual([null, 'BAD_USER_INPUT'])
  })
})
