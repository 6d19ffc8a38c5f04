import type { NoticeReason } from '#modules/moderation/notice.entity.ts'
import {
  type DecideNoticeMutation,
  DecideNoticeDocument,
  PostProblemDocument,
  ReportEntryDocument,
} from './__generated__/operations.ts'
import { type Caller, createWorld, type World } from './world.ts'

/** Two associations with their people, an owner of entries in one of them, and a stranger in the other. */
export interface ModeratedWorld {
  world: World
  author: Caller
  executive: Caller
  /** Both decide for the association of the owner. */
  first: Caller
  second: Caller
  /** Manages the association and belongs to the owner. */
  partial: Caller
  /** Decides for the other association. */
  foreign: Caller
  /** Of the association, without a managing role. */
  advisor: Caller
  sibling: Caller
  stranger: Caller
}

/** Makes such a world. */
export async function createModeratedWorld(): Promise<ModeratedWorld> {
  const world = await createWorld()
  await world.association('north')
  await world.association('south')
  await world.organisation('owner', { associations: ['north'] })
  await world.organisation('sibling', { associations: ['north'] })
  await world.organisation('stranger', { associations: ['south'] })
  return {
    world,
    author: await world.person({ owner: 'PRACTITIONER' }),
    executive: await world.person({ owner: 'EXECUTIVE' }),
    first: await world.person({ north: 'EDITOR' }),
    second: await world.person({ north: 'EXECUTIVE' }),
    partial: await world.person({ north: 'EDITOR', owner: 'PRACTITIONER' }),
    foreign: await world.person({ south: 'EDITOR' }),
    advisor: await world.person({ north: 'ADVISOR' }),
    sibling: await world.person({ sibling: 'PRACTITIONER' }),
    stranger: await world.person({ stranger: 'EXECUTIVE' }),
  }
}

/** Posts a problem. @returns its id */
export async function post(
  caller: Caller,
  input: { title?: string; body?: string; visibility?: 'OWN_ORGANISATION' | 'PUBLIC' } = {},
): Promise<string> {
  const { postProblem } = await caller.run(PostProblemDocument, {
    input: { title: 'Ein Problem', visibility: 'PUBLIC', fieldsOfWork: ['elder-care'], ...input },
  })
  return postProblem.problem?.id ?? ''
}

/** Reports something. @returns what the reporter keeps */
export async function report(
  caller: Caller,
  entryId: string,
  reason: NoticeReason = 'INSULT',
  more: { contact?: string; hideAtOnce?: boolean } = {},
): Promise<{ reference: string; secret: string; isHidden: boolean }> {
  const { reportEntry } = await caller.run(ReportEntryDocument, {
    input: { entryId, reason, explanation: 'So geht das nicht', inGoodFaith: true, ...more },
  })
  const { reference, secret, isHidden, userErrors } = reportEntry
  if (!reference || !secret) throw new Error(JSON.stringify(userErrors))
  return { reference, secret, isHidden: Boolean(isHidden) }
}

/** Decides about a notice. */
export async function decide(
  caller: Caller,
  reference: string,
  decision: 'NO_ACTION' | 'LOCK' | 'UNLOCK' | 'ASK_TO_CHANGE',
): Promise<DecideNoticeMutation['decideNotice']> {
  const { decideNotice } = await caller.run(DecideNoticeDocument, {
    input: { reference, decision, reason: 'Darum', rule: 'Nutzungsregeln, Nr. 3' },
  })
  return decideNotice
}
