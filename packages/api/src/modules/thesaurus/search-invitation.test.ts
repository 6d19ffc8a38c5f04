import { limits, missedSearchThreshold } from '@netzwerkdiakonie/schema'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  AuditEntriesDocument,
  CloseSearchInvitationDocument,
  InviteToPublishDocument,
  type InviteToPublishInput,
  SearchInvitationsDocument,
  ThesaurusNodeDocument,
} from '#test/__generated__/operations.ts'
import { contentOf, faultsOf, topLevelCode } from '#test/refusals.ts'
import { createThesaurusWorld, missedBy, missedId, type ThesaurusWorld } from '#test/thesaurus.ts'
import type { Caller } from '#test/world.ts'

let all: ThesaurusWorld

beforeAll(async () => {
  all = await createThesaurusWorld()
})
afterAll(() => all.close())
beforeEach(() => all.world.sql.query('delete from search_invitation; delete from missed_search'))

async function invite(caller: Caller, input: Partial<InviteToPublishInput> = {}) {
  const variables = { input: { topic: 'Wie organisiert ihr einen Springerpool?', ...input } }
  return (await caller.run(InviteToPublishDocument, variables)).inviteToPublish
}

async function close(caller: Caller, id: string) {
  const variables = { input: { id } }
  return (await caller.run(CloseSearchInvitationDocument, variables)).closeSearchInvitation
}

async function seenBy(caller: Caller) {
  const { searchInvitations } = await caller.run(SearchInvitationsDocument)
  return searchInvitations.edges.map(({ node }) => node)
}

describe('inviteToPublish', () => {
  it('is for those who manage an association', async () => {
    const before = await contentOf(all.world)
    const input = { topic: 'Springerpool' }
    for (const caller of [all.world.visitor, await all.world.token('assoc')])
      expect(topLevelCode(await caller.send(InviteToPublishDocument, { input }))).toBe(
        'UNAUTHENTICATED',
      )
    for (const caller of [all.advisor, all.executive])
      expect(faultsOf(await invite(caller))).toEqual(['FORBIDDEN'])
    const associationId = await all.world.organisationId('assoc')
    expect(faultsOf(await invite(all.other, { associationId }))).toEqual(['FORBIDDEN'])
    expect(await contentOf(all.world)).toBe(before)
    expect(await seenBy(all.editor)).toEqual([])
  })

  it('is read by everybody', async () => {
    const { searchInvitation } = await invite(all.editor, { note: ' Gern auch unfertig. ' })
    expect(searchInvitation).toMatchObject({
      topic: 'Wie organisiert ihr einen Springerpool?',
      note: 'Gern auch unfertig.',
      association: { code: 'assoc' },
      viewerCanClose: true,
    })
    for (const caller of [all.world.visitor, all.executive, all.other]) {
      expect(await seenBy(caller)).toEqual([{ ...searchInvitation, viewerCanClose: false }])
      const { node } = await caller.run(ThesaurusNodeDocument, { id: searchInvitation?.id ?? '' })
      expect(node).toEqual({ ...searchInvitation, viewerCanClose: false })
    }
    const organisationId = await all.world.organisationId('assoc')
    const { auditEntries } = await all.editor.run(AuditEntriesDocument, {
      organisationId,
      first: 1,
    })
    expect(auditEntries.edges[0]?.node).toMatchObject({ action: 'INVITED_TO_PUBLISH', details: [] })
  })

  it.each<[Partial<InviteToPublishInput>, string[]]>([
    [{ topic: ' ' }, ['REQUIRED topic']],
    [{ topic: 'x'.repeat(limits.title + 1) }, ['TOO_LONG topic']],
    [{ note: 'x'.repeat(limits.invitationNote + 1) }, ['TOO_LONG note']],
    [{ topic: 'Was tun mit Frau Schmidt?' }, ['CLIENT_DATA_SUSPECTED topic']],
    [{ note: 'Rückfragen: anna@beispiel.de' }, ['CLIENT_DATA_SUSPECTED note']],
  ])('refuses %j', async (input, faults) => {
    expect(faultsOf(await invite(all.editor, input))).toEqual(faults)
  })

  it('answers a missed search, once for a key', async () => {
    await all.searched('Springerpool', missedSearchThreshold)
    const missedSearchId = await missedId(all.editor, 'springerpool')
    const input = { missedSearchId, idempotencyKey: 'once' }
    const first = await invite(all.editor, input)
    expect(first.userErrors).toEqual([])
    expect(await invite(all.editor, input)).toEqual(first)
    expect(await missedBy(all.other)).toEqual([])
    expect(faultsOf(await invite(all.other, { missedSearchId }))).toEqual([
      'NOT_FOUND missedSearchId',
    ])
    expect(await seenBy(all.other)).toHaveLength(1)
    // What was invited for is found or not from then on: it does not come back as missed.
    await close(all.editor, first.searchInvitation?.id ?? '')
    expect(await missedBy(all.other)).toEqual([])
  })
})

describe('closeSearchInvitation', () => {
  it('is for those who manage the association that invited', async () => {
    const id = (await invite(all.editor)).searchInvitation?.id ?? ''
    const before = await contentOf(all.world)
    for (const caller of [all.world.visitor, await all.world.token('assoc')])
      expect(
        topLevelCode(await caller.send(CloseSearchInvitationDocument, { input: { id } })),
      ).toBe('UNAUTHENTICATED')
    for (const caller of [all.advisor, all.executive, all.other])
      expect(faultsOf(await close(caller, id))).toEqual(['FORBIDDEN'])
    expect(await contentOf(all.world)).toBe(before)
    expect(await close(all.editor, id)).toEqual({ closedId: id, userErrors: [] })
    expect(await seenBy(all.world.visitor)).toEqual([])
    expect((await all.editor.run(ThesaurusNodeDocument, { id })).node).toBeNull()
    expect(faultsOf(await close(all.editor, id))).toEqual(['NOT_FOUND id'])
  })
})
