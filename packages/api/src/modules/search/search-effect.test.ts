import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Visibility } from '#modules/entry/entry.entity.ts'
import {
  AnswerProblemDocument,
  PostProblemDocument,
  ProblemsDocument,
  SearchSuggestionsDocument,
  SimilarDocument,
  UpdateProblemDocument,
  WithdrawAnswerDocument,
  WithdrawProblemDocument,
} from '#test/__generated__/operations.ts'
import {
  common,
  createHiddenWorld,
  everybody,
  type HiddenWorld,
  members,
  own,
  search,
  uuidOf,
} from '#test/hidden-words.ts'
import type { Caller, World } from '#test/world.ts'

let made: HiddenWorld
let world: World
let owner: Caller
let callers: HiddenWorld['callers']

beforeAll(async () => {
  made = await createHiddenWorld()
  ;({ world, owner, callers } = made)
}, 60_000)

afterAll(() => made.world.close())

describe('takes effect in the very next query', () => {
  const finds = async (viewer: string, word: string) => {
    const caller = callers[viewer]!
    const { similar } = await caller.run(SimilarDocument, { title: word })
    const { searchSuggestions } = await caller.run(SearchSuggestionsDocument, {
      query: word.slice(0, 5),
    })
    const { problems } = await caller.run(ProblemsDocument, { filter: { query: word } })
    const counts = [
      (await search(caller, word)).totalCount.value,
      similar.length,
      searchSuggestions.filter(({ kind }) => kind === 'TITLE').length,
      problems.edges.length,
    ]
    expect([0, 1]).toContain(counts[0])
    // All channels agree.
    expect(new Set(counts).size).toBe(1)
    return counts[0] === 1
  }
  const post = async (title: string, visibility: Visibility) => {
    const input = {
      title,
      fieldsOfWork: ['elder-care'],
      visibility,
      ...(visibility === 'SELECTED_ORGANISATIONS' && { selectedOrganisations: ['chosen'] }),
    }
    const { postProblem } = await owner.run(PostProblemDocument, { input })
    return postProblem.problem!.id
  }
  const found = async (word: string) => {
    const by: string[] = []
    for (const viewer of everybody) if (await finds(viewer, word)) by.push(viewer)
    return by
  }

  it('every change of the circle', async () => {
    const word = 'Dwaspelunkt'
    const id = await post(word, 'OWN_ORGANISATION')
    const circles: [Visibility, string[]][] = [
      ['OWN_ORGANISATION', own],
      ['PUBLIC', everybody],
      ['OWN_ASSOCIATION', ['sibling', ...own]],
      ['ALL_MEMBERS', members],
      ['SELECTED_ORGANISATIONS', ['chosen', ...own]],
      ['PUBLIC', everybody],
      ['OWN_ORGANISATION', own],
    ]
    for (const [visibility, expected] of circles) {
      const selectedOrganisations =
        visibility === 'SELECTED_ORGANISATIONS' ? { selectedOrganisations: ['chosen'] } : {}
      await owner.run(UpdateProblemDocument, {
        input: { id, visibility, ...selectedOrganisations },
      })
      expect(await found(word)).toEqual(everybody.filter((each) => expected.includes(each)))
    }
  })

  it('withdrawing and locking, and unlocking', async () => {
    const id = await post('Gruftosamt', 'PUBLIC')
    expect(await found('Gruftosamt')).toEqual(everybody)
    const set = (state: string) =>
      world.sql.query('update problem set state = $2 where id = $1', [uuidOf(id), state])
    await set('LOCKED')
    expect(await found('Gruftosamt')).toEqual([])
    await set('PUBLISHED')
    expect(await found('Gruftosamt')).toEqual(everybody)
    await owner.run(WithdrawProblemDocument, { input: { id } })
    expect(await found('Gruftosamt')).toEqual([])
  })

  it('withdrawing of an answer', async () => {
    const problemId = await post('Faden', 'PUBLIC')
    const { answerProblem } = await owner.run(AnswerProblemDocument, {
      input: { problemId, type: 'EXPERIENCE', body: 'Wengosilt' },
    })
    const answerId = answerProblem.answer!.id
    const ofVisitor = async () => (await search(world.visitor, 'Wengosilt')).ids
    expect(await ofVisitor()).toEqual([problemId])
    await owner.run(UpdateProblemDocument, { input: { id: problemId, visibility: 'ALL_MEMBERS' } })
    expect(await ofVisitor()).toEqual([])
    await owner.run(UpdateProblemDocument, { input: { id: problemId, visibility: 'PUBLIC' } })
    expect(await ofVisitor()).toEqual([problemId])
    await owner.run(WithdrawAnswerDocument, { input: { answerId } })
    expect(await ofVisitor()).toEqual([])
  })

  it('a new wording; by the former one nothing is found', async () => {
    const id = await post('Klimbanost', 'PUBLIC')
    await owner.run(UpdateProblemDocument, {
      input: { id, title: 'Strudelwerft', body: 'Hemigraut' },
    })
    expect(await found('Strudelwerft')).toEqual(everybody)
    expect((await search(world.visitor, 'Hemigraut')).ids).toEqual([id])
    expect(await found('Klimbanost')).toEqual([])
  })

  // How often words occur is counted by and by: until then, one that was hidden is still known.
  it('what is known of a word that was hidden just now', async () => {
    const word = 'Yaldrumept'
    const id = await post(`${common} ${word}`, 'PUBLIC')
    await owner.run(UpdateProblemDocument, { input: { id, visibility: 'OWN_ORGANISATION' } })
    const known = await search(world.visitor, word)
    expect(known.interpretation.words[0]?.isKnown).toBe(false)
  })

  it('what is known of a word that is hidden by now, once words are counted', async () => {
    const word = 'Truxamelpt'
    const id = await post(`${common} ${word}`, 'PUBLIC')
    expect((await search(world.visitor, word)).interpretation.words[0]?.isKnown).toBe(true)
    await owner.run(UpdateProblemDocument, { input: { id, visibility: 'OWN_ORGANISATION' } })
    await world.sql.query('select count_search_terms()')
    const [one, other] = await Promise.all(
      [word, 'Hnyxlobeft'].map(async (asked) =>
        JSON.stringify(await search(world.visitor, asked)).replaceAll(asked, '…'),
      ),
    )
    expect(one).toBe(other)
  })
})
