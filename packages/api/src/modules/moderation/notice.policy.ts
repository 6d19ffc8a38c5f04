import { canContribute, type Contributor, type Viewer } from '#modules/identity/viewer.ts'
import type { DecisionRow, NoticeDecision, NoticeState } from '#modules/moderation/notice.entity.ts'

/** What decides which decisions are open. */
export interface DecidableNotice {
  state: NoticeState
  locks: boolean
  viewerDecided: boolean
}

/**
 * Decisions that a viewer who sees a notice may take now: row security shows it to those alone who
 * decide about it. After an objection it is somebody who has not decided the case before. What is
 * decided stays so, but a lock may always be lifted, and a request to change comes to an end.
 */
export function decisionsFor(
  viewer: Viewer,
  notice: DecidableNotice,
  latest: Pick<DecisionRow, 'decision'> | undefined,
): NoticeDecision[] {
  if (viewer.caller !== 'PERSON') return []
  if (notice.state === 'OBJECTED' && notice.viewerDecided) return []
  if (notice.state === 'DECIDED' && latest?.decision !== 'ASK_TO_CHANGE')
    return notice.locks ? ['UNLOCK'] : []
  return notice.locks ? ['UNLOCK', 'LOCK', 'ASK_TO_CHANGE'] : ['NO_ACTION', 'LOCK', 'ASK_TO_CHANGE']
}

/** People to whom row security shows a decision on what is theirs may object; a token never does. */
export function canObjectForOwner(viewer: Viewer): boolean {
  return viewer.caller === 'PERSON'
}

/** Visitors may report what they see; members and tokens that may write, too. */
export function canReport(viewer: Viewer): boolean {
  return viewer.caller === 'VISITOR' || canContribute(viewer)
}

/** Only people who are signed in can have something hidden before anybody decided. */
export function canHideAtOnce(viewer: Viewer): viewer is Contributor {
  return viewer.caller === 'PERSON'
}
