import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mondayOf, today } from '#lib/today.ts'
import {
  AnonymityPreviewDocument,
  DeclineMessageDocument,
  LiftAnonymityDocument,
  MediatesDocument,
  MediationQueueDocument,
  MediatorCandidatesDocument,
  NameMediatorDocument,
  PostProblemDocument,
  ProblemLettersDocument,
  RelayMessageDocument,
  WriteToMediatorDocument,
} from '#test/__generated__/operations.ts'
import { expectNeedsContributor, faultsOf } from '#test/refusals.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

let world: World
let associationId: string
let asker: Caller
let helper: Caller
let stranger: Caller
let mediator: Caller
let manager: Caller

beforeAll(async () => {
  world = await createWorld()
  associationId = await world.association('assoc')
  for (const code of ['asker', 'two', 'three', 'four'])
    await world.organisation(code, { associations: ['assoc'] })
  for (const code of ['helper', 'stranger']) await world.organisation(code)
  asker = await world.person({ asker: 'PRACTITIONER' })
  helper = await world.person({ helper: 'PRACTITIONER' })
  stranger = await world.person({ stranger: 'EDITOR' })
  manager = await world.person({ assoc: 'EXECUTIVE' })
  mediator = await world.person({ assoc: 'EDITOR' })
})

afterAll(() => world.close())

async function candidateOf(role: string): Promise<string> {
  const { rows } = await world.sql.query<{ id: string }>(
    `select account_id as id from role_assignment
       join organisation on organisation.id = organisation_id where code = 'assoc' and role = $1`,
    [role],
  )
  return rows[0]!.id
}

async function asked(visibility: 'ALL_MEMBERS' | 'SELECTED_ORGANISATIONS' = 'ALL_MEMBERS') {
  const { postProblem } = await asker.run(PostProblemDocument, {
    input: {
      title: 'Wir wissen nicht weiter',
      fieldsOfWork: ['elder-care'],
      visibility,
      selectedOrganisations: ['helper'],
      anonymousToNetwork: true,
      confirmedGeneralisation: true,
    },
  })
  expect(postProblem.userErrors).toEqual([])
  return postProblem.problem!.id
}

async function write(caller: Caller, problemId: string, input = {}) {
  const { writeToMediator } = await caller.run(WriteToMediatorDocument, {
    input: { problemId, body: 'Ruft uns an', ...input },
  })
  return writeToMediator
}

async function lettersFor(caller: Caller, id: string) {
  const { problem } = await caller.run(ProblemLettersDocument, { id })
  return problem?.mediationMessages.map(({ body }) => body)
}

describe('nameMediator', () => {
  it('is for who manages the association', async () => {
    const candidateId = await candidateOf('EDITOR')
    const input = { input: { associationId, candidateId } }
    await expect(world.visitor.run(NameMediatorDocument, input)).rejects.toThrow(/UNAUTHENTICATED/)
    for (const caller of [stranger, asker]) {
      const { nameMediator } = await caller.run(NameMediatorDocument, input)
      expect(faultsOf(nameMediator)).toEqual(['FORBIDDEN'])
      const { organisation } = await caller.run(MediatorCandidatesDocument, { id: associationId })
      expect(organisation).toEqual({ mediator: null, mediatorCandidates: null })
    }
    const unknown = { input: { associationId, candidateId: crypto.randomUUID() } }
    const { nameMediator: refused } = await manager.run(NameMediatorDocument, unknown)
    expect(faultsOf(refused)).toEqual(['NOT_FOUND candidateId'])
    const { organisation } = await manager.run(MediatorCandidatesDocument, { id: associationId })
    expect(organisation?.mediatorCandidates?.map(({ id }) => id)).toContain(candidateId)
    const { nameMediator } = await manager.run(NameMediatorDocument, input)
    expect(nameMediator.userErrors).toEqual([])
    expect(nameMediator.association?.mediator).toMatch(/^person-/)
    expect((await mediator.run(MediatesDocument)).viewer.mediates).toEqual([{ code: 'assoc' }])
    expect((await manager.run(MediatesDocument)).viewer.mediates).toEqual([])
    const { rows } = await world.sql.query('select action from audit_entry')
    expect(rows).toEqual([{ action: 'MEDIATOR_NAMED' }])
  })

  it('tells the asker, and nobody else, that somebody can pass letters on', async () => {
    const mediating = async (caller: Caller) =>
      (await caller.run(AnonymityPreviewDocument, { input: { fieldsOfWork: ['elder-care'] } }))
        .anonymityPreview.mediatingAssociations
    expect(await mediating(asker)).toEqual([{ code: 'assoc' }])
    expect(await mediating(stranger)).toEqual([])
  })
})

describe('a letter', () => {
  it('needs somebody who may write and sees the problem', async () => {
    const problemId = await asked('SELECTED_ORGANISATIONS')
    const input = { problemId, body: 'Ruft uns an' }
    await expectNeedsContributor(world, 'helper', WriteToMediatorDocument, { input })
    expect(faultsOf(await write(stranger, problemId))).toEqual(['NOT_FOUND problemId'])
    expect(faultsOf(await write(asker, problemId))).toEqual(['FORBIDDEN'])
    expect(faultsOf(await write(helper, problemId, { body: ' ' }))).toEqual(['REQUIRED body'])
    expect(faultsOf(await write(helper, problemId))).toEqual([])
    const { mediationQueue } = await mediator.run(MediationQueueDocument, { state: 'WAITING' })
    expect(mediationQueue.edges[0]?.node.problem).toBeNull()
    const id = mediationQueue.edges[0]?.node.id ?? ''
    await mediator.run(DeclineMessageDocument, { input: { id, reason: 'Nein' } })
  })

  it('passes the mediator both ways, and shows the sender a pseudonym only', async () => {
    const id = await asked()
    const { message } = await write(helper, id)
    expect(message).toMatchObject({ state: 'WAITING', asker: null, viewerCanDecide: false })
    expect(await lettersFor(asker, id)).toEqual([])
    expect(await lettersFor(stranger, id)).toEqual([])
    expect(await lettersFor(manager, id)).toEqual([])
    for (const caller of [asker, helper, stranger, manager]) {
      const { mediationQueue } = await caller.run(MediationQueueDocument)
      expect(mediationQueue).toEqual({ edges: [], totalCount: { value: 0 } })
    }
    const { mediationQueue } = await mediator.run(MediationQueueDocument, { state: 'WAITING' })
    expect(mediationQueue.edges.map(({ node }) => node)).toEqual([
      expect.objectContaining({
        body: 'Ruft uns an',
        sender: { code: 'helper', isPseudonym: false },
        asker: { code: 'asker' },
        viewerCanDecide: true,
      }),
    ])
    const input = { id: message!.id }
    for (const caller of [helper, asker, manager, stranger]) {
      const { relayMessage } = await caller.run(RelayMessageDocument, { input })
      expect(relayMessage.userErrors).toHaveLength(1)
    }
    const { relayMessage } = await mediator.run(RelayMessageDocument, { input })
    expect(relayMessage.message?.state).toBe('RELAYED')
    expect(await lettersFor(asker, id)).toEqual(['Ruft uns an'])
    const { relayMessage: again } = await mediator.run(RelayMessageDocument, { input })
    expect(faultsOf(again)).toEqual(['WRONG_STATE id'])

    const answer = await write(asker, id, { body: 'Gern', inReplyTo: message!.id })
    expect(answer.message).toMatchObject({ fromAsker: true, writtenOn: mondayOf(today()) })
    expect(await lettersFor(helper, id)).toEqual(['Ruft uns an'])
    await mediator.run(RelayMessageDocument, { input: { id: answer.message!.id } })
    const { problem } = await helper.run(ProblemLettersDocument, { id })
    expect(problem?.askedBy).toBeNull()
    expect(problem?.mediationMessages[1]).toMatchObject({
      body: 'Gern',
      sender: { code: null, isPseudonym: true },
      asker: null,
    })
  })

  it('that is refused tells its sender why, and never reaches the asker', async () => {
    const id = await asked()
    const { message } = await write(helper, id)
    const refuse = (reason: string) =>
      mediator.run(DeclineMessageDocument, { input: { id: message!.id, reason } })
    expect(faultsOf((await refuse(' ')).declineMessage)).toEqual(['REQUIRED reason'])
    await refuse('Das ist Werbung.')
    const { problem } = await helper.run(ProblemLettersDocument, { id })
    expect(problem?.mediationMessages[0]).toMatchObject({
      state: 'DECLINED',
      reason: 'Das ist Werbung.',
    })
    expect(await lettersFor(asker, id)).toEqual([])
  })

  it('reaches the asker when they put their name to it', async () => {
    const id = await asked()
    await write(helper, id)
    await asker.run(LiftAnonymityDocument, { input: { id } })
    expect(await lettersFor(asker, id)).toEqual(['Ruft uns an'])
    const { mediationQueue } = await mediator.run(MediationQueueDocument, { state: 'WAITING' })
    expect(mediationQueue.edges).toEqual([])
    expect(faultsOf(await write(helper, id))).toEqual(['WRONG_STATE problemId'])
  })
})

describe('the office', () => {
  it('shows who asks as long as one holds it, and not a moment longer', async () => {
    const id = await asked()
    const { message } = await write(helper, id)
    const known = async (caller: Caller) =>
      (await caller.run(ProblemLettersDocument, { id })).problem?.askedBy
    expect(await known(mediator)).toEqual({ code: 'asker' })
    expect(await known(manager)).toBeNull()
    const name = (candidateId: string | null) =>
      manager.run(NameMediatorDocument, { input: { associationId, candidateId } })
    await name(await candidateOf('EXECUTIVE'))
    expect(await known(mediator)).toBeNull()
    expect(await known(manager)).toEqual({ code: 'asker' })
    expect(await lettersFor(mediator, id)).toEqual([])
    const { relayMessage } = await mediator.run(RelayMessageDocument, {
      input: { id: message!.id },
    })
    expect(faultsOf(relayMessage)).toEqual(['NOT_FOUND id'])
    await name(await candidateOf('EDITOR'))
    expect(await known(mediator)).toEqual({ code: 'asker' })
    await world.sql.query("update role_assignment set role = 'ADVISOR' where role = 'EDITOR'")
    expect(await known(mediator)).toBeNull()
    await world.sql.query("update role_assignment set role = 'EDITOR' where role = 'ADVISOR'")
    await name(null)
    expect(await known(mediator)).toBeNull()
  })

  it('is told to nobody: a letter where nobody mediates is answered alike', async () => {
    const id = await asked()
    const { message, userErrors } = await write(helper, id)
    expect(userErrors).toEqual([])
    expect(message?.state).toBe('WAITING')
  })
})
