import { actsForOwner } from '#modules/entry/entry.policy.ts'
import type { EntryState } from '#modules/entry/entry.entity.ts'
import { isEditor } from '#modules/entry/entry.policy.ts'
import { canContribute, type Viewer } from '#modules/identity/viewer.ts'

/** What decides who may do what around a problem. */
export interface AskedProblem {
  organisationId: string
  state: EntryState
}

/** What decides who may do what to an answer. */
export interface GivenAnswer {
  answeringOrganisationId: string
  authorId?: string | null | undefined
  withdrawn: boolean
}

/** Any member may answer what is published, also a question of the own organisation. */
export function canAnswer(viewer: Viewer, problem: AskedProblem): boolean {
  return canContribute(viewer) && problem.state === 'PUBLISHED'
}

/** Other organisations may say “Wir auch”. */
export function canSaySameHere(viewer: Viewer, problem: AskedProblem): boolean {
  return canAnswer(viewer, problem) && viewer.organisationId !== problem.organisationId
}

/** The asking organisation says what helped and how it goes on. */
export function canAccept(viewer: Viewer, problem: AskedProblem): boolean {
  return actsForOwner(viewer, problem) && problem.state === 'PUBLISHED'
}

/** The author, the editors and the system of the answering organisation may withdraw an answer. */
export function canWithdrawAnswer(viewer: Viewer, answer: GivenAnswer): boolean {
  const organisationId = answer.answeringOrganisationId
  if (answer.withdrawn || !actsForOwner(viewer, { organisationId })) return false
  return (
    viewer.caller === 'SERVICE_ACCOUNT' ||
    viewer.actorId === answer.authorId ||
    isEditor(viewer, organisationId)
  )
}
