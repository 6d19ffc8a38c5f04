import { actsForOwner } from '#modules/entry/entry.policy.ts'
import type { EntryState } from '#modules/entry/entry.entity.ts'
import { canContribute, isManaging, roleIn, type Viewer } from '#modules/identity/viewer.ts'

/** What decides who may write around a problem. */
export interface UnnamedProblem {
  organisationId: string
  state: EntryState
  anonymousToNetwork: boolean
}

/** Other organisations write to whoever asks without a name; the asker answers their letters. */
export function canWriteToMediator(viewer: Viewer, problem: UnnamedProblem): boolean {
  return (
    canContribute(viewer) &&
    problem.anonymousToNetwork &&
    problem.state === 'PUBLISHED' &&
    !actsForOwner(viewer, problem)
  )
}

/** The asker's people answer a letter that reached them. */
export function canAnswerLetter(
  viewer: Viewer,
  problem: UnnamedProblem,
  letter: { problemId: string; fromAsker: boolean; state: string },
  problemId: string,
): boolean {
  return (
    actsForOwner(viewer, problem) &&
    problem.anonymousToNetwork &&
    letter.problemId === problemId &&
    letter.state === 'RELAYED' &&
    !letter.fromAsker
  )
}

/** Whoever manages an association names its mediator; a token never does. */
export function canNameMediator(
  viewer: Viewer,
  organisation: { id: string; kind: string },
): boolean {
  return (
    viewer.caller === 'PERSON' &&
    organisation.kind.endsWith('-association') &&
    isManaging(roleIn(viewer, organisation.id))
  )
}
