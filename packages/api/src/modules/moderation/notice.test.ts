import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  DecideNoticeDocument,
  NodeDocument,
  NoticeDocument,
  NoticesDocument,
  ObjectToDecisionDocument,
  OwnDecisionsDocument,
  PostProblemDocument,
  ReportedNoticeDocument,
  UpdateProblemDocument,
} from '#test/__generated__/operations.ts'
import {
  createModeratedWorld,
  decide,
  type ModeratedWorld,
  post,
  report,
} from '#test/moderation.ts'
import { faultsOf, topLevelCode } from '#test/refusals.ts'
import type { Caller } from '#test/world.ts'

let all: ModeratedWorld

beforeAll(async () => {
  all = await createModeratedWorld()
})

afterAll(() => all.world.close())

const reasons = { reason: 'Darum', rule: 'Nutzungsregeln, Nr. 3' }

async function object(caller: Caller, input: { secret?: string; reference?: string }) {
  const { objectToDecision } = await caller.run(ObjectToDecisionDocument, {
    input: { ...input, text: 'Das sehen wir anders' },
  })
  return faultsOf(objectToDecision)
}

describe('who decides', () => {
  it('is whoever manages the association of the owner, and is not of the owner', async () => {
    const {
      world,
      author,
      executive,
      stranger,
      sibling,
      first,
      second,
      partial,
      foreign,
      advisor,
    } = all
    const { reference } = await report(stranger, await post(author))
    const sees: Record<string, boolean> = {}
    const callers = { stranger, sibling, author, executive, partial, foreign, advisor }
    for (const [name, caller] of Object.entries({ ...callers, first, second })) {
      const { notices } = await caller.run(NoticesDocument, { first: 100 })
      const { notice } = await caller.run(NoticeDocument, { reference })
      const listed = notices.edges.some(({ node }) => node.reference === reference)
      expect({ name, listed }).toEqual({ name, listed: Boolean(notice) })
      expect(notices.totalCount.value).toBe(notices.edges.length)
      sees[name] = listed
    }
    expect(sees).toEqual({
      stranger: false,
      sibling: false,
      author: false,
      executive: false,
      partial: false,
      foreign: false,
      advisor: false,
      first: true,
      second: true,
    })
    const input = { reference, decision: 'LOCK' as const, ...reasons }
    for (const caller of [world.visitor, await world.token('north')]) {
      const refused = await caller.send(DecideNoticeDocument, { input })
      expect(topLevelCode(refused)).toBe('UNAUTHENTICATED')
    }
    for (const caller of [author, advisor, sibling])
      expect(faultsOf((await caller.run(DecideNoticeDocument, { input })).decideNotice)).toEqual([
        'FORBIDDEN',
      ])
    for (const caller of [stranger, executive, partial, foreign]) {
      const refused = await caller.send(DecideNoticeDocument, { input })
      const unknown = { ...input, reference: 'M-2222-2222' }
      expect(refused).toEqual(await caller.send(DecideNoticeDocument, { input: unknown }))
      expect(faultsOf(refused.data!.decideNotice)).toEqual(['NOT_FOUND reference'])
    }
    const { notice } = await decide(first, reference, 'LOCK')
    expect(notice).toMatchObject({ state: 'DECIDED', entry: { isLocked: true } })
  })

  it('is another association where the owner has none or is one itself', async () => {
    const { world, stranger, sibling, first, foreign } = all
    await world.organisation('alone')
    const alone = await world.person({ alone: 'PRACTITIONER' })
    const { reference } = await report(stranger, await post(alone))
    for (const caller of [first, foreign])
      expect((await caller.run(NoticeDocument, { reference })).notice).not.toBeNull()
    const ofNorth = await report(sibling, await post(first))
    expect((await first.run(NoticeDocument, { reference: ofNorth.reference })).notice).toBeNull()
    const { notice } = await foreign.run(NoticeDocument, { reference: ofNorth.reference })
    expect(notice).not.toBeNull()
  })

  it('passes to other associations once the own one has nobody left for an objection', async () => {
    const { world, sibling, foreign, first } = all
    await world.association('tiny')
    await world.organisation('small', { associations: ['tiny'] })
    const small = await world.person({ small: 'PRACTITIONER' })
    const only = await world.person({ tiny: 'EDITOR' })
    const { reference, secret } = await report(sibling, await post(small))
    expect((await foreign.run(NoticeDocument, { reference })).notice).toBeNull()
    await decide(only, reference, 'NO_ACTION')
    expect(await object(world.visitor, { secret })).toEqual([])
    expect((await only.run(NoticeDocument, { reference })).notice).toBeNull()
    for (const caller of [first, foreign])
      expect((await caller.run(NoticeDocument, { reference })).notice).not.toBeNull()
  })
})

describe('what was asked without a name', () => {
  it('is decided without telling whose it is, nor whose association', async () => {
    const { world, author, executive, stranger, first, foreign } = all
    const { postProblem } = await author.run(PostProblemDocument, {
      input: {
        title: 'Wir sagen nicht, wer wir sind',
        visibility: 'PUBLIC',
        fieldsOfWork: ['elder-care'],
        anonymousToNetwork: true,
        confirmedGeneralisation: true,
      },
    })
    const id = postProblem.problem!.id
    const { reference } = await report(stranger, id, 'PERSONAL_DATA', { hideAtOnce: true })
    // Any association may decide it: who does tells nothing about who asked.
    const cases = []
    for (const caller of [first, foreign])
      cases.push(await caller.run(NoticeDocument, { reference }))
    expect(cases[0]).toEqual(cases[1])
    expect(cases[0]?.notice?.entry).toMatchObject({
      id,
      isLocked: true,
      organisation: { code: null },
    })
    for (const caller of [author, executive, all.partial])
      expect((await caller.run(NoticeDocument, { reference })).notice).toBeNull()
    const { notice } = await decide(foreign, reference, 'LOCK')
    expect(JSON.stringify([cases, notice])).not.toMatch(/Organisation owner|"owner"/)
    const own = (await author.run(OwnDecisionsDocument, { entryId: id })).ownDecisions.edges[0]
    expect(own?.node).toMatchObject({ viewerCanObject: true, decision: { decision: 'LOCK' } })
    expect(await object(author, { reference })).toEqual([])
    const { rows } = await world.sql.query(
      `select action from audit_entry join organisation on organisation.id = organisation_id
       where subject = $1 and organisation.code = 'owner' order by position`,
      [reference],
    )
    expect(rows.map(({ action }) => action)).toEqual([
      'ENTRY_HIDDEN',
      'NOTICE_DECIDED',
      'DECISION_OBJECTED',
    ])
  })
})

describe('a decision', () => {
  it('needs a reason and a rule', async () => {
    const { author, stranger, first } = all
    const { reference } = await report(stranger, await post(author))
    const input = { reference, decision: 'LOCK' as const, reason: ' ', rule: '' }
    const { decideNotice } = await first.run(DecideNoticeDocument, { input })
    expect(faultsOf(decideNotice)).toEqual(['REQUIRED reason', 'REQUIRED rule'])
  })

  it('is read by both sides; the owner never learns who reported, nobody who decided', async () => {
    const { world, author, stranger, first } = all
    const id = await post(author)
    const { reference, secret } = await report(stranger, id, 'INSULT', { contact: 'Rita Rot' })
    const { notice } = await first.run(NoticeDocument, { reference })
    expect(notice).toMatchObject({ contact: 'Rita Rot', explanation: 'So geht das nicht' })
    await decide(first, reference, 'ASK_TO_CHANGE')
    const decision = {
      decision: 'ASK_TO_CHANGE',
      ...reasons,
      isProvisional: false,
      onObjection: false,
      association: { code: 'north' },
    }
    const { reportedNotice } = await world.visitor.run(ReportedNoticeDocument, { secret })
    expect(reportedNotice).toMatchObject({
      state: 'DECIDED',
      canObject: true,
      decisions: [decision],
    })
    const own = await author.run(OwnDecisionsDocument, { entryId: id })
    expect(own.ownDecisions.edges[0]?.node).toMatchObject({
      reference,
      entry: { id },
      isLatest: true,
      viewerCanObject: true,
      decision,
    })
    expect(JSON.stringify(own)).not.toMatch(/Rita Rot|So geht das nicht|stranger/)
    expect((await author.run(NoticeDocument, { reference })).notice).toBeNull()
    for (const caller of [stranger, all.sibling, world.visitor])
      expect((await caller.run(OwnDecisionsDocument, { entryId: id })).ownDecisions.edges).toEqual(
        [],
      )
  })

  it('shows the reported entry to those who decide, and no longer than they need it', async () => {
    const { author, first } = all
    const id = await post(author, { visibility: 'OWN_ORGANISATION', body: 'Nur bei uns' })
    const { reference } = await report(all.executive, id)
    const entry = { id, title: 'Ein Problem', body: 'Nur bei uns', isChanged: false }
    expect((await first.run(NoticeDocument, { reference })).notice?.entry).toMatchObject(entry)
    // Nothing but the case shows it.
    expect(await first.run(NodeDocument, { id })).toEqual({ node: null })
    expect((await all.foreign.run(NoticeDocument, { reference })).notice).toBeNull()
    await author.run(UpdateProblemDocument, { input: { id, body: 'Anders' } })
    const changed = (await all.second.run(NoticeDocument, { reference })).notice?.entry
    expect(changed).toMatchObject({ body: 'Anders', isChanged: true })
    await decide(first, reference, 'NO_ACTION')
    const { notice } = await first.run(NoticeDocument, { reference })
    expect(notice).toMatchObject({ state: 'DECIDED', entry: null, viewerCanDecide: [] })
    await object(author, { reference })
    expect((await all.second.run(NoticeDocument, { reference })).notice?.entry).toMatchObject({
      id,
    })
  })

  it('stands: a second one needs an objection, but a lock may be lifted', async () => {
    const { author, stranger, first, second } = all
    const id = await post(author)
    const { reference } = await report(stranger, id)
    expect(faultsOf(await decide(first, reference, 'UNLOCK'))).toEqual(['WRONG_STATE decision'])
    await decide(first, reference, 'LOCK')
    expect(faultsOf(await decide(second, reference, 'LOCK'))).toEqual(['WRONG_STATE decision'])
    expect(faultsOf(await decide(second, reference, 'UNLOCK'))).toEqual([])
    expect((await stranger.run(NodeDocument, { id })).node).not.toBeNull()
  })

  it('is taken by one of two who decide at once', async () => {
    const { author, stranger, first, second } = all
    const { reference } = await report(stranger, await post(author))
    const outcomes = await Promise.all([
      decide(first, reference, 'LOCK'),
      decide(second, reference, 'NO_ACTION'),
    ])
    expect(outcomes.flatMap(faultsOf)).toEqual(['WRONG_STATE decision'])
  })
})

describe('an objection', () => {
  it('of the reporter or the owner’s people is decided by somebody else, with reasons', async () => {
    const { world, author, stranger, first, second, foreign } = all
    const id = await post(author)
    const { reference, secret } = await report(stranger, id)
    expect(await object(world.visitor, { secret })).toEqual(['WRONG_STATE text'])
    await decide(first, reference, 'LOCK')
    for (const caller of [world.visitor, stranger, all.sibling, first, foreign])
      expect(await object(caller, { reference })).toEqual(['NOT_FOUND reference'])
    const token = await world.token('owner')
    expect(await object(token, { reference })).toEqual(['FORBIDDEN'])
    expect(await object(world.visitor, { secret: 'geraten' })).toEqual(['NOT_FOUND secret'])
    expect(await object(author, { reference })).toEqual([])
    expect(await object(all.executive, { reference })).toEqual(['WRONG_STATE text'])

    const waiting = (await first.run(NoticeDocument, { reference })).notice
    expect(waiting).toMatchObject({ state: 'OBJECTED', viewerCanDecide: [] })
    expect(waiting?.objections).toEqual([{ side: 'OWNER', text: 'Das sehen wir anders' }])
    expect(faultsOf(await decide(first, reference, 'UNLOCK'))).toEqual(['FORBIDDEN'])
    const { notice } = await decide(second, reference, 'UNLOCK')
    expect(notice?.decisions.at(-1)).toMatchObject({ decision: 'UNLOCK', onObjection: true })
    expect((await world.visitor.run(NodeDocument, { id })).node).toMatchObject({
      state: 'PUBLISHED',
    })
    // The other side objects now; both who decided are out.
    expect(await object(world.visitor, { secret })).toEqual([])
    const { notice: passed } = await foreign.run(NoticeDocument, { reference })
    expect(passed?.viewerCanDecide).toContain('LOCK')
    expect((await second.run(NoticeDocument, { reference })).notice).toBeNull()
    await decide(foreign, reference, 'LOCK')
    expect(await object(world.visitor, { secret })).toEqual(['WRONG_STATE text'])
  })

  it('cannot be decided by the same person past the services either', async () => {
    const { author, stranger, first, second, world } = all
    const { reference, secret } = await report(stranger, await post(author))
    await decide(first, reference, 'NO_ACTION')
    await object(world.visitor, { secret })
    await expect(
      world.sql.query(
        `insert into notice_decision (notice_id, decision, reason, rule, association_id, decided_by)
         select notice_id, 'LOCK', 'x', 'x', association_id, decided_by from notice_decision
         where reference = $1`,
        [reference],
      ),
    ).rejects.toThrow(/cannot be decided/)
    expect(faultsOf(await decide(second, reference, 'NO_ACTION'))).toEqual([])
  })

  it('ends with six months, and so does what was stored about persons', async () => {
    const { world, author, stranger, first } = all
    const id = await post(author)
    const { reference, secret } = await report(stranger, id, 'INSULT', { contact: 'Rita Rot' })
    await decide(first, reference, 'ASK_TO_CHANGE')
    const kept = await report(stranger, await post(author))
    await world.sql.query(
      `update notice set decided_on = current_date - interval '6 months 1 day' where reference = $1`,
      [reference],
    )
    expect(await object(author, { reference })).toEqual(['WRONG_STATE text'])
    const { rows } = await world.sql.query('select delete_old_notices() as deleted')
    expect(rows[0].deleted).toBe(1)
    const { rows: left } = await world.sql.query(
      `select explanation, contact, secret_hash, request_hash,
         (select count(*)::int from notice_decision where notice_id = notice.id and decided_by is not null) as deciders
       from notice where reference = $1`,
      [reference],
    )
    expect(left[0]).toEqual({
      explanation: '',
      contact: null,
      secret_hash: null,
      request_hash: null,
      deciders: 0,
    })
    expect(await world.visitor.run(ReportedNoticeDocument, { secret })).toEqual({
      reportedNotice: null,
    })
    expect((await first.run(NoticeDocument, { reference })).notice).toBeNull()
    expect((await first.run(NoticeDocument, { reference: kept.reference })).notice).not.toBeNull()
    // The reasons stay with those whose entry it is.
    const { ownDecisions } = await author.run(OwnDecisionsDocument, { entryId: id })
    expect(ownDecisions.edges[0]?.node.decision.reason).toBe('Darum')
  })
})
