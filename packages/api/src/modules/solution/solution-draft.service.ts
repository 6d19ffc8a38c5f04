import { limits } from '@netzwerkdiakonie/schema'
import type { Context } from '#api/context.ts'
import { uuidOf } from '#lib/global-id.ts'
import type { Visibility } from '#modules/entry/entry.entity.ts'
import { actsForOwner } from '#modules/entry/entry.policy.ts'
import type { InputCheck } from '#modules/entry/input.ts'
import { organisationBehind, type Viewer } from '#modules/identity/viewer.ts'
import type { AnswerRow } from '#modules/problem/answer.entity.ts'
import type { ProblemRow } from '#modules/problem/problem.entity.ts'
import { canMakeSolution, maySpread } from '#modules/solution/solution.policy.ts'

/** A solution to be, made from an answer that helped. */
export interface SolutionDraft {
  answer: AnswerRow
  problem: ProblemRow
  title: string
  summary: string
  body: string
}

/**
 * What a solution out of this answer could say; null unless the viewer's organisation asked or
 * answered and the answer is marked as one that helped.
 */
// public: a policy decides, and null says no
export async function draftSolution(
  context: Context,
  answerId: string,
): Promise<SolutionDraft | null> {
  const uuid = uuidOf('Answer', answerId)
  const answer = uuid ? await context.loaders.answer.load(uuid) : null
  if (!answer || !canMakeSolution(context.viewer, answer)) return null
  const problem = await context.loaders.problem.load(answer.problemId)
  if (!problem) return null
  return {
    answer,
    problem,
    title: problem.title,
    summary: shorten(answer.body, limits.summary),
    body: [
      '## Ausgangslage',
      problem.body || problem.title,
      '## Was geholfen hat',
      answer.body,
    ].join('\n\n'),
  }
}

/**
 * What a solution out of an answer tells of its origin. Nothing leads from a solution back to what its
 * own organisation asked without a name: not the problem, and not the credit either, as whoever
 * answered would know from it who asked.
 */
// public: it only says what the row of a solution holds
export function originFor(
  viewer: Viewer,
  answer: AnswerRow | null,
): { answerId: string | null; problemId: string | null; creditedOrganisationIds: string[] } {
  if (!answer || asksUnnamed(viewer, answer))
    return { answerId: null, problemId: null, creditedOrganisationIds: [] }
  const { id, problemId, organisationId, answeringOrganisationId } = answer
  const credited = new Set([organisationId, answeringOrganisationId])
  return { answerId: id, problemId, creditedOrganisationIds: [...credited] }
}

function asksUnnamed(viewer: Viewer, { organisationId }: AnswerRow): boolean {
  return (
    organisationBehind(viewer, organisationId) !== organisationId &&
    actsForOwner(viewer, { organisationId })
  )
}

/** The answer that a new solution names as its origin; a fault for the form if it cannot be that. */
// public: a policy decides, and the check carries the refusal
export async function findHelpfulAnswer(
  context: Context,
  check: InputCheck,
  answerId: string,
): Promise<AnswerRow | null> {
  const uuid = uuidOf('Answer', answerId)
  const answer = uuid ? await context.loaders.answer.load(uuid) : null
  if (answer && canMakeSolution(context.viewer, answer)) return answer
  check.fault('answerId', { code: answer ? 'FORBIDDEN' : 'NOT_FOUND' })
  return null
}

/**
 * A fault for the form if a solution would carry a problem of another organisation further than that
 * organisation wanted it to be seen.
 *
 * @param solution as it is or will be; without a problem there is nothing to check
 */
// public: it only adds to the faults of a form
export async function checkOrigin(
  context: Context,
  check: InputCheck,
  solution: { organisationId: string; problemId?: string | null | undefined },
  visibility: Visibility,
): Promise<void> {
  if (!solution.problemId) return
  const problem = await context.loaders.problem.load(solution.problemId)
  const asking = problem && organisationBehind(context.viewer, problem.organisationId)
  if (asking === solution.organisationId) return
  if (!maySpread(problem?.visibility ?? 'OWN_ORGANISATION', visibility))
    check.fault('visibility', { code: 'VISIBILITY_TOO_WIDE' })
}

/** The beginning of a text up to a number of characters, ending with a whole sentence or word. */
function shorten(text: string, max: number): string {
  if (text.length <= max) return text
  const cut = text.slice(0, max - 1)
  const sentence = cut.lastIndexOf('. ')
  if (sentence > max / 2) return cut.slice(0, sentence + 1)
  const word = cut.lastIndexOf(' ')
  return `${word > 0 ? cut.slice(0, word) : cut}…`
}
