import type {
  NoticeDecision,
  NoticeReason,
  NoticeState,
  ReportedKind,
} from '#lib/__generated__/graphql.ts'
import { m } from '#lib/i18n.ts'

const reasonWords: Record<NoticeReason, () => string> = {
  PERSONAL_DATA: m.moderation_reason_personal_data,
  ILLEGAL: m.moderation_reason_illegal,
  COPYRIGHT: m.moderation_reason_copyright,
  INSULT: m.moderation_reason_insult,
  ADVERTISING: m.moderation_reason_advertising,
  ANTITRUST: m.moderation_reason_antitrust,
  OTHER: m.moderation_reason_other,
}

/** Why something can be reported. */
export const noticeReasons = Object.keys(reasonWords) as NoticeReason[]

/** Why something was reported, in words. */
export function reasonLabel(reason: NoticeReason): string {
  return reasonWords[reason]()
}

/** Reasons to choose from. */
export function reasonOptions() {
  return noticeReasons.map((value) => ({ value, label: reasonLabel(value) }))
}

const stateWords: Record<NoticeState, () => string> = {
  OPEN: m.moderation_state_open,
  OBJECTED: m.moderation_state_objected,
  DECIDED: m.moderation_state_decided,
}

/** Where notices can stand. */
export const noticeStates = Object.keys(stateWords) as NoticeState[]

/** Where a notice stands, in words. */
export function stateLabel(state: NoticeState): string {
  return stateWords[state]()
}

const decisionWords: Record<
  NoticeDecision,
  { done: () => string; label: () => string; hint: () => string }
> = {
  NO_ACTION: {
    done: m.moderation_decision_no_action,
    label: m.moderation_decide_no_action,
    hint: m.moderation_decide_no_action_hint,
  },
  UNLOCK: {
    done: m.moderation_decision_unlock,
    label: m.moderation_decide_unlock,
    hint: m.moderation_decide_unlock_hint,
  },
  LOCK: {
    done: m.moderation_decision_lock,
    label: m.moderation_decide_lock,
    hint: m.moderation_decide_lock_hint,
  },
  ASK_TO_CHANGE: {
    done: m.moderation_decision_ask_to_change,
    label: m.moderation_decide_ask_to_change,
    hint: m.moderation_decide_ask_to_change_hint,
  },
}

/** All decisions there are. */
export const noticeDecisions = Object.keys(decisionWords) as NoticeDecision[]

/** What was decided, in words. */
export function decisionTitle({
  decision,
  isProvisional,
}: {
  decision: NoticeDecision
  isProvisional: boolean
}): string {
  return isProvisional ? m.moderation_decision_provisional() : decisionWords[decision].done()
}

/** Decisions to choose from, each with what it does. */
export function decisionOptions(decisions: readonly NoticeDecision[]) {
  return decisions.map((value) => ({
    value,
    label: decisionWords[value].label(),
    hint: decisionWords[value].hint(),
  }))
}

const kindWords: Record<ReportedKind, () => string> = {
  PROBLEM: m.moderation_kind_problem,
  SOLUTION: m.moderation_kind_solution,
  ANSWER: m.moderation_kind_answer,
}

/** What kind of thing was reported, in words. */
export function kindLabel(kind: ReportedKind): string {
  return kindWords[kind]()
}

/** Path of the page on which something can be read; answers are on that of their problem. */
export function entryPath(kind: ReportedKind, entryId: string, problemId?: string): string | null {
  if (kind === 'SOLUTION') return `/loesungen/${entryId}`
  if (kind === 'PROBLEM') return `/probleme/${entryId}`
  return problemId ? `/probleme/${problemId}#antwort-${entryId}` : null
}
