import { fromGlobalId } from '#lib/global-id.ts'
import type { Visibility } from '#modules/entry/entry.entity.ts'
import {
  AnswerProblemDocument,
  PostProblemDocument,
  PublishSolutionDocument,
  SearchInDetailDocument,
  WithdrawAnswerDocument,
  WithdrawProblemDocument,
} from '#test/__generated__/operations.ts'
import { type Caller, createWorld, type World } from './world.ts'

// What somebody may not see is in nothing that the search says: each entry has a word of its own, which
// finds it for those who see it, and is a word that nobody ever wrote for all others.

/** Entries by the word of their own. Who finds each is written down here, apart from the product. */
export const everybody = [
  'visitor',
  'stranger',
  'strangerToken',
  'sibling',
  'chosen',
  'colleague',
  'ownToken',
]
export const members = everybody.slice(1)
export const own = ['colleague', 'ownToken']
/** An entry or answer with a word of its own. */
export interface Row {
  word: string
  /** What has the word. */
  of: 'problem' | 'solution' | 'answer'
  tier: Visibility
  becomes?: 'IN_REVIEW' | 'LOCKED' | 'WITHDRAWN'
  isUnnamed?: true
  foundBy: string[]
}
/** One of each class. */
// prettier-ignore
export const rows: Row[] = [
  { word: 'Quaxobelt',   of: 'problem',  tier: 'OWN_ORGANISATION',       foundBy: own },
  { word: 'Vrindupalt',  of: 'problem',  tier: 'OWN_ASSOCIATION',        foundBy: ['sibling', ...own] },
  { word: 'Smolkigart',  of: 'problem',  tier: 'SELECTED_ORGANISATIONS', foundBy: ['chosen', ...own] },
  { word: 'Tchenofust',  of: 'problem',  tier: 'ALL_MEMBERS',            foundBy: members },
  { word: 'Jubrawekt',   of: 'problem',  tier: 'PUBLIC',                 foundBy: everybody },
  { word: 'Hoxelmint',   of: 'solution', tier: 'OWN_ORGANISATION',       foundBy: own },
  { word: 'Drufanzolt',  of: 'solution', tier: 'OWN_ASSOCIATION',        foundBy: ['sibling', ...own] },
  { word: 'Pilbugrast',  of: 'solution', tier: 'SELECTED_ORGANISATIONS', foundBy: ['chosen', ...own] },
  { word: 'Wuktamirt',   of: 'solution', tier: 'ALL_MEMBERS',            foundBy: members },
  { word: 'Zomfilekt',   of: 'solution', tier: 'PUBLIC',                 foundBy: everybody },
  { word: 'Gnaduwort',   of: 'problem',  tier: 'PUBLIC', becomes: 'IN_REVIEW', foundBy: [] },
  { word: 'Krelpozunt',  of: 'problem',  tier: 'PUBLIC', becomes: 'LOCKED',    foundBy: [] },
  { word: 'Flixudomt',   of: 'problem',  tier: 'PUBLIC', becomes: 'WITHDRAWN', foundBy: [] },
  { word: 'Bwesagunt',   of: 'solution', tier: 'PUBLIC', becomes: 'IN_REVIEW', foundBy: [] },
  { word: 'Nurtokimplt', of: 'solution', tier: 'PUBLIC', becomes: 'LOCKED',    foundBy: [] },
  { word: 'Eskwadralt',  of: 'answer',   tier: 'PUBLIC',                 foundBy: everybody },
  { word: 'Obrinchult',  of: 'answer',   tier: 'PUBLIC', becomes: 'WITHDRAWN', foundBy: [] },
  { word: 'Mixaporelt',  of: 'answer',   tier: 'PUBLIC', becomes: 'LOCKED',    foundBy: [] },
  { word: 'Alguvimast',  of: 'answer',   tier: 'OWN_ORGANISATION',       foundBy: own },
  { word: 'Utrefobant',  of: 'answer',   tier: 'SELECTED_ORGANISATIONS', foundBy: ['chosen', ...own] },
  { word: 'Ychlodunert', of: 'problem',  tier: 'PUBLIC', isUnnamed: true,      foundBy: everybody },
  { word: 'Xarmegildt',  of: 'problem',  tier: 'ALL_MEMBERS', isUnnamed: true, foundBy: members },
  { word: 'Ipswolfrant', of: 'problem',  tier: 'OWN_ASSOCIATION', isUnnamed: true, foundBy: ['sibling', ...own] },
]
/** Nobody ever wrote it. */
export const unknownWord = 'Lhyptosweft'
/** All of them have it. */
export const common = 'Zebrafink'

/** A world with all of them. */
export interface HiddenWorld {
  world: World
  /** Wrote all of it. */
  owner: Caller
  callers: Record<string, Caller>
  /** Ids of what is found, by the word. */
  ids: Map<string, string>
  /** A public problem of another, which waits for answers. */
  question: string
}

/** Makes a world with all of them. */
export async function createHiddenWorld(): Promise<HiddenWorld> {
  const world = await createWorld()
  const ids = new Map<string, string>()
  await world.association('assoc')
  await world.association('other-assoc')
  await world.organisation('owner', { associations: ['assoc'] })
  for (const code of ['sibling', 'cousin', 'niece', 'uncle', 'aunt'])
    await world.organisation(code, { associations: ['assoc'] })
  await world.organisation('stranger', { associations: ['other-assoc'] })
  await world.organisation('chosen', { associations: ['other-assoc'] })
  const owner = await world.person({ owner: 'EDITOR' })
  const callers: Record<string, Caller> = {
    visitor: world.visitor,
    stranger: await world.person({ stranger: 'EXECUTIVE' }),
    strangerToken: await world.token('stranger'),
    sibling: await world.person({ sibling: 'PRACTITIONER' }),
    chosen: await world.person({ chosen: 'PRACTITIONER' }),
    colleague: await world.person({ owner: 'PRACTITIONER' }),
    ownToken: await world.token('owner', ['read']),
  }
  for (const row of rows) ids.set(row.word, await make(world, owner, row))
  const { postProblem } = await callers['stranger']!.run(PostProblemDocument, {
    input: { title: `${common} gesucht`, fieldsOfWork: ['migration'], visibility: 'PUBLIC' },
  })
  for (const title of ['Rohrdommel eins', 'Rohrdommel zwei', 'Rohrdommel drei'])
    await callers['stranger']!.run(PostProblemDocument, {
      input: {
        title,
        fieldsOfWork: ['migration'],
        competences: ['process-management'],
        visibility: 'PUBLIC',
      },
    })
  // Words that everybody saw before they were hidden are forgotten by and by; see below.
  await world.sql.query('select count_search_terms()')
  return { world, owner, callers, ids, question: postProblem.problem!.id }
}

/** Makes what has the word. @returns the id of what is found by it */
async function make(
  world: World,
  owner: Caller,
  { word, of, tier, becomes, isUnnamed }: Row,
): Promise<string> {
  const circle = {
    fieldsOfWork: ['elder-care'],
    competences: ['process-management'],
    visibility: tier,
    ...(tier === 'SELECTED_ORGANISATIONS' && { selectedOrganisations: ['chosen'] }),
    ...(isUnnamed && { anonymousToNetwork: true, confirmedGeneralisation: true }),
  }
  const state = async (table: string, id: string) => {
    if (becomes === 'IN_REVIEW' || becomes === 'LOCKED')
      await world.sql.query(`update ${table} set state = $2 where id = $1`, [uuidOf(id), becomes])
  }
  if (of === 'solution') {
    const input = { ...circle, title: `${common} ${word}`, summary: word, kind: 'PROCESS' as const }
    const { publishSolution } = await owner.run(PublishSolutionDocument, { input })
    await state('solution', publishSolution.solution!.id)
    return publishSolution.solution!.id
  }
  const title = of === 'answer' ? 'Faden' : `${common} ${word}`
  const { postProblem } = await owner.run(PostProblemDocument, { input: { ...circle, title } })
  const id = postProblem.problem!.id
  if (of === 'problem') {
    if (becomes === 'WITHDRAWN') await owner.run(WithdrawProblemDocument, { input: { id } })
    await state('problem', id)
    return id
  }
  const { answerProblem } = await owner.run(AnswerProblemDocument, {
    input: { problemId: id, type: 'EXPERIENCE', body: `${common} ${word}` },
  })
  const answerId = answerProblem.answer!.id
  if (becomes === 'WITHDRAWN') await owner.run(WithdrawAnswerDocument, { input: { answerId } })
  if (becomes === 'LOCKED')
    await world.sql.query('update answer set locked = true where id = $1', [uuidOf(answerId)])
  return id
}

/** The id in the database. */
export const uuidOf = (id: string) => fromGlobalId(id)!.uuid
/** The id of what was found. */
export const idOf = ({ entry }: { entry: object }) => (entry as { id: string }).id

/** A search with everything that is said of it. */
export async function search(caller: Caller, query: string, first = 100) {
  const { search } = await caller.run(SearchInDetailDocument, { query, first })
  return { ...search, ids: search.edges.map(({ node }) => idOf(node)) }
}
