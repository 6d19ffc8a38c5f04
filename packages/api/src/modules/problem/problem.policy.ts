import type { EntryState } from '#modules/entry/entry.entity.ts'
import { actsForOwner, isAuthor, isEditor } from '#modules/entry/entry.policy.ts'
import { canContribute, type Contributor, type Viewer } from '#modules/identity/viewer.ts'

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
  return canAnswer(viewer, problem) && !actsForOwner(viewer, problem)
}

/**
 * The author alone puts a name to a problem that was asked without one. Where that is a system or
 * somebody who has left, those who manage the organisation do.
 */
export function canLiftAnonymity(
  viewer: Viewer,
  problem: AskedProblem & { anonymousToNetwork: boolean },
): boolean {
  const pseudonym = viewer.pseudonyms.find(({ id }) => id === problem.organisationId)
  if (!problem.anonymousToNetwork || !pseudonym || !actsForOwner(viewer, problem)) return false
  return (
    viewer.caller === 'PERSON' &&
    (pseudonym.isAuthor || (!pseudonym.hasAuthor && isEditor(viewer, problem.organisationId)))
  )
}

/** As which organisation the viewer answers: under the pseudonym where its own organisation asked. */
export function answersAs(viewer: Contributor, problem: AskedProblem): string {
  return actsForOwner(viewer, problem) ? problem.organisationId : viewer.organisationId
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
    isAuthor(viewer, { organisationId, authorId: answer.authorId }) ||
    isEditor(viewer, organisationId)
  )
}
