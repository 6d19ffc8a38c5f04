import type { EntryState, Visibility } from '#modules/entry/entry.entity.ts'
import {
  actsForOwner,
  canUpdateEntry,
  isEditor,
  type OwnedEntry,
} from '#modules/entry/entry.policy.ts'
import { canContribute, type Viewer } from '#modules/identity/viewer.ts'

/** What of the owner decides whether a second person has to look. */
export interface Owner {
  id: string
  sizeClass?: string | null | undefined
}

/** What decides who may make a solution out of an answer. */
export interface HelpfulAnswer {
  organisationId: string
  answeringOrganisationId: string
  accepted: boolean
  withdrawn: boolean
}

/**
 * Whether what the viewer writes for an organisation appears without a second person: editors and the
 * organisation's own system are that person; a club of volunteers need not have two.
 */
export function publishesDirectly(viewer: Viewer, owner: Owner): boolean {
  return (
    viewer.caller === 'SERVICE_ACCOUNT' ||
    isEditor(viewer, owner.id) ||
    owner.sizeClass === 'volunteer-only'
  )
}

/** What waits for review every member may improve; what is published only those who publish directly. */
export function canUpdateSolution(
  viewer: Viewer,
  solution: OwnedEntry & { state: EntryState },
  owner: Owner,
): boolean {
  return (
    canUpdateEntry(viewer, solution) &&
    (solution.state === 'IN_REVIEW' || publishesDirectly(viewer, owner))
  )
}

/** Who asked or answered may turn what helped into a solution. */
export function canMakeSolution(viewer: Viewer, answer: HelpfulAnswer): boolean {
  return (
    canContribute(viewer) &&
    answer.accepted &&
    !answer.withdrawn &&
    [answer.organisationId, answer.answeringOrganisationId].some((organisationId) =>
      actsForOwner(viewer, { organisationId }),
    )
  )
}

/**
 * Whether an organisation that answered may show a solution to these, given who may see the problem
 * of the other. Two organisations rarely share all of their associations, so a problem for one's
 * own association goes no further than the own organisation of whoever answered.
 */
export function maySpread(problem: Visibility, solution: Visibility): boolean {
  if (solution === 'OWN_ORGANISATION') return true
  if (problem === 'PUBLIC') return true
  return problem === 'ALL_MEMBERS' && solution !== 'PUBLIC'
}
