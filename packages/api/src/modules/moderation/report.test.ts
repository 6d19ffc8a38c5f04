import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashToken } from '#lib/secret-token.ts'
import {
  AnswerProblemDocument,
  NodeDocument,
  NoticesDocument,
  OwnDecisionsDocument,
  ReportedNoticeDocument,
  ReportEntryDocument,
  UpdateProblemDocument,
  WithdrawProblemDocument,
} from '#test/__generated__/operations.ts'
import {
  createModeratedWorld,
  decide,
  type ModeratedWorld,
  post,
  report,
} from '#test/moderation.ts'
import { faultsOf } from '#test/refusals.ts'

let all: ModeratedWorld

beforeAll(async () => {
  all = await createModeratedWorld()
})

afterAll(() => all.world.close())

const input = (entryId: string) => ({
  entryId,
  reason: 'ILLEGAL' as const,
  explanation: 'Das ist verboten',
  inGoodFaith: true,
})

describe('reporting an entry', () => {
  it('is open to visitors, strangers, members, owners and tokens that write', async () => {
    const { world, stranger, sibling, author } = all
    const token = await world.token('stranger')
    const id = await post(author)
    for (const caller of [world.visitor, stranger, sibling, author, token]) {
      const { reference, secret } = await report(caller, id, 'COPYRIGHT', { contact: 'Tel. 1' })
      expect(reference).toMatch(/^M-[2-9A-Z]{4}-[2-9A-Z]{4}$/)
      const { reportedNotice } = await world.visitor.run(ReportedNoticeDocument, { secret })
      expect(reportedNotice).toMatchObject({ reference, state: 'OPEN', entryId: id, decisions: [] })
    }
    const reader = await world.token('stranger', ['read'])
    const { reportEntry } = await reader.run(ReportEntryDocument, { input: input(id) })
    expect(faultsOf(reportEntry)).toEqual(['FORBIDDEN'])
  })

  it('treats what is hidden like what does not exist, and tells nobody else’s secret', async () => {
    const { world, stranger, author } = all
    const hidden = await post(author, { visibility: 'OWN_ORGANISATION' })
    const unknown = hidden.slice(0, 3) + 'A'.repeat(20)
    for (const caller of [world.visitor, stranger]) {
      const answer = await caller.send(ReportEntryDocument, { input: input(hidden) })
      expect(answer).toEqual(await caller.send(ReportEntryDocument, { input: input(unknown) }))
      expect(faultsOf(answer.data!.reportEntry)).toEqual(['NOT_FOUND entryId'])
    }
    expect((await report(author, hidden)).reference).toMatch(/^M-/)
    expect(await world.visitor.run(ReportedNoticeDocument, { secret: 'geraten' })).toEqual({
      reportedNotice: null,
    })
  })

  it('asks for an explanation and for good faith, and takes only what is published', async () => {
    const { author, stranger } = all
    const id = await post(author)
    const { reportEntry } = await stranger.run(ReportEntryDocument, {
      input: { ...input(id), explanation: ' ', inGoodFaith: false },
    })
    expect(faultsOf(reportEntry)).toEqual(['REQUIRED explanation', 'REQUIRED inGoodFaith'])
    await author.run(WithdrawProblemDocument, { input: { id } })
    const gone = await stranger.run(ReportEntryDocument, { input: input(id) })
    expect(faultsOf(gone.reportEntry)).toEqual(['WRONG_STATE entryId'])
  })

  it('gives the same number and link for the same key, also once the entry is hidden', async () => {
    const { world, author, stranger } = all
    const id = await post(author)
    const first = { ...input(id), reason: 'PERSONAL_DATA' as const, hideAtOnce: true }
    const once = await stranger.run(ReportEntryDocument, {
      input: { ...first, idempotencyKey: 'k-1' },
    })
    const again = await stranger.run(ReportEntryDocument, {
      input: { ...first, idempotencyKey: 'k-1' },
    })
    expect(again).toEqual(once)
    expect(once.reportEntry.isHidden).toBe(true)
    const other = await stranger.run(ReportEntryDocument, {
      input: { ...first, explanation: 'Etwas anderes', idempotencyKey: 'k-1' },
    })
    expect(faultsOf(other.reportEntry)).toEqual(['IDEMPOTENCY_KEY_REUSED idempotencyKey'])
    // Whoever uses the same key by chance gets nothing of it.
    const visiting = await world.visitor.run(ReportEntryDocument, {
      input: { ...first, idempotencyKey: 'k-1' },
    })
    expect(faultsOf(visiting.reportEntry)).toEqual(['NOT_FOUND entryId'])
  })

  it('stores the secret as a hash alone', async () => {
    const { world, author, stranger } = all
    const { reference, secret } = await report(stranger, await post(author))
    const { rows } = await world.sql.query(
      `select secret_hash, row_to_json(notice)::text as text from notice where reference = $1`,
      [reference],
    )
    expect(rows[0].secret_hash).toEqual(hashToken(secret))
    expect(rows[0].text).not.toContain(secret)
  })

  it('is limited for each reporter, and never for others', async () => {
    const { author } = all
    const flooder = await all.world.person({ stranger: 'PRACTITIONER' })
    const id = await post(author)
    const codes = []
    for (let index = 0; index < 22; index += 1) {
      const { reportEntry } = await flooder.run(ReportEntryDocument, { input: input(id) })
      codes.push(...faultsOf(reportEntry))
    }
    expect(codes).toEqual(['TOO_MANY_ATTEMPTS', 'TOO_MANY_ATTEMPTS'])
    expect((await report(all.stranger, id)).reference).toMatch(/^M-/)
  })
})

describe('personal data', () => {
  it('are hidden at once when a signed-in person says so, until somebody decides', async () => {
    const { world, author, stranger, first } = all
    const id = await post(author, { title: 'Die Bewohnerin von nebenan' })
    const { isHidden, reference } = await report(stranger, id, 'PERSONAL_DATA', {
      hideAtOnce: true,
    })
    expect(isHidden).toBe(true)
    for (const caller of [world.visitor, stranger, all.sibling, first])
      expect(await caller.run(NodeDocument, { id })).toEqual({ node: null })
    const { node } = await author.run(NodeDocument, { id })
    expect(node).toMatchObject({ state: 'LOCKED' })
    const { ownDecisions } = await author.run(OwnDecisionsDocument, { entryId: id })
    expect(ownDecisions.edges[0]?.node).toMatchObject({
      reason: 'PERSONAL_DATA',
      viewerCanObject: false,
      decision: { decision: 'LOCK', isProvisional: true, association: null },
    })
    const { notice } = await decide(first, reference, 'UNLOCK')
    expect(notice).toMatchObject({ state: 'DECIDED', entry: null })
    expect((await world.visitor.run(NodeDocument, { id })).node).not.toBeNull()
  })

  it('are not hidden by visitors, nor by tokens, nor for another reason, but go before others', async () => {
    const { world, author, stranger, first } = all
    const id = await post(author)
    const token = await world.token('stranger')
    const before = await report(stranger, id, 'INSULT', { hideAtOnce: true })
    const visited = await report(world.visitor, id, 'PERSONAL_DATA', { hideAtOnce: true })
    const sent = await report(token, id, 'PERSONAL_DATA', { hideAtOnce: true })
    expect([before, visited, sent].map(({ isHidden }) => isHidden)).toEqual([false, false, false])
    const { notices } = await first.run(NoticesDocument, { first: 100 })
    const order = notices.edges.map(({ node }) => node.reference)
    expect(order.indexOf(visited.reference)).toBeLessThan(order.indexOf(before.reference))
    const urgent = notices.edges.map(({ node }) => node.isUrgent)
    expect(urgent).toEqual(urgent.toSorted((a, b) => Number(b) - Number(a)))
  })

  it('that a moderator has looked at are not hidden by one click again, until the text changes', async () => {
    const { author, stranger, first } = all
    const id = await post(author)
    const hide = { hideAtOnce: true }
    const { reference } = await report(stranger, id, 'PERSONAL_DATA', hide)
    await decide(first, reference, 'UNLOCK')
    expect((await report(stranger, id, 'PERSONAL_DATA', hide)).isHidden).toBe(false)
    await author.run(UpdateProblemDocument, { input: { id, body: 'Jetzt mit Namen' } })
    expect((await report(stranger, id, 'PERSONAL_DATA', hide)).isHidden).toBe(true)
  })
})

it('answers can be reported like entries, and belong to those who gave them', async () => {
  const { author, stranger, foreign, first } = all
  const problemId = await post(author)
  const { answerProblem } = await stranger.run(AnswerProblemDocument, {
    input: { problemId, type: 'EXPERIENCE', body: 'Kauft bei uns' },
  })
  const { reference } = await report(author, answerProblem.answer!.id, 'ADVERTISING')
  const seen = async (caller: typeof first) => {
    const { notices } = await caller.run(NoticesDocument, { first: 100 })
    return notices.edges.map(({ node }) => node.reference).includes(reference)
  }
  expect([await seen(foreign), await seen(first)]).toEqual([true, false])
})
