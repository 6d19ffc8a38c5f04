import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sessionOptions } from '#database/mikro-orm.config.ts'
import { viewerSettings } from '#database/viewer-context.ts'
import { fromGlobalId } from '#lib/global-id.ts'
import {
  AnswerProblemDocument,
  PostProblemDocument,
  PublishSolutionDocument,
  UpdateProblemDocument,
  UpdateSolutionDocument,
  WithdrawAnswerDocument,
  WithdrawProblemDocument,
  WithdrawSolutionDocument,
} from '#test/__generated__/operations.ts'
import { decide, report } from '#test/moderation.ts'
import {
  askAs,
  type Class,
  competences,
  entry,
  everything,
  type Found,
  type Hit,
  hit,
  isFound,
  newWord,
  page,
  table,
  viewers,
} from '#test/search-circles.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

// What is hidden is in no hit, count, facet, suggestion, passage or correction: each class of entry is
// looked for by words of its own, by every viewer, through every channel of the search.

let world: World
let author: Caller
/** What its system writes with an AI waits for a person. */
let system: Caller
let editor: Caller
const callers: Record<string, Caller> = {}
const classes: Class[] = []
beforeAll(async () => {
  world = await createWorld()
  await world.association('assoc')
  await world.association('other-assoc')
  await world.organisation('owner', { associations: ['assoc'] })
  await world.organisation('sibling', { associations: ['assoc'] })
  for (const code of ['stranger', 'chosen', 'fifth'])
    await world.organisation(code, { associations: ['other-assoc'] })
  author = await world.person({ owner: 'EDITOR' })
  system = await world.token('owner')
  editor = await world.person({ assoc: 'EDITOR' })
  Object.assign(callers, {
    visitor: world.visitor,
    'stranger member': await world.person({ stranger: 'EXECUTIVE' }),
    'member of the same association': await world.person({ sibling: 'PRACTITIONER' }),
    'chosen organisation': await world.person({ chosen: 'PRACTITIONER' }),
    colleague: await world.person({ owner: 'PRACTITIONER' }),
  })
  for (const [at, one] of table.entries()) classes.push(await makeClass(one, competences[at]!))
}, 120_000)

afterAll(() => world.close())

async function post(input: Record<string, unknown>, caller = author): Promise<string> {
  const { postProblem } = await caller.run(PostProblemDocument, {
    input: { title: '', fieldsOfWork: ['youth-welfare'], visibility: 'PUBLIC', ...input },
  })
  expect(postProblem.userErrors).toEqual([])
  return postProblem.problem!.id
}

async function answer(problemId: string, body: string): Promise<string> {
  const { answerProblem } = await author.run(AnswerProblemDocument, {
    input: { problemId, type: 'EXPERIENCE', body },
  })
  return answerProblem.answer!.id
}

async function lock(id: string): Promise<void> {
  const { reference } = await report(world.visitor, id)
  expect((await decide(editor, reference, 'LOCK')).userErrors).toEqual([])
}

async function makeClass(one: (typeof table)[number], competence: string): Promise<Class> {
  const { kind, tier, state } = one
  const [title, body] = [newWord(), newWord()]
  const writer = state === 'IN_REVIEW' ? system : author
  const input = {
    title,
    body,
    fieldsOfWork: ['youth-welfare'],
    competences: [competence],
    visibility: tier,
    ...(tier === 'SELECTED_ORGANISATIONS' && { selectedOrganisations: ['chosen'] }),
    aiShare: state === 'IN_REVIEW' ? ('AI_GENERATED' as const) : ('NONE' as const),
  }
  const id =
    kind === 'PROBLEM'
      ? await post(input, writer)
      : (
          await writer.run(PublishSolutionDocument, {
            input: { ...input, summary: body, kind: 'PROCESS' },
          })
        ).publishSolution.solution!.id
  const answered = kind === 'PROBLEM' && state !== 'IN_REVIEW' ? newWord() : null
  if (answered) await answer(id, answered)
  if (state === 'LOCKED') await lock(id)
  if (state === 'WITHDRAWN' && kind === 'PROBLEM')
    await author.run(WithdrawProblemDocument, { input: { id } })
  if (state === 'WITHDRAWN' && kind === 'SOLUTION')
    await author.run(WithdrawSolutionDocument, { input: { id } })
  const { rows } = await world.sql.query<{ state: string }>(
    `select state from ${kind.toLowerCase()} where id = $1`,
    [fromGlobalId(id)!.uuid],
  )
  expect(rows).toEqual([{ state }])
  const home = newWord()
  return {
    ...one,
    name: `${kind} ${tier} ${state}`,
    id,
    title,
    body,
    answer: answered,
    home: {
      title: home,
      id: await post({
        title: home,
        body,
        fieldsOfWork: ['elder-care'],
        competences: [competence],
      }),
    },
  }
}

const ask = <Data>(viewer: Caller, query: string, variables: object = {}) =>
  askAs<Data>(world, viewer, query, variables)
const search = async (viewer: Caller, query: string) =>
  (
    await ask<{ search: Found }>(
      viewer,
      `query ($query: String!) { search(query: $query, first: 50) { ${page} } }`,
      { query },
    )
  ).search
const idsOf = ({ edges }: Found) => edges.map(({ node }) => node.entry.id)
const finding = async (viewer: Caller, query: string) => idsOf(await search(viewer, query))

describe.each(viewers)('%s', (viewer) => {
  it.each(table.map((one, at) => ({ ...one, at })))('$kind $tier $state', async ({ at }) => {
    const one = classes[at]!
    const caller = callers[viewer]!
    const seen = isFound(viewer, one)
    const due = seen ? [one.id] : []

    const found = await search(caller, one.title)
    expect(idsOf(found)).toEqual(due)
    expect(found.totalCount.value).toBe(due.length)
    expect(found.facets).toEqual(due.map(() => ({ kind: one.kind, count: { value: 1 } })))
    const codes = found.termFacets.map(({ term, count }) => [term.code, count.value])
    const terms = { [competences[at]!]: 1, diakonie: 1, 'youth-welfare': 1 }
    expect(Object.fromEntries(codes)).toEqual(seen ? terms : {})
    expect(found.interpretation).toMatchObject({
      words: [{ word: one.title, isKnown: seen }],
      correction: null,
    })

    const data = await ask<{
      search: Found
      similar: Hit[]
      whole: { text: string; entry: { id: string } | null }[]
      searchSuggestions: { text: string; entry: { id: string } | null }[]
      list: { edges: { node: { id: string } }[]; totalCount: { value: number } }
      problem: { foundPassages: Hit[] }
    }>(
      caller,
      `query ($title: String!, $start: String!, $home: String!, $homeId: ID!) {
          search(query: $home) { ${page} }
          similar(title: $title) { ${hit} }
          whole: searchSuggestions(query: $title) { text ${entry} }
          searchSuggestions(query: $start) { text ${entry} }
          list: ${one.kind.toLowerCase()}s(filter: { query: $title }) { edges { node { id } } totalCount { value } }
          problem(id: $homeId) { foundPassages { title ${entry} } } }`,
      {
        title: one.title,
        start: one.title.slice(0, 5),
        home: one.home.title,
        homeId: one.home.id,
      },
    )
    const ids = (hits: { entry: { id: string } | null }[]) =>
      hits.flatMap(({ entry }) => entry?.id ?? [])
    expect(ids(data.similar)).toEqual(due)
    expect(ids(data.whole)).toEqual(due)
    expect(data.searchSuggestions.map(({ text }) => text)).toEqual(
      // The word, and the title that is the same.
      due.flatMap(() => [one.title, one.title]),
    )
    expect(data.list.edges.map(({ node }) => node.id)).toEqual(due)
    expect(data.list.totalCount.value).toBe(due.length)
    expect(ids(data.problem.foundPassages)).toEqual(due)
    expect(data.search.beyond?.hit.entry.id ?? null).toBe(seen ? one.id : null)
    if (one.answer) expect(await finding(caller, one.answer)).toEqual(due)
  })

  it('gets for a word of hidden entries what it gets for a word of none, misspelt or not', async () => {
    const nowhere = 'Wuzfolgy'
    const answerFor = async (word: string) =>
      JSON.stringify(await ask(callers[viewer]!, everything, { word })).replaceAll(word, '…')
    const slip = (word: string) => word.slice(0, 3) + word[4]! + word[3]! + word.slice(5)
    const hidden = classes.filter((one) => !isFound(viewer, one))
    for (const { title, answer: answered } of hidden)
      for (const word of [title, ...(answered ? [answered] : [])]) {
        expect(await answerFor(word)).toBe(await answerFor(nowhere))
        expect(await answerFor(slip(word))).toBe(await answerFor(slip(nowhere)))
        expect(await answerFor(word.slice(0, 6))).toBe(await answerFor(nowhere.slice(0, 6)))
      }
  })

  it('gets as candidates, past the policy, the ids that the policy shows', async () => {
    const app = new Client({ connectionString: world.appUrl, options: sessionOptions })
    await app.connect()
    try {
      await app.query('begin read only')
      for (const [name, value] of Object.entries(viewerSettings(await contextOf(viewer))))
        await app.query('select set_config($1, $2, true)', [name, value])
      const candidates = await app.query<{ id: string }>(
        `select id from find_search_candidates(
           (select array[string_agg(format('%L', topic), ' | ')::tsquery] from (
              select distinct 't:' || unnest(fields_of_work) as topic from search_entry) topics),
           array[false], array[10000], array[false], 1, null, null, null, null, null, null, true)
         order by id`,
      )
      const visible = await app.query<{ id: string; state: string }>(
        `select id, state from search_entry
         where kind <> 'ORGANISATION' and part = 'ENTRY' order by id`,
      )
      expect(candidates.rows.length).toBeGreaterThan(16)
      expect(candidates.rows.map(({ id }) => id)).toEqual(visible.rows.map(({ id }) => id))
      expect(visible.rows.every(({ state }) => state === 'PUBLISHED')).toBe(true)
      // Counts of terms are nobody's to read.
      for (const hidden of ['search_term', 'search_statistics']) {
        await app.query('savepoint before')
        await expect(app.query(`select from ${hidden}`)).rejects.toThrow(/permission denied/)
        await app.query('rollback to before')
      }
    } finally {
      await app.end()
    }
  })
})

/** What the session of a viewer sets. */
async function contextOf(viewer: string) {
  const code = {
    'stranger member': 'stranger',
    'member of the same association': 'sibling',
    'chosen organisation': 'chosen',
    colleague: 'owner',
  }[viewer]
  const { rows } = await world.sql.query<{ id: string; associationIds: string[] }>(
    `select id, associations_of(array[id]) as "associationIds" from organisation where code = $1`,
    [code],
  )
  const [organisation] = rows
  return {
    kind: organisation ? ('member' as const) : ('visitor' as const),
    actorId: null,
    organisationIds: organisation ? [organisation.id] : [],
    associationIds: organisation?.associationIds ?? [],
    managedOrganisationIds: [],
  }
}

describe('if the function that finds candidates forgot who is looking', () => {
  it('the rows would still be read under the policy: nothing more is shown', async () => {
    const before = await Promise.all(viewers.map((viewer) => all(viewer)))
    const { rows } = await world.sql.query<{ text: string }>(
      `select pg_get_functiondef(oid) as text from pg_proc
       where proname in ('find_search_candidates', 'find_title_candidates')`,
    )
    for (const { text } of rows) {
      const broken = text
        .replace(/entry\.state = 'PUBLISHED'/, 'true')
        .replace("entry.visibility = 'PUBLIC'", 'true')
      expect(broken).not.toBe(text)
      await world.sql.query(broken)
    }
    try {
      expect(await Promise.all(viewers.map((viewer) => all(viewer)))).toEqual(before)
    } finally {
      for (const { text } of rows) await world.sql.query(text)
    }
  })

  const all = async (viewer: string) => {
    const shown: unknown[] = []
    for (const { title } of classes)
      shown.push(await ask(callers[viewer]!, everything, { word: title }))
    return shown
  }
})

describe('in the very next query', () => {
  const whoFinds = async (word: string) => {
    const found = await Promise.all(
      ['visitor', 'stranger member', 'colleague'].map(async (viewer) => {
        const { edges, interpretation } = await search(callers[viewer]!, word)
        expect(interpretation.words.map(({ isKnown }) => isKnown)).toEqual([edges.length > 0])
        return edges.length > 0
      }),
    )
    return found.map((each) => (each ? 'x' : '-')).join('')
  }

  it('a narrowed, raised, reworded and withdrawn problem is found by those who see it, by its new words', async () => {
    const [title, answered, reworded] = [newWord(), newWord(), newWord()]
    const id = await post({ title })
    await answer(id, answered)
    const update = (input: Record<string, unknown>) =>
      author.run(UpdateProblemDocument, { input: { id, ...input } })
    const both = async () => [await whoFinds(title), await whoFinds(answered)]
    expect(await both()).toEqual(['xxx', 'xxx'])
    await update({ visibility: 'ALL_MEMBERS' })
    expect(await both()).toEqual(['-xx', '-xx'])
    await update({ visibility: 'OWN_ORGANISATION' })
    expect(await both()).toEqual(['--x', '--x'])
    await update({ visibility: 'PUBLIC' })
    expect(await both()).toEqual(['xxx', 'xxx'])
    await update({ title: reworded })
    expect(await both()).toEqual(['---', 'xxx'])
    expect(await whoFinds(reworded)).toBe('xxx')
    await author.run(WithdrawProblemDocument, { input: { id } })
    expect([await whoFinds(reworded), await whoFinds(answered)]).toEqual(['---', '---'])
  })

  it('a solution is, too', async () => {
    const [title, summary] = [newWord(), newWord()]
    const { publishSolution } = await author.run(PublishSolutionDocument, {
      input: {
        title,
        summary: title,
        kind: 'PROCESS',
        fieldsOfWork: ['elder-care'],
        visibility: 'PUBLIC',
      },
    })
    const id = publishSolution.solution!.id
    expect(await whoFinds(title)).toBe('xxx')
    await author.run(UpdateSolutionDocument, { input: { id, visibility: 'OWN_ORGANISATION' } })
    expect(await whoFinds(title)).toBe('--x')
    await author.run(UpdateSolutionDocument, {
      input: { id, visibility: 'PUBLIC', title: summary, summary },
    })
    expect([await whoFinds(title), await whoFinds(summary)]).toEqual(['---', 'xxx'])
    await author.run(WithdrawSolutionDocument, { input: { id } })
    expect(await whoFinds(summary)).toBe('---')
  })

  it('a withdrawn or locked answer is found by nobody, and its problem still is', async () => {
    const [title, withdrawn, locked, stays] = [newWord(), newWord(), newWord(), newWord()]
    const id = await post({ title })
    const [first, second] = [await answer(id, withdrawn), await answer(id, locked)]
    await answer(id, stays)
    expect(await whoFinds(withdrawn)).toBe('xxx')
    await author.run(WithdrawAnswerDocument, { input: { answerId: first } })
    await lock(second)
    expect([await whoFinds(withdrawn), await whoFinds(locked)]).toEqual(['---', '---'])
    expect([await whoFinds(title), await whoFinds(stays)]).toEqual(['xxx', 'xxx'])
  })
})

describe('a problem without a name', () => {
  it('is found by its words, and by nothing of who asked', async () => {
    const title = newWord()
    const id = await post({ title, anonymousToNetwork: true, confirmedGeneralisation: true })
    const owner = await world.organisationId('owner')
    for (const viewer of viewers) {
      const caller = callers[viewer]!
      const found = await ask(
        caller,
        `query ($title: String!) { search(query: $title) { ${page} edges { node { entry {
          ... on Problem { askedBy { code } organisation { id code name isPseudonym } } } } } } }`,
        { title },
      )
      const text = JSON.stringify(found)
      expect(text).toContain(id)
      if (viewer !== 'colleague') expect(text).not.toMatch(/"owner"|Organisation owner/)
      expect(text).not.toContain(owner)
      const named = await search(caller, 'Organisation owner')
      expect(idsOf(named)).toContain(owner)
      expect(idsOf(named)).not.toContain(id)
    }
  })
})
