import type { AnswerType, ProblemStatus } from '#lib/__generated__/graphql.ts'
import { m } from '#lib/i18n.ts'

/** All statuses of a problem, in the order in which it passes through them. */
export const problemStatuses = [
  'OPEN',
  'ANSWERED',
  'TRIED',
  'SOLVED',
  'UNSOLVED',
  'PARKED',
] as const satisfies readonly ProblemStatus[]

/** Statuses that the asking organisation chooses itself; „answered“ comes from answers alone. */
export const choosableStatuses = [
  'OPEN',
  'TRIED',
  'SOLVED',
  'UNSOLVED',
  'PARKED',
] as const satisfies readonly ProblemStatus[]

const statusWords: Record<ProblemStatus, () => string> = {
  OPEN: m.problem_status_open,
  ANSWERED: m.problem_status_answered,
  TRIED: m.problem_status_tried,
  SOLVED: m.problem_status_solved,
  UNSOLVED: m.problem_status_unsolved,
  PARKED: m.problem_status_parked,
}

/** How far a problem has come, in words. */
export function statusLabel(status: ProblemStatus): string {
  return statusWords[status]()
}

/** Statuses to choose from. */
export function statusOptions(statuses: readonly ProblemStatus[] = problemStatuses) {
  return statuses.map((value) => ({ value, label: statusLabel(value) }))
}

/** All kinds of answers, in the order of the form. */
export const answerTypes = [
  'EXPERIENCE',
  'LINK',
  'OFFER_CALL',
  'OFFER_JOIN',
  'QUESTION',
] as const satisfies readonly AnswerType[]

const answerTypeWords: Record<AnswerType, { label: () => string; hint: () => string }> = {
  EXPERIENCE: { label: m.problem_answer_experience, hint: m.problem_answer_experience_hint },
  LINK: { label: m.problem_answer_link, hint: m.problem_answer_link_hint },
  OFFER_CALL: { label: m.problem_answer_offer_call, hint: m.problem_answer_offer_call_hint },
  OFFER_JOIN: { label: m.problem_answer_offer_join, hint: m.problem_answer_offer_join_hint },
  QUESTION: { label: m.problem_answer_question, hint: m.problem_answer_question_hint },
}

/** What kind of answer it is, in words. */
export function answerTypeLabel(type: AnswerType): string {
  return answerTypeWords[type].label()
}

/** Kinds of answers to choose from, each with what it means. */
export function answerTypeOptions() {
  return answerTypes.map((value) => ({
    value,
    label: answerTypeWords[value].label(),
    hint: answerTypeWords[value].hint(),
  }))
}
